"""Comment markers in a document that tell docnlp to leave something alone.

Two forms, in every format: `<!-- docnlp: ignore[RES001] 理由 -->` anywhere in a line, and a line of its own such as
`[docnlp: 忽略 RES001 理由]` or `# docnlp: ignore[RES001] 理由`. Width, case, brackets and blanks do not matter. This
module only reads them; what they do is the business of `docnlp.suppression`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from docnlp.text.folding import fold
from docnlp.text.spans import Span

MarkerKind = Literal["line", "file", "start", "end", "unknown"]

#: Verb (folded) to what the marker covers.
VERBS: dict[str, MarkerKind] = {
    "ignore": "line",
    "ignore-file": "file",
    "ignore-start": "start",
    "ignore-end": "end",
    "忽略": "line",
    "忽略全文": "file",
    "全文忽略": "file",
    "忽略开始": "start",
    "开始忽略": "start",
    "忽略结束": "end",
    "结束忽略": "end",
}


@dataclass(frozen=True, slots=True)
class MarkerWord:
    """A code as written in a marker: [start, end) in the text, and the folded word."""

    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class IgnoreMarker:
    """One marker.

    Attributes:
        start, end: The marker itself, without blanks around it.
        span: What of the text belongs to it: its whole line, or the comment with the blanks beside it.
        kind: What it covers; `unknown` where `verb` is none of `VERBS`.
        verb: The verb as written, folded.
        words: The codes as written.
        reason: The writer's reason; may be empty.
        alone: Whether nothing but markers stands in its line.
    """

    start: int
    end: int
    span: Span
    kind: MarkerKind
    verb: str
    words: tuple[MarkerWord, ...]
    reason: str
    alone: bool

    @property
    def chinese(self) -> bool:
        """Whether it is written with the Chinese verb."""
        return not self.verb.isascii()


_NAME = re.compile("[dｄ][oｏ][cｃ][nｎ][lｌ][pｐ]", re.IGNORECASE)
_OPEN, _CLOSE = "[【〔(", "]】〕)"
# Both on folded text.
_HEAD = re.compile(r"docnlp *(?:: *|(?= (?:ignore|忽略)) +)(?P<verb>[a-z][a-z_-]*|[\u4e00-\u9fff]+)? *")
_LEAD = re.compile(rf" *+(?P<lead>#++|//|;++)? *+(?P<open>[{re.escape(_OPEN)}])? *+(?=docnlp)")
_BRACKETED = re.compile(rf"[{re.escape(_OPEN)}](?P<codes>[^{re.escape(_CLOSE)}]*)[{re.escape(_CLOSE)}]?")
_SEPARATOR = r"(?: *[,、;] *| +(?=[a-z]{3}\d{1,3}(?![a-z0-9])))"
_BARE = re.compile(rf"[a-z][a-z0-9-]*(?:{_SEPARATOR}[a-z][a-z0-9-]*)*")
_WORD = re.compile(r"[^,、; ]+")


def find_markers(text: str) -> list[IgnoreMarker]:
    """The markers of a text, in order.

    Args:
        text: The text view of a document, of any format.
    """
    out: list[IgnoreMarker] = []
    done = -1
    for hit in _NAME.finditer(text):
        if hit.start() < done:
            continue
        start = text.rfind("\n", 0, hit.start()) + 1
        end = text.find("\n", hit.start())
        end = len(text) if end < 0 else end
        out.extend(_in_line(text, start, end))
        done = end
    return out


def marker_spans(text: str) -> list[Span]:
    """What of a text is marker and no prose: whole lines, or comments with the blanks beside them; in order."""
    return [m.span for m in find_markers(text)]


def _in_line(text: str, start: int, end: int) -> Iterator[IgnoreMarker]:
    folded = fold(text[start:end])
    comments = list(_comments(folded))
    if comments:
        alone = not any(folded[a:b].strip() for a, b in _gaps(comments, len(folded)))
        for k, (a, b, head) in enumerate(comments):
            left, right = a, b
            low = comments[k - 1][1] if k else 0
            high = comments[k + 1][0] if k + 1 < len(comments) else len(folded)
            while left > low and folded[left - 1].isspace():
                left -= 1
            while right < high and folded[right].isspace():
                right += 1
            span = Span(start + left, start + right)
            yield _marker(text, folded, start, head, b - 3, Span(start + a, start + b), span, alone)
        return
    lead = _LEAD.match(folded)
    if lead is None or (head_match := _HEAD.match(folded, lead.end())) is None:
        return
    verb = (head_match["verb"] or "").replace("_", "-")
    if verb not in VERBS and not ((lead["lead"] or lead["open"]) and _like_verb(verb)):
        return
    a, b = start + len(folded) - len(folded.lstrip()), start + len(folded.rstrip())
    stop = len(folded.rstrip())
    yield _marker(text, folded, start, head_match, stop, Span(a, b), Span(start, end), True)


def _comments(folded: str) -> Iterator[tuple[int, int, re.Match[str]]]:
    """Comments of one line that are ours: start, end and the match of their head."""
    at = folded.find("<!--")
    while at >= 0:
        close = folded.find("-->", at + 4)
        if close < 0:
            return
        inner = at + 4
        while inner < close and folded[inner].isspace():
            inner += 1
        if m := _HEAD.match(folded, inner, close):
            yield at, close + 3, m
        at = folded.find("<!--", close + 3)


def _gaps(comments: list[tuple[int, int, re.Match[str]]], length: int) -> Iterator[tuple[int, int]]:
    at = 0
    for a, b, _ in comments:
        yield at, a
        at = b
    yield at, length


def _like_verb(verb: str) -> bool:
    """Whether a word is a slip of a verb rather than prose (`# docnlp：使用说明` is a heading)."""
    from difflib import get_close_matches

    return bool(get_close_matches(verb, VERBS, 1, 0.5))


def _marker(
    text: str, folded: str, base: int, head: re.Match[str], stop: int, place: Span, span: Span, alone: bool
) -> IgnoreMarker:
    """A marker from the match of its head; `stop` is the end of its content in the folded line."""
    verb = (head["verb"] or "").replace("_", "-")
    at = head.end()
    words: list[MarkerWord] = []
    codes = _BRACKETED.match(folded, at, stop)
    if codes:
        words = [
            MarkerWord(base + w.start(), base + w.end(), w[0]) for w in _WORD.finditer(folded, *codes.span("codes"))
        ]
        at = codes.end()
    elif bare := _BARE.match(folded, at, stop):
        words = [MarkerWord(base + w.start(), base + w.end(), w[0]) for w in _WORD.finditer(folded, at, bare.end())]
        at = bare.end()
    reason = text[base + at : base + stop].strip()
    if reason[-1:] and fold(reason[-1]) in _CLOSE:
        reason = reason[:-1].rstrip()
    return IgnoreMarker(place.start, place.end, span, VERBS.get(verb, "unknown"), verb, tuple(words), reason, alone)
