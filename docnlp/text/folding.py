"""Length-preserving folding, so that a place in the folded text is the same place in the text."""

from __future__ import annotations

#: Spaces that occur in Word and web copies and mean nothing to matching.
SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"

_TABLE: dict[int, str] = {ord(c): " " for c in SPACES}
_TABLE.update({c: chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)})
_TABLE.update({c: chr(c + 32) for c in range(ord("A"), ord("Z") + 1)})
_TABLE.update({c: chr(c - 0xFEE0 + 32) for c in range(0xFF21, 0xFF3B)})

_CHARS = {chr(c): twin for c, twin in _TABLE.items()}


def fold(text: str) -> str:
    """Full-width ASCII to half-width, Latin letters to lower case, every space to U+0020; same length.

    Chinese marks without an ASCII twin (。、“”《》—…) stay; so does everything astral.
    """
    # A few replacements of what occurs are faster than looking every character up.
    for char in set(text).intersection(_CHARS):
        text = text.replace(char, _CHARS[char])
    return text


def is_han(char: str) -> bool:
    """Whether `char` is a Chinese character (〇 counts, Kangxi radicals do not)."""
    return "\u4e00" <= char <= "\u9fff" or char == "〇" or "\u3400" <= char <= "\u4dbf" or "\U00020000" <= char <= "\U0003ffff"
