"""Names of the WordprocessingML elements that the readers look at, and small helpers on them."""

from __future__ import annotations

from docnlp.readers.package import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

P, R, T, TBL, TR, TC = W + "p", W + "r", W + "t", W + "tbl", W + "tr", W + "tc"
PPR, RPR = W + "pPr", W + "rPr"
TEXT_BOX = W + "txbxContent"
ALTERNATE, CHOICE, FALLBACK = MC + "AlternateContent", MC + "Choice", MC + "Fallback"
VAL = W + "val"
_FALSE = frozenset(("0", "false", "off"))


def value(parent: Element | None, name: str) -> str | None:
    """`w:val` of the child `name` (with namespace), None where there is none."""
    if parent is None:
        return None
    child = parent.find(name)
    return None if child is None else child.get(VAL)


def number(parent: Element | None, name: str) -> int | None:
    """`w:val` of the child `name` as an integer; None where there is none or it is no number."""
    return to_int(value(parent, name))


def to_int(text: str | None) -> int | None:
    """A decimal integer as XML writes it, None for anything else or more than nine digits."""
    if text is None or len(text) > 10:
        return None
    try:
        return int(text)
    except ValueError:
        return None


def switch(parent: Element | None, name: str) -> bool | None:
    """An on/off property: its value, None where it is not set."""
    if parent is None:
        return None
    child = parent.find(name)
    return None if child is None else child.get(VAL, "1").lower() not in _FALSE
