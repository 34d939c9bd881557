"""Places that the language rules leave alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docnlp.document.model import Document
from docnlp.text.late import late

# An address needs "://", "www." or "@"; a file name needs a known ending. Each pattern starts with a character class
# or literal, so that scanning stays fast.
# A mark behind an address belongs to the sentence.
_URL = re.compile(r"(?:(?:https?|ftp)://|www\.)(?:[\x21-\x7e]*[A-Za-z0-9/=&#%_~+-])", re.IGNORECASE)
_MAIL = late(r"@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_MAIL_HEAD = late(r"[A-Za-z0-9._%+-]+$")
_DOMAIN = re.compile(r"\.(?:com|cn|net|org|gov|edu)\b(?:/[\x21-\x7e]*[A-Za-z0-9/=&#%_~+-])?", re.IGNORECASE)
_FILE = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|wps|txt|zip|rar|jpe?g|png|mp[34])(?![A-Za-z0-9])", re.IGNORECASE)
_FILE_HEAD = late(r"[^\s,，。;；:：、“”《》（）()]{1,40}$")
_DOMAIN_HEAD = late(r"[A-Za-z0-9.-]+$")
_BLANK = late(r"【待填[^】\n]*】")
_SUPPRESS = late(r"<!--[\s\S]*?-->")


def protected_spans(document: Document) -> Iterator[tuple[int, int]]:
    """Spans of addresses, blanks left by outlines, and comments of markdown."""
    text = document.text
    if "://" in text or "www." in text:
        for m in _URL.finditer(text):
            yield m.start(), m.end()
    if "@" in text:
        for m in _MAIL.finditer(text):
            head = _MAIL_HEAD.search(text, max(0, m.start() - 64), m.start())
            yield head.start() if head else m.start(), m.end()
    if "." in text:
        for m in _DOMAIN.finditer(text):
            head = _DOMAIN_HEAD.search(text, max(0, m.start() - 64), m.start())
            if head:
                yield head.start(), m.end()
        for m in _FILE.finditer(text):
            head = _FILE_HEAD.search(text, max(0, m.start() - 40), m.start())
            if head:
                yield head.start(), m.end()
    if "【待填" in text:
        for m in _BLANK.finditer(text):
            yield m.start(), m.end()
    if "<!--" in text:
        for m in _SUPPRESS.finditer(text):
            yield m.start(), m.end()
