"""The same scores on a cluster: Arrow batches through PySpark, one model a Python worker.

``mapInArrow`` is used where most would take ``mapInPandas``: pandas turns whole numbers with gaps
into floats (an id above 2**53 comes back as another id), Arrow hands every column through as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from framescope.batch.arrow_rows import arrow_batch
from framescope.batch.columns import score_columns
from framescope.batch.plan import Plan, make_plan
from framescope.batch.render import extra_columns, score_alike
from framescope.batch.settings import Appearance, Scorer, ScorerFactory
from framescope.errors import InputError, ModelError
from framescope.tables.chunks import Chunk, Header, Position, text_index
from framescope.tables.formats import TableFormat

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

NO_TEXT = "no_text"
"""What the column ``abstained`` says of a row whose text is null."""


def score(
    df: DataFrame,
    text_column: str = "text",
    model: str | None = None,
    appearance: Appearance | None = None,
) -> DataFrame:
    """Return a DataFrame with the frame columns appended, as ``framescope score`` does.

    `model` is a model folder that every worker can read (None: the shipped one). A row whose text
    is null stays, with ``abstained`` set to ``no_text``. Raises :class:`InputError` for an unknown
    text column and for columns that exist already.

    >>> scored = score(spark.read.parquet("posts.parquet"))  # doctest: +SKIP
    >>> scored.write.parquet("scored.parquet")  # doctest: +SKIP
    """
    look = appearance or Appearance(text_column)
    return score_with(df, look, (load_shipped_or, model))


def score_with(
    df: DataFrame, look: Appearance, load: tuple[ScorerFactory, str | None]
) -> DataFrame:
    """Append the columns of an appearance, with the model that a factory loads."""
    scorer = load[0](load[1])
    header = Header(tuple(df.columns), Position())
    text_index(header, look.text_column, "the DataFrame")
    kind = df.schema[look.text_column].dataType.simpleString()
    if kind not in ("string", "void"):
        raise InputError(f"the column {look.text_column!r} holds {kind}, not text.")
    plan = make_plan(header, "parquet", TableFormat("parquet"), scorer.frames, look)
    return df.mapInArrow(_scoring_of(plan, load, scorer.identity.sha256), _schema_of(df, plan))


def load_shipped_or(model: str | None) -> Scorer:
    """Load the model of a folder, or the shipped one."""
    from framescope.predictor import load_model

    return load_model(model)


_scorers: dict[str, Scorer] = {}


def _scorer_of_this_worker(load: tuple[ScorerFactory, str | None], sha256: str) -> Scorer:
    """Return the model with a hash, loaded at most once in a Python worker."""
    if sha256 not in _scorers:
        scorer = load[0](load[1])
        if scorer.identity.sha256 != sha256:
            raise ModelError(
                f"a worker found another model than the driver ({load[1] or 'the shipped one'}); "
                "install the same framescope, or the same model folder, everywhere."
            )
        _scorers[sha256] = scorer
    return _scorers[sha256]


def _scoring_of(
    plan: Plan, load: tuple[ScorerFactory, str | None], sha256: str
) -> Callable[[Iterable[Any]], Iterator[Any]]:
    def scored(batches: Iterable[Any]) -> Iterator[Any]:
        scorer = _scorer_of_this_worker(load, sha256)
        for batch in batches:
            yield score_batch(batch, plan, scorer)

    return scored


def score_batch(batch: Any, plan: Plan, scorer: Scorer) -> Any:
    """Return an Arrow record batch with the scores of its rows appended."""
    texts = batch.column(plan.columns.index(plan.appearance.text_column))
    present = texts.is_valid().to_pylist()
    chunk = Chunk([text or "" for text in texts.to_pylist()], Position(), records=batch)
    scores = score_alike(scorer, chunk.texts)
    columns = score_columns(scores, plan.frames, plan.appearance.min_probability)
    extras = extra_columns(plan, scorer, chunk)
    for row, is_text in enumerate(present):
        if not is_text:
            columns.abstained[row] = NO_TEXT
    return arrow_batch(replace(plan, schema=batch.schema), chunk, columns, extras)


def _schema_of(df: DataFrame, plan: Plan) -> Any:
    from pyspark.sql.types import DoubleType, StringType, StructType

    schema = StructType(list(df.schema.fields))
    for name in plan.appended:
        schema = schema.add(name, DoubleType() if plan.is_number(name) else StringType())
    return schema
