"""What a user may set, with its defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from docnlp.analysis.base import AnalysisOptions
from docnlp.policy.model import Entry
from docnlp.readers.limits import Limits
from docnlp.rules.base import Severity

#: How grave a missing section is; `off`: it is not looked for.
SectionLevel = Literal["error", "warning", "info", "off"]


@dataclass(frozen=True, slots=True)
class Term:
    """An office's own term: what not to write and what to write instead.

    Attributes:
        found: The wording to report (folded match).
        use: Replacements, best first; may be empty.
        message: Why, in Chinese; may be empty.
        severity: Severity of the finding.
        source: Name of the pack, or of the settings file, that it came from.
    """

    found: str
    use: tuple[str, ...] = ()
    message: str = ""
    severity: Severity = "warning"
    source: str = ""


@dataclass(frozen=True, slots=True)
class PerSubgenre:
    """What is different for one subgenre (or genre)."""

    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()


@dataclass(frozen=True)
class Settings:
    """All settings, merged from defaults, packs, the settings file and the command line.

    Mappings are plain dicts, so that settings can be sent to worker processes; nobody changes them.

    Attributes:
        select: Codes, prefixes, families or names that run; empty for the default set.
        ignore, extend_select, extend_ignore: As their names say; see `docnlp.selection.rules_for` for who wins.
        severity: Code or prefix (or `ALL`) to severity.
        fail_on: Findings at or above it make the exit status 1.
        as_of: `today`, `document` or a date (YYYY-MM-DD).
        allow: Words and names that no component may report.
        terms: The office's own terms.
        sections: Subgenre or genre to {section: level}: what SEC looks for. Only what differs from the default;
            `off` takes a section out.
        policy: Entries of the office's own policy packs, on top of the shipped timeline.
        wordings: Section to heading wordings on top of the shipped ones.
        per_subgenre: Subgenre or genre to what is different there.
        limits: Sizes for the readers.
        exclude: Patterns of files and folders that a walk through a folder leaves out, relative to `root`.
        models: Folder of the user's trained models, None for the shipped ones.
        root: Folder of the settings file, None where there is none.
        files: Settings files and packs that were read, for the record.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    extend_ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    fail_on: Severity = "warning"
    as_of: str = "today"
    allow: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    policy: tuple[Entry, ...] = ()
    sections: Mapping[str, Mapping[str, SectionLevel]] = field(default_factory=dict)
    wordings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    per_subgenre: Mapping[str, PerSubgenre] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    exclude: tuple[str, ...] = ()
    models: Path | None = None
    root: Path | None = None
    files: tuple[Path, ...] = ()

    @property
    def analysis(self) -> AnalysisOptions:
        """What the models are told."""
        return AnalysisOptions(self.wordings, self.allow, self.models)
