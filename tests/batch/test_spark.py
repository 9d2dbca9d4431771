"""Spark and the local engine agree; needs PySpark and Java."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from framescope.batch.settings import Appearance, BatchJob
from framescope.cli.score import load_scorer

pytestmark = [
    pytest.mark.spark,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
    # PySpark warns of pandas 3; we hand it Arrow batches and no pandas
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
]
pyspark = pytest.importorskip("pyspark", reason="PySpark is not installed: framescope[spark]")


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    yield session
    gateway = session.sparkContext._gateway
    session.stop()
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait(timeout=60)
    type(session.sparkContext)._gateway = None


def _by_id(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: str(row["id"]))


def test_files_scored_with_spark_hold_the_rows_of_the_local_engine(
    spark: Any, messy_csv: Path, tmp_path: Path, run_job: Callable[..., Any]
) -> None:
    import pyarrow.parquet

    from framescope.batch.spark_files import score_files

    local, far = tmp_path / "local.parquet", tmp_path / "spark.parquet"
    outcome = run_job(messy_csv, local)
    counts = score_files(BatchJob((str(messy_csv),), str(far)), load_scorer, spark).counts
    assert counts == outcome.counts
    here = pyarrow.parquet.read_table(local).to_pylist()
    there = pyarrow.parquet.read_table(far).to_pylist()
    assert _by_id(here) == _by_id(there)
    quarantines = [Path(f"{path}.quarantine.jsonl").read_text() for path in (local, far)]
    assert quarantines[0] == quarantines[1]


def test_rows_with_quoted_newlines_stay_rows(spark: Any, tmp_path: Path) -> None:
    from framescope.batch.spark_files import score_files

    path = tmp_path / "in.csv"
    rows = "".join(f'{i},"NATO said:\n""no"", {i}"\n' for i in range(1000))
    path.write_text("id,text\n" + rows)
    counts = score_files(
        BatchJob((str(path),), str(tmp_path / "out.parquet")), load_scorer, spark
    ).counts
    assert counts.read == 1000


def test_a_dataframe_keeps_its_columns_to_the_last_digit(spark: Any) -> None:
    import framescope.spark

    rows = [(2**53 + 1, "Sanctions are needed", [1, 2]), (None, None, None), (3, "", [])]
    df = spark.createDataFrame(rows, "id long, text string, numbers array<int>")
    scored = framescope.spark.score(df).collect()
    assert [(row.id, row.text, row.numbers) for row in scored] == rows
    assert [row.abstained for row in scored[1:]] == ["no_text", "empty"]
    assert scored[1].top_frame is None


def test_a_dataframe_is_scored_as_the_predictor_scores(spark: Any) -> None:
    import framescope.spark

    texts = [f"The minister denied attack {i} on civilians in Kyiv" for i in range(300)]
    df = spark.createDataFrame([(text,) for text in texts], "text string").repartition(3)
    model = load_scorer(None)
    expected = model.score(texts).probabilities
    for row in framescope.spark.score(df).collect():
        for k, frame in enumerate(model.frames):
            found = row[f"p_{frame}"]
            assert found == pytest.approx(expected[texts.index(row.text), k], abs=6e-5)


def test_the_model_is_loaded_once_in_each_python_worker(spark: Any, tmp_path: Path) -> None:
    from framescope.batch.spark import score_with

    log = tmp_path / "loads"

    def load(model: str | None) -> Any:
        with Path(str(model)).open("a") as file:
            file.write(f"{os.getpid()}\n")
        return load_scorer(None)

    df = spark.createDataFrame([(f"text {i}",) for i in range(4000)], "text string")
    score_with(df.repartition(8), Appearance(), (load, str(log))).collect()
    loads = log.read_text().split()
    workers = [pid for pid in loads if pid != str(os.getpid())]
    assert len(workers) == len(set(workers)) <= 8


def test_null_texts_in_parquet_are_quarantined(spark: Any, tmp_path: Path) -> None:
    from framescope.batch.spark_files import score_files

    source, output = tmp_path / "in.parquet", tmp_path / "out.parquet"
    rows = [(1, "Sanctions are an act of war"), (2, None), (3, "")]
    spark.createDataFrame(rows, "id int, text string").coalesce(1).write.parquet(str(source))
    file = next(source.glob("part-*.parquet"))
    counts = score_files(BatchJob((str(file),), str(output)), load_scorer, spark).counts
    assert (counts.read, counts.quarantined, counts.abstained) == (3, 1, {"empty": 1})
    line = json.loads(Path(f"{output}.quarantine.jsonl").read_text())
    assert json.loads(line["raw"]) == {"id": 2, "text": None}


def test_an_unknown_column_is_named_with_the_nearest(spark: Any) -> None:
    import framescope.spark

    df = spark.createDataFrame([("a",)], "txt string")
    with pytest.raises(Exception, match=r"no column 'text'.*did you mean 'txt'"):
        framescope.spark.score(df)


def test_an_output_that_is_not_parquet_is_refused(messy_csv: Path, tmp_path: Path) -> None:
    from framescope.batch.spark_files import score_files

    with pytest.raises(Exception, match="Spark writes a folder of Parquet files"):
        score_files(BatchJob((str(messy_csv),), str(tmp_path / "out.csv")), load_scorer)
