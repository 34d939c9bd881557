"""Columns that a text takes on a terminal."""

from __future__ import annotations

import unicodedata


def char_width(char: str, ambiguous: int = 1) -> int:
    """Columns of one character: 2 for wide, 0 for combining and control, `ambiguous` for East Asian Ambiguous."""
    if char < "\u0300":
        if char < " " or "\x7f" <= char < "\xa0":
            return 0
        return ambiguous if char > "\x7f" and unicodedata.east_asian_width(char) == "A" else 1
    kind = unicodedata.east_asian_width(char)
    if kind in "WF":
        return 2
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn", "Me"):
        return 0
    return ambiguous if kind == "A" else 1


def text_width(text: str, ambiguous: int = 1) -> int:
    """Columns of `text` on one line."""
    return sum(char_width(c, ambiguous) for c in text)


def clip(text: str, columns: int, ambiguous: int = 1) -> str:
    """The longest start of `text` that fits `columns`."""
    used = 0
    for i, c in enumerate(text):
        used += char_width(c, ambiguous)
        if used > columns:
            return text[:i]
    return text


def wrap(text: str, columns: int, ambiguous: int = 1) -> list[str]:
    """`text` broken into lines of at most `columns`; closing marks do not begin a line, Latin words stay whole.

    Args:
        text: One paragraph; line breaks in it are kept.
        columns: At least 2.
        ambiguous: Columns of an East Asian Ambiguous character.
    """
    out: list[str] = []
    for paragraph in text.split("\n"):
        line, used, space = "", 0, -1
        for c in paragraph:
            w = char_width(c, ambiguous)
            if used + w > columns and line:
                cut = len(line)
                if c in "，。、；：！？）》”’】〕…" and char_width(line[-1], ambiguous) + w <= columns:
                    cut -= 1  # keep the mark with the character before it
                elif c.isascii() and c.isalnum() and space > 0 and text_width(line[space:], ambiguous) + w <= columns:
                    cut = space
                if cut <= 0:
                    cut = len(line)
                out.append(line[:cut].rstrip(" "))
                line = line[cut:].lstrip(" ")
                used, space = text_width(line, ambiguous), -1
            line += c
            used += w
            if c == " " or not c.isascii():
                space = len(line)
        out.append(line)
    return out
