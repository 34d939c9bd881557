"""TYP: the office's own terms (the other wrong words are found by what knows the language of the field)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, cast

from docnlp.rules.base import Bad, Basis, Context, Good, Hit, Rule, Severity
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
        while at >= 0:
            end = at + len(needle)
            cure = f"，请改用“{term.use[0]}”" if term.use else "，请核"
            why = f"：{term.message}" if term.message else ""
            where = f"（依据：{term.source}）" if term.source else ""
            yield Hit(at, end, f"本单位词表要求不写“{context.text[at:end]}”{cure}{why}{where}", term.use, severity=term.severity)
            at = context.folded.find(needle, end)


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
