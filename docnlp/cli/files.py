"""From the paths on the command line to files, each with the settings that hold for it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from glob import has_magic, iglob
from pathlib import Path
from typing import Any

import click

from docnlp import config
from docnlp.fixing import system_reason
from docnlp.readers.reading import SUPPORTED_SUFFIXES
from docnlp.settings import Settings

STDIN = "-"

#: Name of standard input unless --stdin-filename gives one.
STDIN_NAME = "<stdin>"


@dataclass(frozen=True)
class Target:
    """A file to look at.

    Attributes:
        path: As shown.
        settings: What holds for it.
        data: Its content where it came through standard input.
        error: Why there is nothing to look at, in Chinese.
    """

    path: str
    settings: Settings
    data: bytes | None = None
    error: str | None = None


@dataclass
class SettingsFinder:
    """Finds the settings of files; each settings file is read once.

    Attributes:
        file: A settings file that holds for all, or None to look upward from each file's folder.
        isolated: Whether no settings file is used.
        overrides: What the command line sets, for `docnlp.config.override`.
    """

    file: str | None = None
    isolated: bool = False
    overrides: Mapping[str, Any] = field(default_factory=dict)
    _by_folder: dict[Path, Settings] = field(default_factory=dict)
    _by_file: dict[Path | None, Settings] = field(default_factory=dict)

    def of_folder(self, folder: Path) -> Settings:
        """Settings of the files in a folder.

        Raises:
            SettingsError: A settings file, a pack or an option is wrong.
        """
        if self.isolated or self.file is not None:
            return self._of_file(None if self.isolated or self.file is None else Path(self.file))
        folder = folder.resolve()
        if folder not in self._by_folder:
            self._by_folder[folder] = self._of_file(config.find(folder))
        return self._by_folder[folder]

    def _of_file(self, path: Path | None) -> Settings:
        if path not in self._by_file:
            base = Settings() if path is None else config.load(path)
            self._by_file[path] = config.override(base, **self.overrides)
        return self._by_file[path]


def finder(
    file: str | None, isolated: bool, *, packs: Sequence[str], allow: Sequence[str], max_size: str | None, **more: Any
) -> SettingsFinder:
    """A finder from the options of the command line.

    Args:
        file: `--config`.
        isolated: `--isolated`.
        packs: `--pack`.
        allow: `--allow`.
        max_size: `--max-size`.
        more: Further arguments of `docnlp.config.override`.

    Raises:
        click.UsageError: Options contradict each other.
    """
    if file is not None and isolated:
        raise click.UsageError("--config 和 --isolated 只能用一个", click.get_current_context())
    return SettingsFinder(file, isolated, {"packs": packs, "allow": allow, "max_size": max_size, **more})


def targets(paths: Sequence[str], settings: SettingsFinder, stdin_name: str | None = None) -> list[Target]:
    """The files that the paths name, in their order, each once.

    Folders are walked, sorted by name, for files docnlp can read; hidden files, the lock files of Word and what the
    settings exclude are passed over. `*` and `?` are filled in where the shell did not do it.

    Args:
        paths: From the command line.
        settings: Finds the settings.
        stdin_name: Name for standard input.

    Raises:
        SettingsError: A settings file is wrong.
    """
    out: list[Target] = []
    seen: set[str] = set()
    for target in _expanded(paths, settings, stdin_name):
        key = STDIN if target.data is not None else os.path.normcase(os.path.realpath(target.path))
        if key not in seen:
            seen.add(key)
            out.append(target)
    return out


def is_single(paths: Sequence[str]) -> bool:
    """Whether the paths can name one file only."""
    return len(paths) == 1 and not Path(paths[0]).is_dir() and (Path(paths[0]).exists() or not has_magic(paths[0]))


def _expanded(paths: Sequence[str], settings: SettingsFinder, stdin_name: str | None) -> Iterator[Target]:
    for path in paths:
        if path == STDIN:
            here = settings.of_folder(Path())
            yield Target(stdin_name or STDIN_NAME, here, read_stdin(here.limits.max_bytes))
        elif Path(path).is_dir():
            yield from _walk(path, settings)
        elif has_magic(path) and not Path(path).exists():
            found = sorted(p for p in iglob(path, recursive=True) if not _passed_over(Path(p).name))  # noqa: PTH207
            if not found:
                yield Target(path, settings.of_folder(Path()), error="没有文件符合这个写法，请核对文件名和通配符")
            for name in found:
                if Path(name).is_dir():
                    yield from _walk(name, settings)
                else:
                    yield Target(name, settings.of_folder(Path(name).parent))
        else:
            yield Target(path, settings.of_folder(Path(path).parent))


def read_stdin(most: int) -> bytes:
    """Standard input, cut one byte past `most`, which is enough for a reader to refuse it."""
    if sys.stdin is None:
        return b""
    return sys.stdin.buffer.read(most + 1)


def _walk(folder: str, settings: SettingsFinder) -> Iterator[Target]:
    problems: list[OSError] = []
    found: list[str] = []
    for base, folders, files in os.walk(folder, onerror=problems.append):
        folders[:] = [d for d in folders if not _passed_over(d)]
        found += [str(Path(base, f)) for f in files if not _passed_over(f) and f.lower().endswith(SUPPORTED_SUFFIXES)]
    found.sort(key=lambda p: Path(p).parts)
    kept = 0
    for path in found:
        own = settings.of_folder(Path(path).parent)
        if not config.is_excluded(Path(path), own):
            kept += 1
            yield Target(path, own)
    here = settings.of_folder(Path(folder))
    for error in problems:
        yield Target(str(error.filename or folder), here, error=f"文件夹打不开（{system_reason(error)}）")
    if not found and not problems:
        kinds = "、".join(SUPPORTED_SUFFIXES)
        yield Target(folder, here, error=f"文件夹里没有可以检查的文件（支持 {kinds}）")
    elif not kept and not problems:
        yield Target(folder, here, error="文件夹里的文件都被设置里的 exclude 排除了")


def _passed_over(name: str) -> bool:
    """Whether a name is hidden or a lock file of an office program."""
    return name.startswith((".", "~$"))


def require(condition: bool, message: str) -> None:
    """Refuse wrong usage.

    Raises:
        click.UsageError: The condition does not hold.
    """
    if not condition:
        raise click.UsageError(message, click.get_current_context())

