"""TYP: the office's own terms (the other wrong words are found by what knows the language of the field)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, cast

from docnlp.rules.base import Basis, Context, Hit, Rule, Severity
from docnlp.text.folding import fold


class _Term(Protocol):
    @property
    def found(self) -> str: ...
    @property
    def use(self) -> tuple[str, ...]: ...
    @property
    def message(self) -> str: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def source(self) -> str: ...


def office_terms(context: Context) -> Iterator[Hit]:
    """Occurrences of the terms that the user's packs and settings name."""
    terms = cast("Sequence[_Term]", context.options.get("terms", ()))
    for term in terms:
        needle = fold(term.found)
        at = context.folded.find(needle) if needle else -1
        right = [fold(use) for use in term.use if needle in fold(use)]
        while at >= 0:
            end = at + len(needle)
            if _is_right(context.folded, at, needle, right):
                at = context.folded.find(needle, end)
                continue
            cure = f"，请改用“{term.use[0]}”" if term.use else "，请核"
            why = f"：{term.message}" if term.message else ""
            where = f"（依据：{term.source}）" if term.source else ""
            yield Hit(at, end, f"本单位词表要求不写“{context.text[at:end]}”{cure}{why}{where}", term.use, severity=term.severity)
            at = context.folded.find(needle, end)


def _is_right(folded: str, at: int, needle: str, right: Sequence[str]) -> bool:
    """Whether the occurrence is part of the wording that the office wants (文明办 inside 区文明办)."""
    for use in right:
        inside = use.find(needle)
        while inside >= 0:
            if folded.startswith(use, at - inside) and at >= inside:
                return True
            inside = use.find(needle, inside + 1)
    return False


RULES: tuple[Rule, ...] = (
    Rule(
        code="TYP100",
        name="office-term",
        title="本单位词表里的不规范用语",
        severity="warning",
        why="各单位对机构简称、活动名称有自己的写法。写在配置或词包里，检查时就按本单位的规矩来。",
        basis=(Basis("用户的配置文件或词包"),),
        check=office_terms,
        examples=(),
        options=("terms",),
    ),
)
