"""Section of each block by heading wordings, content cues and the outline."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple, cast

from docnlp.analysis.base import AnalysisOptions, GenreLabel, Section, SectionLabel
from docnlp.analysis.cues import Cues
from docnlp.analysis.lexicon import SectionLexicon, section_lexicon
from docnlp.document.model import Block, Document, Part

_FRAME = SectionLabel("frame", 1.0)
# Chapters whose parts all belong to them, whatever they are called.
_CLOSED = {"problems", "next_steps", "schedule", "guiding", "principles"}
_OPENING = 3.0
_INHERIT = {"wording": 4.5, "parent": 3.5, "default": 2.2, "none": 0.0}


class _Place(NamedTuple):
    """Where a paragraph stands: first or last of its part, loose at the end of it, in a part with headings."""

    first: bool
    last: bool
    loose: bool
    headed: bool


class LexiconSections:
    """Labels without a trained model.

    Args:
        options: The user's wordings.
    """

    def __init__(self, options: AnalysisOptions) -> None:
        self._lexicon: SectionLexicon = section_lexicon(options.wordings)

    def sections(self, document: Document, part: Part, genre: GenreLabel) -> Sequence[SectionLabel]:
        """One label for each block of the part."""
        return self.labels(document, part, genre, Cues(document, self._lexicon))

    def labels(self, document: Document, part: Part, genre: GenreLabel, cues: Cues) -> list[SectionLabel]:
        """One label for each block of the part.

        Args:
            document: The document.
            part: One of its parts.
            genre: Genre of the part.
            cues: What the paragraphs of the document say; they are the same whatever wordings the user has.
        """
        blocks = document.blocks[part.first : part.last]
        out: list[SectionLabel] = []
        stack: list[tuple[int, SectionLabel, str]] = []  # (level, label, how it was found)
        bodies = [i for i, b in enumerate(blocks) if b.kind == "body"]
        headed = any(b.kind == "heading" for b in blocks)
        last_body = bodies[-1] if bodies else -1
        for i, block in enumerate(blocks):
            if block.kind not in ("heading", "body"):
                if block.kind in ("attachment", "date"):
                    stack.clear()  # what stands behind belongs to no chapter of the text
                out.append(_FRAME)
                continue
            if block.kind == "heading":
                level = block.level or 1
                while stack and stack[-1][0] >= level:
                    stack.pop()
                label, how = self._heading(document, blocks, i, stack, genre, cues)
                stack.append((level, label, how))
                out.append(label)
                continue
            if block.marker is not None and stack and stack[-1][0] >= block.marker.level and not blocks[i - 1].runin:
                while len(stack) > 1 and stack[-1][0] >= block.marker.level:
                    stack.pop()
            if block.marker is not None and stack and stack[-1][0] >= block.marker.level:
                stack.pop()
            context = stack[-1] if stack else None
            # behind the last chapter often stands a paragraph of its own, without a heading
            loose = i == last_body or (i >= last_body - 2 and block.marker is None and i > 0 and blocks[i - 1].kind == "body")
            place = _Place(first=i == bodies[0], last=i == last_body, loose=loose, headed=headed)
            out.append(self._body(block, context, genre, place, cues))
        return out

    # -- headings

    def _heading(self, document: Document, blocks: Sequence[Block], i: int, stack: list[tuple[int, SectionLabel, str]], genre: GenreLabel, cues: Cues) -> tuple[SectionLabel, str]:
        block = blocks[i]
        count = len(blocks)
        words = document.folded[block.marker.end if block.marker else block.start : block.end].strip(" #*。:")
        parent = stack[-1] if stack else None
        own = self._lexicon.match_heading(words)
        if parent and parent[1].section in _CLOSED and parent[2] == "wording" and not (own and parent[1].section == "guiding" and own.section in ("objectives", "principles")):
            return SectionLabel(parent[1].section, 0.9, parent[1].reason), "wording"
        if own and own.soft and not self._soft_counts(own.section, parent, genre, i, count, words):
            own = None
        if own and own.section == "tasks" and parent and parent[1].section not in ("tasks", "preamble") and parent[2] == "wording" and own.words != words:
            own = None
        if own:
            confidence = 0.97 if own.words == words else 0.85
            return SectionLabel(cast("Section", own.section), confidence, f"标题里有“{own.words}”"), "wording"
        if parent:
            return SectionLabel(parent[1].section, max(0.5, parent[1].confidence - 0.1), parent[1].reason), "parent"
        beneath = self._beneath(blocks, i, cues)
        if beneath is not None:
            return beneath, "parent"
        return SectionLabel("tasks", 0.6, "没有特定字样的标题，按主要内容计"), "default"

    @staticmethod
    def _soft_counts(section: str, parent: tuple[int, SectionLabel, str] | None, genre: GenreLabel, i: int, count: int, words: str) -> bool:
        """Whether a soft wording decides here."""
        if parent and parent[1].section in ("organization", "safeguards"):
            return True
        if section == "schedule":
            return "(" in words or words.startswith(("第", "动员", "宣传发动", "组织实施", "总结"))
        if section in ("objectives", "principles"):
            return words.endswith(("目标", "原则")) and (parent is None or parent[1].section != "tasks")
        if section == "next_steps":
            return genre.genre == "summary" and (i > 0.4 * count or words.endswith("打算"))
        if section == "tasks":
            return genre.genre == "summary"
        if section == "problems":
            return genre.genre == "summary" and "解决" not in words and i > count / 3
        if genre.genre == "summary" or parent:
            return False
        return i > 0.6 * count or words.endswith(("要求", "保证", "保障"))

    def _beneath(self, blocks: Sequence[Block], i: int, cues: Cues) -> SectionLabel | None:
        """What the first paragraph below a top heading without telling words says, where it says it loudly."""
        for block in blocks[i + 1 : i + 3]:
            if block.kind == "body":
                scores, why = self._heard(cues, block)
                scores.pop("tasks", None)
                scores.pop("preamble", None)
                scores.pop("closing", None)
                scores.pop("objectives", None)
                if scores:
                    section, score = max(scores.items(), key=lambda item: item[1])
                    if score >= 6.0:
                        return SectionLabel(cast("Section", section), 0.7, why.get(section, ""))
                return None
        return None

    # -- paragraphs

    @staticmethod
    def _heard(cues: Cues, block: Block) -> tuple[defaultdict[str, float], dict[str, str]]:
        cue = cues.of(block)
        scores: defaultdict[str, float] = defaultdict(float)
        why: dict[str, str] = {}
        for section, words in cue.openings:
            scores[section] += _OPENING
            why[section] = f"段首是“{words[:16]}”"
        seen: Counter[str] = Counter()
        damp = min(1.0, (160 / max(cue.length, 1)) ** 0.5)
        for _, term, speaks in cue.terms:
            seen[term] += 1
            if seen[term] > 2:
                continue
            for section, weight in speaks:
                scores[section] += weight * damp
                why.setdefault(section, f"文中有“{term}”")
        return scores, why

    def _body(
        self, block: Block, context: tuple[int, SectionLabel, str] | None, genre: GenreLabel, place: _Place, cues: Cues
    ) -> SectionLabel:
        scores, why = self._heard(cues, block)
        last = place.last
        if not last:
            scores.pop("closing", None)
        if genre.genre != "summary":
            scores.pop("problems", None)
            scores["next_steps"] *= 0.3
        if genre.genre == "summary":
            scores["guiding"] *= 0.4
        if context:
            scores.pop("preamble", None)
        elif place.first and block.marker is None:
            scores["preamble"] += 2.5
        if genre.genre in ("notice", "other"):
            scores["objectives"] *= 0.5
        if context:
            section, how = context[1].section, context[2]
            if (section in _CLOSED and how == "wording") or section == "objectives":
                if last and scores["closing"] >= 3:
                    return SectionLabel("closing", 0.7, why.get("closing", ""))
                return SectionLabel(section, context[1].confidence, context[1].reason)
            scores[section] += _INHERIT[how]
            why.setdefault(section, context[1].reason)
            if section == "tasks":
                # inside the work itself only a loud voice is heard, save at the very end
                for other in ("organization", "safeguards", "objectives", "guiding", "principles", "schedule", "next_steps", "problems"):
                    scores[other] -= 0.5 if place.loose else 2.5
            elif section in ("organization", "safeguards"):
                for other in ("guiding", "objectives", "tasks", "principles"):
                    scores[other] -= 3.0
        elif not place.headed:
            scores["tasks"] += 1.5
        else:
            scores["tasks"] += 0.5
        if not scores:
            return SectionLabel("tasks", 0.4)
        ranked = sorted(scores.items(), key=lambda item: -item[1])[:2]
        section_name, score = ranked[0]
        if score <= 0:
            return SectionLabel(context[1].section if context else "tasks", 0.4)
        margin = score - (ranked[1][1] if len(ranked) > 1 else 0.0)
        confidence = round(min(0.95, 0.5 + margin / (score + 4)), 3)
        return SectionLabel(cast("Section", section_name), confidence, why.get(section_name, ""))
