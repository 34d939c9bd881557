"""What the paragraphs of a document say by their first words and by the cue words in them."""

from __future__ import annotations

from typing import NamedTuple

from docnlp.analysis.lexicon import SectionLexicon
from docnlp.document.model import Block, Document

_HEAD = 90  # characters in which a paragraph's opening must show
_REACH = 400  # characters of a paragraph whose words count


class Cue(NamedTuple):
    """What one paragraph says.

    Attributes:
        openings: Section and words for every opening that fits, in the order of the table.
        terms: Cue words with their place in the paragraph and their (section, weight) pairs.
        length: Characters that were looked at.
    """

    openings: tuple[tuple[str, str], ...]
    terms: tuple[tuple[int, str, tuple[tuple[str, float], ...]], ...]
    length: int


class Cues:
    """Finds the cues of a paragraph once, whoever asks for them.

    Args:
        document: The document.
        lexicon: Openings and cue words.
    """

    def __init__(self, document: Document, lexicon: SectionLexicon) -> None:
        self._folded, self._lexicon = document.folded, lexicon
        self._known: dict[int, Cue] = {}

    def of(self, block: Block) -> Cue:
        """The cues of a block of the document."""
        cue = self._known.get(block.start)
        if cue is None:
            cue = self._known[block.start] = self._find(block)
        return cue

    def _find(self, block: Block) -> Cue:
        lexicon = self._lexicon
        start = block.marker.end if block.marker else block.start
        text = self._folded[start : min(block.end, start + _REACH)].lstrip(" ")
        openings: tuple[tuple[str, str], ...] = ()
        if lexicon.opening.match(text, 0, _HEAD):
            openings = tuple([(section, m[0]) for section, pattern in lexicon.openings.items() if (m := pattern.match(text, 0, _HEAD))])
        return Cue(openings, tuple([(at, text[at:end], speaks) for at, end, speaks in lexicon.terms.find(text)]), len(text))
