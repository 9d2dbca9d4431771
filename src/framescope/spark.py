"""Score a Spark DataFrame: ``framescope.spark.score(df)``. Needs the extra ``[spark]``."""

from __future__ import annotations

from framescope.batch.spark import score

__all__ = ["score"]
