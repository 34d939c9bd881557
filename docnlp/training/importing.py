"""A user's own reports as drafts in the markup, labelled by the models, for a person to correct."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from docnlp.analysis.analysis import Analysis
from docnlp.analysis.base import SECTION_NAMES
from docnlp.document.model import Block
from docnlp.training.markup import CorpusDocument, GoldBlock, GoldPart, GoldSlogan, read_markup, to_markup

#: Front matter of a file that nobody has looked at yet; `docnlp corpus validate` does not let it pass.
UNCHECKED = "待核对"

#: Blocks the model is less sure of are pointed out.
SURE = 0.8

#: What a part behind another one is called where the models do not know.
_NAMELESS = ("other", "其他文稿")

_RESERVED = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')


@dataclass(frozen=True)
class Draft:
    """One document for a person to correct.

    Attributes:
        document: With the labels of the models; its identifier is the name of its file.
        comments: What to look at, for the head of the file.
        notes: Index of a block to what to look at there.
    """

    document: CorpusDocument
    comments: tuple[str, ...]
    notes: Mapping[int, Sequence[str]] = field(default_factory=dict)

    def markup(self) -> str:
        """The file."""
        return to_markup(self.document, self.comments, self.notes)


def is_file_name(name: str) -> bool:
    """Whether every system takes a name for a file or folder, with no folder in front."""
    return bool(name.strip(". ")) and name == name.strip() and not name.endswith(".") and not _RESERVED.search(name)


@dataclass
class Names:
    """Gives out names of files, none twice, whatever a system thinks of capital letters."""

    _taken: set[str] = field(default_factory=set)

    def take(self, name: str, count: int) -> list[str]:
        """Names for the drafts of one file: its own, with `-01`, `-02` … where there are several.

        Args:
            name: What they should be called; what no system takes in a name is left out.
            count: How many.
        """
        clean = _RESERVED.sub("", name).strip(". \u3000") or "文稿"
        again = 1
        while True:
            base = clean if again == 1 else f"{clean}（{again}）"
            found = [base] if count == 1 else [f"{base}-{i:02}" for i in range(1, count + 1)]
            if self._taken.isdisjoint(n.casefold() for n in found):
                self._taken.update(n.casefold() for n in found)
                return found
            again += 1


def is_annotated(text: str) -> bool:
    """Whether a text is in the markup already, maybe with mistakes."""
    return text.startswith("---") and {"id", "genre", "group"} <= read_markup(text).keys.keys()


def drafts(analysis: Analysis, source: str, group: str, named: Callable[[int], Sequence[str]]) -> list[Draft]:
    """The reports of one file, each with its labels.

    A document that belongs to the one before it, such as a plan behind the notice that issues it, stays with it; other
    reports on one page become drafts of their own. Blank lines and blanks at the ends of lines are left out.

    Args:
        analysis: What the models say of the file.
        source: Name of the file, for the comments.
        group: Author group of the drafts.
        named: Told how many drafts there are, gives their identifiers.
    """
    together = _together(analysis)
    return [
        _draft(analysis, parts, source, group, name)
        for parts, name in zip(together, named(len(together)), strict=True)
    ]


def _together(analysis: Analysis) -> list[list[int]]:
    """Indexes of parts, those that belong in one draft together."""
    out: list[list[int]] = []
    for index, part in enumerate(analysis.document.parts):
        if part.first == part.last:
            continue
        issues = bool(out) and len(out[-1]) == 1 and analysis.genres[out[-1][0]].subgenre == "印发通知"
        if out and (part.attached or issues):
            out[-1].append(index)
        else:
            out.append([index])
    return out


def _draft(analysis: Analysis, indexes: Sequence[int], source: str, group: str, name: str) -> Draft:
    document = analysis.document
    pieces: list[str] = []
    blocks: list[GoldBlock] = []
    slogans: list[GoldSlogan] = []
    parts: list[GoldPart] = []
    notes: dict[int, Sequence[str]] = {}
    length, end = 0, None
    for number, index in enumerate(indexes):
        genre, (first, second) = analysis.genres[index], _NAMELESS if number else ("", "")
        parts.append(GoldPart(len(blocks), genre.genre or first, genre.subgenre or second))
        for i in range(document.parts[index].first, document.parts[index].last):
            block, label = document.blocks[i], analysis.sections[i]
            between = "" if end is None else _between(document.text[end : block.start])
            start = length + len(between)
            words = document.slice(block)
            if label.confidence < SURE:
                doubt = f"请先看这一块：模型拿不准是不是“{SECTION_NAMES[label.section]}”，把握 {label.confidence:.0%}"
                notes[len(blocks)] = (doubt,)
            blocks.append(_gold(block, start, label.section, number))
            slogans += [
                GoldSlogan(start + s.start - block.start, start + s.end - block.start, s.type)
                for s in analysis.slogans
                if block.start <= s.start < s.end <= block.end
            ]
            pieces += (between, words)
            length, end = start + len(words), block.end
    own = [document.parts[i] for i in indexes]
    dates = [part.date.isoformat() for part in own if part.date]
    meta = {
        "id": name,
        "genre": parts[0].genre,
        "subgenre": parts[0].subgenre,
        "unit": " ".join(next((part.issuer for part in own if part.issuer), "").split()),
        "date": dates[0] if dates else "",
        "group": group,
        "quality": UNCHECKED,
    }
    draft = CorpusDocument(meta, "".join(pieces), tuple(blocks), tuple(slogans), (), tuple(parts))
    return Draft(draft, tuple(_comments(meta, source, len(notes))), notes)


def _gold(block: Block, start: int, section: str, part: int) -> GoldBlock:
    end = start + block.end - block.start
    if block.kind in ("heading", "body") and section != "frame":
        return GoldBlock(start, end, block.kind, block.level, section, part)
    kind = "attachment" if block.kind in ("heading", "body") else block.kind
    return GoldBlock(start, end, kind, None, "frame", part)


def _between(gap: str) -> str:
    """What stands between two blocks: one line break, or what there is on the line."""
    return "\n" if "\n" in gap else "" if gap.strip() else gap


def _comments(meta: Mapping[str, str], source: str, doubts: int) -> Iterable[str]:
    names = {"genre": "文种", "subgenre": "文种的名称", "unit": "单位", "date": "日期"}
    yield f"机器预标，还没有人看过；原文件：{' '.join(source.split())}"
    yield "核对完，把 quality 改成 clean（没有差错）或 faulty（标了差错），再删去这几行。"
    if unknown := [f"{names[key]}（{key}）" for key in names if not meta[key]]:
        yield f"没有认出{'、'.join(unknown)}，请补上。"
    if doubts:
        yield f"有 {doubts} 块拿不准，上面有“请先看这一块”。"
