"""Render chunks in this process or in several, with their order kept and bounded memory."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import Generic, TypeVar

from framescope.batch.plan import Plan
from framescope.batch.render import Rendered, render_chunk
from framescope.batch.settings import RunStopped, Scorer, ScorerFactory
from framescope.tables.chunks import Chunk

Tag = TypeVar("Tag")
_IN_FLIGHT_PER_WORKER = 2


@dataclass(frozen=True, slots=True)
class Tagged(Generic[Tag]):
    """A chunk, with what the caller wants to find again beside its result, and how to render it."""

    tag: Tag
    chunk: Chunk
    plan: Plan


@dataclass(frozen=True, slots=True)
class Finished(Generic[Tag]):
    """A rendered chunk. The texts are gone; what is left to do needs its rejects and its end."""

    tag: Tag
    rendered: Rendered
    chunk: Chunk


def render_here(work: Iterable[Tagged[Tag]], scorer: Scorer) -> Generator[Finished[Tag]]:
    """Render chunks one after the other in this process."""
    for item in work:
        rendered = render_chunk(item.plan, scorer, item.chunk)
        yield Finished(item.tag, rendered, item.chunk)


def render_in_workers(
    work: Iterable[Tagged[Tag]], workers: int, load: tuple[ScorerFactory, str | None]
) -> Generator[Finished[Tag]]:
    """Render chunks in several processes, each of which loads the model once.

    Raises :class:`RunStopped` when a worker dies.
    """
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, context, _begin_worker, load)
    waiting: deque[tuple[Tagged[Tag], Future[Rendered]]] = deque()
    try:
        for item in work:
            waiting.append((item, pool.submit(_work, item.plan, item.chunk)))
            if len(waiting) >= workers * _IN_FLIGHT_PER_WORKER:
                yield _next_finished(waiting)
        while waiting:
            yield _next_finished(waiting)
    except BrokenProcessPool as error:
        raise RunStopped(
            "a worker process died (was it killed, or out of memory?). Run the same command with "
            "--resume, with fewer --workers if memory is short."
        ) from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _next_finished(waiting: deque[tuple[Tagged[Tag], Future[Rendered]]]) -> Finished[Tag]:
    item, future = waiting.popleft()
    return Finished(item.tag, future.result(), item.chunk)


_scorer_of_this_worker: Scorer | None = None


def _begin_worker(load: ScorerFactory, model: str | None) -> None:
    """Load the model; leave Ctrl-C to the parent, and do not outlive it."""
    global _scorer_of_this_worker  # noqa: PLW0603 - a worker process has one model
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _scorer_of_this_worker = load(model)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _work(plan: Plan, chunk: Chunk) -> Rendered:
    assert _scorer_of_this_worker is not None
    return render_chunk(plan, _scorer_of_this_worker, chunk)
