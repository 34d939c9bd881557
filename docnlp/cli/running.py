"""Checking many files, in this process or in several."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from docnlp.analysis import analyse
from docnlp.analysis.base import GenreLabel, SectionLabel
from docnlp.baseline import Baseline
from docnlp.checker import FileReport, check_file, replace_where
from docnlp.cli.files import Target
from docnlp.cli.words import internal, show_traceback
from docnlp.document.model import Document
from docnlp.errors import DocnlpError, ModelError
from docnlp.settings import Settings

#: From so many files on, worker processes may be worth their start.
MANY = 9

#: And from so many seconds of work on: a process takes up to half a second to start.
LONG = 1.0

#: Rough speed of a check: bytes of plain text in a second, and seconds for a Word or PDF file.
_TEXT_SPEED, _OTHER_TIME = 1_000_000, 0.05

#: Windows waits for no more than 63 handles at a time.
_MOST_JOBS = 60


@dataclass(frozen=True)
class _Parcel:
    """A report on its way between processes: what was computed, without the models that computed it."""

    report: FileReport
    document: Document | None
    genres: tuple[GenreLabel, ...]
    sections: tuple[SectionLabel, ...]


def jobs_for(found: Sequence[Target], wish: int | None) -> int:
    """How many processes to use: as many as asked for, but no more than files; 1 for a little work."""
    if wish is None and (len(found) < MANY or sum(_seconds(t) for t in found) < LONG):
        return 1
    return max(1, min(wish or os.cpu_count() or 1, len(found), _MOST_JOBS))


def _seconds(target: Target) -> float:
    """How long a check may take."""
    if not target.path.lower().endswith((".txt", ".md", ".markdown")):
        return _OTHER_TIME
    try:
        return Path(target.path).stat().st_size / _TEXT_SPEED
    except OSError:
        return 0.0


def guarded(target: Target, look: Callable[[Target], FileReport]) -> FileReport:
    """The report of one file; a failure becomes its `error`, so that the other files are still checked.

    Args:
        target: The file.
        look: Checks it.
    """
    reports: list[FileReport] = []
    error = target.error or attempt(target.path, lambda: reports.append(look(target)))
    return reports[0] if error is None else FileReport(target.path, error=error)


def attempt(path: str, work: Callable[[], None]) -> str | None:
    """Do something about one file; the reason where it fails, None where it succeeds.

    Args:
        path: The file, which the reason does not name.
        work: What to do.

    Raises:
        ModelError: The models cannot be used; that concerns all files.
    """
    try:
        work()
    except ModelError:
        raise
    except DocnlpError as error:
        return str(replace_where(error) if error.where == path else error)
    except Exception as error:
        show_traceback(error)
        return internal(error)
    return None


def check_all(
    targets: Sequence[Target], today: date, baseline: Baseline | None, jobs: int, progress: Callable[[int], None]
) -> list[FileReport]:
    """Check files, results in order.

    Args:
        targets: The files.
        today: The current day.
        baseline: Known findings.
        jobs: Number of processes.
        progress: Told after each file how many are done.

    Raises:
        DocnlpError: A worker process died.
    """
    reports: list[FileReport] = []
    for report in _serial(targets, today, baseline) if jobs < 2 else _parallel(targets, today, baseline, jobs):
        reports.append(report)
        progress(len(reports))
    return reports


def _check(target: Target, today: date, baseline: Baseline | None) -> FileReport:
    return guarded(target, lambda t: check_file(t.path, t.settings, today, data=t.data, baseline=baseline))


def _serial(targets: Sequence[Target], today: date, baseline: Baseline | None) -> Iterator[FileReport]:
    for target in targets:
        yield _check(target, today, baseline)


_work: tuple[Sequence[Settings], date, Baseline | None]


def _begin(settings: Sequence[Settings], today: date, baseline: Baseline | None) -> None:
    """What a worker keeps for all its files. Ctrl-C ends it at once and without a word; the parent speaks."""
    global _work
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _work = settings, today, baseline


def _in_worker(path: str, settings: int, data: bytes | None, error: str | None) -> _Parcel:
    known, today, baseline = _work
    report = _check(Target(path, known[settings], data, error), today, baseline)
    analysis = report.analysis
    if analysis is None:
        return _Parcel(report, None, (), ())
    return _Parcel(replace(report, analysis=None), analysis.document, analysis.genres, analysis.sections)


def _parallel(targets: Sequence[Target], today: date, baseline: Baseline | None, jobs: int) -> Iterator[FileReport]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    settings = list({id(t.settings): t.settings for t in targets}.values())
    index = {id(s): i for i, s in enumerate(settings)}
    pool = ProcessPoolExecutor(jobs, initializer=_begin, initargs=(settings, today, baseline))
    try:
        parcels = [pool.submit(_in_worker, t.path, index[id(t.settings)], t.data, t.error) for t in targets]
        for target, future in zip(targets, parcels, strict=True):
            yield _unpack(future.result(), target.settings)
    except BrokenProcessPool as error:
        raise DocnlpError("检查用的进程意外中止，可能是内存不够", "请加 --jobs 1 再试，或减少一次检查的文件") from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _unpack(parcel: _Parcel, settings: Settings) -> FileReport:
    if parcel.document is None:
        return parcel.report
    analysis = analyse(parcel.document, settings.analysis)
    vars(analysis).update(genres=parcel.genres, sections=parcel.sections)  # as if they had been computed here
    return replace(parcel.report, analysis=analysis)


def progress_line(total: int, quiet: bool) -> Callable[[int], None]:
    """Shows on a terminal how far a long run has come; does nothing elsewhere.

    Args:
        total: Number of files.
        quiet: Show nothing.
    """
    stream = sys.stderr
    if quiet or total < MANY or stream is None or not stream.isatty():
        return lambda done: None

    def show(done: int) -> None:
        stream.write(f"\r正在检查 {done}/{total}" if done < total else f"\r{' ' * 40}\r")
        stream.flush()

    return show
