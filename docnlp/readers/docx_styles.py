"""What the styles of a Word file say of a paragraph or a run, basedOn chains included."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docnlp.readers.package import Element
from docnlp.readers.wordml import PPR, RPR, VAL, W, number, switch, value

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])")
_ALIGNMENTS = {
    "left": "left",
    "start": "left",
    "center": "center",
    "right": "right",
    "end": "right",
    "both": "both",
    "distribute": "both",
}


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """Properties of a paragraph style after inheritance.

    Attributes:
        outline: 0 for a title style, 1–9 for headings, else None.
        alignment: As in `Paragraph.alignment`.
        num_id, level: Numbering; `level` None where no style of the chain says one.
        hidden: Whether its text is hidden.
        chain: Ids of the style and what it is based on, nearest first.
    """

    outline: int | None = None
    alignment: str | None = None
    num_id: int | None = None
    level: int | None = None
    hidden: bool = False
    chain: tuple[str, ...] = ()


class Styles:
    """The style sheet of a file.

    Args:
        root: Root of `styles.xml`, None where the file has none.
    """

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default: str | None = None
        self._alignment: str | None = None
        self._paragraph: dict[str, ParagraphStyle] = {}
        self._character: dict[str, bool] = {}
        if root is None:
            return
        for style in root.iter(W + "style"):
            identity = style.get(W + "styleId")
            if identity is None:
                continue
            self._styles.setdefault(identity, style)
            is_default = style.get(W + "default", "0").lower() in ("1", "true", "on")
            if is_default and style.get(W + "type") == "paragraph" and self._default is None:
                self._default = identity
        defaults = root.find(f"{W}docDefaults/{W}pPrDefault/{PPR}")
        self._alignment = _ALIGNMENTS.get(value(defaults, W + "jc") or "")

    def paragraph(self, identity: str | None) -> ParagraphStyle:
        """A paragraph style by id; the default one for None or an unknown id."""
        if identity is None or identity not in self._styles:
            identity = self._default or ""
        known = self._paragraph.get(identity)
        if known is None:
            known = self._paragraph[identity] = self._resolve(identity)
        return known

    def hides(self, identity: str | None) -> bool:
        """Whether a character style hides its text."""
        if identity is None:
            return False
        known = self._character.get(identity)
        if known is None:
            found = (switch(self._styles[s].find(RPR), W + "vanish") for s in self._chain(identity))
            known = self._character[identity] = next((f for f in found if f is not None), False)
        return known

    def numbering_of(self, identity: str) -> int | None:
        """numId of a numbering style."""
        return self.paragraph(identity).num_id if identity in self._styles else None

    def _chain(self, identity: str) -> tuple[str, ...]:
        chain: list[str] = []
        following: str | None = identity
        while following is not None and following in self._styles and following not in chain:
            chain.append(following)
            following = value(self._styles[following], W + "basedOn")
        return tuple(chain)

    def _resolve(self, identity: str) -> ParagraphStyle:
        outline: int | None = None
        outlined = False
        alignment: str | None = None
        num_id: int | None = None
        level: int | None = None
        hidden: bool | None = None
        chain = self._chain(identity)
        for name in chain:
            style = self._styles[name]
            properties = style.find(PPR)
            if not outlined:
                outlined, outline = _outline(style, properties)
            if alignment is None:
                alignment = _ALIGNMENTS.get(value(properties, W + "jc") or "")
            if num_id is None and properties is not None and (numbering := properties.find(W + "numPr")) is not None:
                num_id = number(numbering, W + "numId")
                level = level if level is not None else number(numbering, W + "ilvl")
            if hidden is None:
                hidden = switch(style.find(RPR), W + "vanish")
        return ParagraphStyle(outline, alignment or self._alignment, num_id, level, bool(hidden), chain)


def _outline(style: Element, properties: Element | None) -> tuple[bool, int | None]:
    """(whether the style says something, the level). Title styles come first: Word gives them outline level 1 too."""
    name = (value(style, W + "name") or "").strip().lower()
    if name in ("title", "标题"):
        return True, 0
    written = number(properties, W + "outlineLvl")
    if written is not None:
        return True, outline_level(written)
    if match := _HEADING.fullmatch(name):
        return True, int(match[1])
    return False, None


def outline_level(written: int) -> int | None:
    """`w:outlineLvl` (0-based, 9 for body text) as 1–9 or None."""
    return written + 1 if 0 <= written <= 8 else None


def alignment_of(properties: Element | None) -> str | None:
    """`w:jc` of a `w:pPr` in the words of `Paragraph.alignment`; None where it is not set or unusual."""
    child = None if properties is None else properties.find(W + "jc")
    return None if child is None else _ALIGNMENTS.get(child.get(VAL, ""))
