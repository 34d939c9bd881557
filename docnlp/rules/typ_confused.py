"""Words that are often confused: the table `typ_confused.toml`, read from its compiled twin `typ_confused.json`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Set
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from docnlp.rules.base import Severity

#: How far `unless` looks.
REACH = 40
_EDGES = frozenset("。，、；：！？,;:!?.…—\n“”‘’\"'（）()《》【】[] \t　")


class Confused(NamedTuple):
    """A confused word in a text: its place, what was meant (best first), why, and how grave it is."""

    start: int
    end: int
    meant: tuple[str, ...]
    why: str
    severity: Severity


class Row(NamedTuple):
    """A wrong wording, what is meant, and where it is wrong."""

    wrong: str
    meant: tuple[str, ...]
    why: str = ""
    severity: Severity = "warning"
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    def fits(self, text: str, start: int) -> bool:
        """Whether the word at `start` stands where it is wrong."""
        end = start + len(self.wrong)
        if self.before and not _ends(text, start, self.before):
            return False
        if self.after and not _begins(text, end, self.after):
            return False
        if (self.not_before and _ends(text, start, self.not_before)) or (self.not_after and _begins(text, end, self.not_after)):
            return False
        if self.unless:
            rest = text[end : end + REACH].partition("\n")[0].partition("。")[0]
            return not any(u in rest for u in self.unless)
        return True


def _begins(text: str, at: int, what: Iterable[str]) -> bool:
    return any(text[at : at + 1] in _EDGES or at >= len(text) if w == "$" else text.startswith(w, at) for w in what)


def _ends(text: str, at: int, what: Iterable[str]) -> bool:
    return any(at == 0 or text[at - 1] in _EDGES if w == "^" else text.endswith(w, 0, at) for w in what)


def _meant(wrong: str, pattern: str) -> str:
    """What `pattern` makes of a word: `两{1}` puts its second character in, `坐{1:}` the rest, `{的>得}` replaces."""
    opening, _, rest = pattern.partition("{")
    inner, _, closing = rest.partition("}")
    if not rest:
        return pattern
    if ">" in inner:
        old, _, new = inner.partition(">")
        return opening + wrong.replace(old, new) + closing
    number, colon, _ = inner.partition(":")
    return opening + (wrong[int(number) :] if colon else wrong[int(number)]) + closing


class Table:
    """The table of confused words.

    Args:
        data: What the file holds: `plain`, `usual` and `word`.

    Attributes:
        rows: Every wording.

    Raises:
        ValueError: A word is listed twice without a context, or a key is not known.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        rows = [Row(wrong, tuple(meant.split("|")), severity="error") for wrong, meant in data["plain"].items()]
        rows += [Row(wrong, tuple(meant.split("|")), "公文的通常写法", "info") for wrong, meant in data["usual"].items()]
        both = data["plain"].keys() & data["usual"].keys()
        if both:
            raise ValueError(f"listed twice: {sorted(both)}")
        for row in data["word"]:
            unknown = row.keys() - {*Row._fields, "right"}
            if unknown:
                raise ValueError(f"unknown keys: {sorted(unknown)}")
            sides = {k: tuple(row.get(k, ())) for k in ("before", "after", "not_before", "not_after", "unless")}
            severity = cast("Severity", row.get("severity", "warning"))
            for wrong in row["wrong"]:
                rows.append(Row(wrong, (_meant(wrong, row["right"]),), row.get("why", ""), severity, **sides))
        self.rows = tuple(rows)
        self._heads: dict[str, list[Row]] = {}
        for r in rows:
            self._heads.setdefault(r.wrong[:2], []).append(r)
        self._keys = frozenset(self._heads)

    def find(self, text: str, pairs: Set[str]) -> Iterator[Confused]:
        """Confused words, in no order.

        Args:
            text: The text view.
            pairs: Its pairs of neighbouring characters.
        """
        for head in self._keys & pairs:
            for row in self._heads[head]:
                at = text.find(row.wrong)
                while at >= 0:
                    if row.fits(text, at):
                        yield Confused(at, at + len(row.wrong), row.meant, row.why, row.severity)
                    at = text.find(row.wrong, at + 1)


@cache
def table() -> Table:
    """The shipped table, loaded when first asked."""
    return Table(json.loads(Path(__file__).with_name("typ_confused.json").read_bytes()))
