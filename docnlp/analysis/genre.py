"""Genre and subgenre: the title first, the content where the title is silent."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import cast

from docnlp.analysis.base import GENRE_NAMES, Genre, GenreLabel
from docnlp.analysis.lexicon import genre_lexicon
from docnlp.document.kinds import kind_of_title
from docnlp.document.model import Document, Part

_EARLY = 600  # characters at the start (and half as many at the end) in which a document says what it is
_WINDOW = 20_000  # characters that are looked at; a genre shows long before


class LexiconGenre:
    """Genre by the title's tail, else by weighted cues."""

    def genre(self, document: Document, part: Part) -> GenreLabel:
        """Label of one part."""
        if part.title and (kind := kind_of_title(part.title)):
            return GenreLabel(cast("Genre", kind.genre), kind.subgenre, 0.98, f"标题以“{kind.subgenre or GENRE_NAMES[kind.genre]}”一类的字样结尾")
        return self._by_content(document, part)

    def _by_content(self, document: Document, part: Part) -> GenreLabel:
        lexicon = genre_lexicon()
        text = document.folded[part.start : min(part.end, part.start + _WINDOW)]
        scores: defaultdict[str, float] = defaultdict(float)
        words: dict[str, list[str]] = {}
        seen: Counter[str] = Counter()
        for matcher, piece in ((lexicon.early, text[:_EARLY]), (lexicon.early, text[-_EARLY // 2 :] if len(text) > 2 * _EARLY else ""), (lexicon.terms, text)):
            for hit in matcher.find(piece):
                term = piece[hit.start : hit.end]
                seen[term] += 1
                if seen[term] > 2:
                    continue
                for genre, weight in hit.value:
                    scores[genre] += weight
                    words.setdefault(genre, []).append(term)
        self._mood(document, part, text, scores)
        if not scores:
            return GenreLabel(None, None, 0.5)
        (genre, score), *rest = sorted(scores.items(), key=lambda item: -item[1])
        numbered = sum(1 for b in document.blocks[part.first : part.last] if b.marker)
        field = sum(1 for _ in lexicon.field.find(text))
        loud = score >= lexicon.floor[genre] + 3
        if score < lexicon.floor[genre] or (not loud and (field < 3 or (field / max(len(text), 1) < 0.008 and numbered < 3))):
            return GenreLabel(None, None, 0.6, "没有公文的标题、层次和用语")
        second = rest[0][1] if rest else 0.0
        confidence = min(0.95, 0.5 + (score - second) / (2 * score + 2))
        reason = "正文用语：" + "、".join(dict.fromkeys(words.get(genre, [])[:4])) if words.get(genre) else "正文语气"
        return GenreLabel(cast("Genre", genre), self._subgenre(genre, text), round(confidence, 3), reason)

    @staticmethod
    def _mood(document: Document, part: Part, text: str, scores: defaultdict[str, float]) -> None:
        """What is done stands with 了, what is to be done with 要: the clearest sign between summary and plan."""
        length = max(len(text), 200)
        done = text.count("了") * 1000 / length
        wanted = (text.count("要") - text.count("重要") - text.count("主要") - text.count("需要") - text.count("要求") - text.count("要点")) * 1000 / length
        scores["summary"] += min(4.0, max(0.0, done - 2.0) * 0.6)
        scores["plan"] += min(4.0, max(0.0, wanted - 2.0) * 0.5) + (0.5 if wanted > done else 0.0)

    @staticmethod
    def _subgenre(genre: str, text: str) -> str | None:
        head = text[:_EARLY]
        if genre == "plan":
            if "活动主题" in text or "活动时间" in text or "活动方案" in head:
                return "活动方案"
            if "实施方案" in head:
                return "实施方案"
            return "工作计划" if "计划" in head and "方案" not in head else "工作方案"
        if genre == "summary":
            if "自查" in head or "自评" in head:
                return "自查报告"
            if "汇报如下" in text:
                return "情况汇报"
            return "半年总结" if "上半年" in head and "下半年" in text else "工作总结"
        if genre == "notice":
            return "印发通知" if "现印发给" in text[:300] else "通知"
        if genre == "other":
            return "倡议书" if "倡议" in text else "讲话" if "同志们" in text else None
        return {"keypoints": "工作要点", "opinion": "意见"}.get(genre)
