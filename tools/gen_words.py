"""Write docnlp/analysis/words.txt: common words of two characters, from jieba's dictionary.

    python tools/gen_words.py [--check]

The slogan extractor does not cut a phrase in the middle of one of them. Words that begin with a character behind which
a slogan often starts (成, 到, 以 …) are left out: 形成|人人… must stay possible.
"""

from __future__ import annotations

import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "docnlp" / "analysis" / "words.txt"
LEAST = 100  # occurrences in jieba's counts
OPENERS = "成到以着让把为现好"
# Everyday words that the dictionary takes for names of people.
NO_NAMES = """
文明 道德 明白 阳光 荣誉 光荣 权威 智慧 友谊 英勇 公正 辛勤 光辉 崇拜 保健 宝贵 康复 师范 周转 双拥 荣获 陈述 修正 齐全 红旗 卫星 雷达
陆军 宣言 顾问 高峰 高潮 祖先 祖宗 子孙 吉祥 范畴 高明 安静 言语 玉米 沙滩 丛林 多谢 谢谢 宁可 诸如
"""
HEADER = """# Common words of two characters. Derived from the dictionary of jieba (Copyright (c) 2013 Sun Junyi, MIT licence)
# by tools/gen_words.py; do not edit.
"""


def content() -> str:
    """The file as it should be."""
    import jieba

    words, no_names = set(), frozenset(NO_NAMES.split())
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split()
        if len(word) == 2 and int(count) >= LEAST and (word in no_names or not tag.startswith("nr")) and word[0] not in OPENERS:
            words.add(word)
    lines, row = [], ""
    for word in sorted(words):
        if len(row) + 3 > 118:
            lines.append(row)
            row = ""
        row = f"{row} {word}".lstrip()
    return HEADER + "\n" + "\n".join([*lines, row]) + "\n"


def main() -> int:
    """Write the file, or tell whether it is stale."""
    text = content()
    if "--check" in sys.argv[1:]:
        fresh = TARGET.exists() and TARGET.read_text(encoding="utf-8") == text
        print("words.txt is fresh" if fresh else "words.txt is stale: python tools/gen_words.py")
        return 0 if fresh else 1
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    print(f"{TARGET.name}: {len(text.split()) - len(HEADER.split())} words")
    return 0


if __name__ == "__main__":
    sys.exit(main())
