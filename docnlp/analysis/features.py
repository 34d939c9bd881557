"""What the section model looks at: strings, the same in training and in use."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from operator import add
from typing import NamedTuple

from docnlp.analysis.base import SectionLabel
from docnlp.analysis.cues import Cues
from docnlp.analysis.lexicon import SectionLexicon
from docnlp.document.model import Block, Document, Part

_SURE = (0.5, 0.65, 0.8, 0.92)  # bounds of the lexicon model's confidence
_BODY = 160  # characters of a paragraph that are looked at
_DIGITS = re.compile(r"\d+")
_GRAM = re.compile(r"[\u4e00-\u9fff0]{2,3}")


class Features(NamedTuple):
    """What there is to see of one block.

    Attributes:
        names: Features by their names.
        texts: Texts whose characters are looked at, each behind a sign; see `grams_of`.
    """

    names: list[str]
    texts: list[tuple[str, str]]

    def spelt(self) -> list[str]:
        """All features by their names."""
        grams = [sign + gram for sign, text in self.texts for gram in dict.fromkeys(grams_of(sign, text)) if _GRAM.fullmatch(gram)]
        return [*self.names, *grams]


def grams_of(sign: str, text: str) -> list[str]:
    """Pairs and triples of neighbouring characters of a text.

    As features they stand behind the sign, and each counts once; those that are not all Chinese characters and 0 are none.

    Args:
        sign: `h` a heading, of which triples are looked at too, `b` a paragraph, `p0` and `p1` the headings above.
        text: The words.
    """
    pairs = list(map(add, text, text[1:]))
    return [*pairs, *map(add, pairs, text[2:])] if sign == "h" else pairs


def words_of(document: Document, block: Block, limit: int) -> str:
    """Folded words of a block without number and markdown signs, digits as 0, at most `limit` characters."""
    start = block.marker.end if block.marker else block.start
    text = document.folded[start : min(block.end, start + limit)].strip(" #*-")
    return _DIGITS.sub("0", text)


def block_features(
    document: Document, part: Part, genre: str | None, lexicon: SectionLexicon, cues: Cues, rough: Sequence[SectionLabel]
) -> list[Features]:
    """Features of every heading and body of a part, in order; frame blocks have none.

    Args:
        document: The document.
        part: One of its parts.
        genre: Genre of the part.
        lexicon: Heading wordings.
        cues: What the paragraphs say.
        rough: What the lexicon model says of each block of the part.

    Returns:
        One entry a block of the part.
    """
    blocks = document.blocks[part.first : part.last]
    real = [i for i, b in enumerate(blocks) if b.kind in ("heading", "body")]
    out = [Features([], []) for _ in blocks]
    if not real:
        return out
    span = max(1, blocks[real[-1]].end - blocks[real[0]].start)
    origin = blocks[real[0]].start
    own = {i: words_of(document, blocks[i], _BODY) for i in real}
    wording = {i: _wording(own[i], lexicon) for i in real if blocks[i].kind == "heading"}
    stack: list[int] = []  # open headings
    parents: dict[int, list[int]] = {}
    for i in real:
        block = blocks[i]
        if block.kind == "heading":
            while stack and (blocks[stack[-1]].level or 1) >= (block.level or 1):
                stack.pop()
            parents[i] = list(stack)
            stack.append(i)
        else:
            if block.marker is not None:
                while stack and (blocks[stack[-1]].level or 1) >= block.marker.level:
                    stack.pop()
            parents[i] = list(stack)
    genre_sign = f"g={genre}"
    for n, i in enumerate(real):
        block = blocks[i]
        heading = block.kind == "heading"
        text = own[i]
        f, texts = out[i]
        kind = "h" if heading else "b"
        label = rough[i]
        said = f"L{label.section}"
        # twice, so that the penalty on weights holds it back less: it is the surest sign where the text is of a new kind
        f += [said, said + kind, f"{said}{bisect(_SURE, label.confidence)}"] * 2
        place = min(9, (block.start - origin) * 10 // span)
        f += ["", kind, f"{kind}{block.level or 0}", f"{kind}@{place}", genre_sign + kind, f"{genre_sign}@{place}"]
        if n == 0:
            f.append("first" + kind)
        if n == len(real) - 1:
            f.append("last" + kind)
        if n >= len(real) - 2:
            f.append("late" + kind)
        above = parents[i]
        f.append(f"depth{len(above)}{kind}")
        f += ["^" + text[:2], "$" + text.rstrip("。:")[-2:]] if heading else ["^^" + text[:2], "^^" + text[:4]]
        texts.append((kind, text))
        for rank, p in enumerate(reversed(above[-2:])):
            sign = f"p{rank}"
            f.append(f"{sign}{kind}:{wording[p]}")
            texts.append((sign, own[p][:16]))
        if above:
            f.append(f"top{kind}:{wording[above[0]]}")
        if heading:
            f.append(f"w:{wording[i]}")
            nxt = real[n + 1] if n + 1 < len(real) else None
            if nxt is not None and blocks[nxt].kind == "body":
                _cues(f, cues, blocks[nxt], "n")
        else:
            _cues(f, cues, block, "c")
            if n and blocks[real[n - 1]].kind == "body":
                f.append("afterbody")
            f.append(f"len{min(6, (block.end - block.start) // 60)}")
    return out


def _wording(text: str, lexicon: SectionLexicon) -> str:
    found = lexicon.match_heading(text)
    return f"{found.section}{'~' if found.soft else ''}" if found else "-"


def _cues(f: list[str], cues: Cues, block: Block, sign: str) -> None:
    cue = cues.of(block)
    f += [f"{sign}o:{section}" for section, _ in cue.openings]
    f += [f"{sign}t:{section}" for at, _, speaks in cue.terms if at < _BODY for section, _ in speaks]


def relation(before: Block | None, block: Block) -> str:
    """How two neighbouring blocks stand to each other, for the transitions of the sequence."""
    if before is None:
        return "start" + block.kind[0]
    if block.kind == "body":
        return "hb" if before.kind == "heading" else "bb"
    level = block.level or 1
    if before.kind == "heading":
        return "hh+" if level > (before.level or 1) else "hh="
    return f"bh{level}"


def pairs(blocks: Sequence[Block]) -> list[tuple[Block | None, Block]]:
    """Each heading and body with the one before it."""
    out: list[tuple[Block | None, Block]] = []
    before: Block | None = None
    for block in blocks:
        if block.kind in ("heading", "body"):
            out.append((before, block))
            before = block
    return out
