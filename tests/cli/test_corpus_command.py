"""`docnlp corpus import | augment | export --format spacy`: files in, files out, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_helpers import Cli

from docnlp.training.markup import load_corpus, parse_markup

PLAN = """清溪县水务局文明创建方案
为巩固成果，制定本方案。
一、指导思想
坚持以人为本，建设美丽水务。
二、主要任务
每月清理一次河道，由河道科安排。
清溪县水务局
2021年3月5日
"""

MARKUP = """---
id: {id}
genre: plan
subgenre: 工作方案
unit: 机关
date: 2021-03-05
group: x
quality: clean
---
[title] 清溪县水务局2021年文明创建方案
[guiding/1] 一、指导思想
[guiding] 坚持{{G:以人为本}}，建设美丽水务。
[tasks/1] 二、主要任务
[tasks] 每月清理一次河道，由河道科安排。
[signature] 清溪县水务局
"""


def write_corpus(folder: Path, *ids: str) -> Path:
    folder.mkdir(parents=True)
    for ident in ids:
        (folder / f"{ident.replace('/', '_')}.txt").write_text(MARKUP.format(id=ident), encoding="utf-8")
    return folder


def written(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*.txt"))


# --- import -----------------------------------------------------------------------------------------------------------


def test_import_and_validate(cli: Cli, alone: Path) -> None:
    Path("方案.txt").write_bytes(PLAN.encode("gb18030"))
    result = cli("corpus", "import", "方案.txt", "-o", "语料", "--group", "x")
    assert (result.status, result.out) == (0, f"方案.txt → {Path('语料/x/方案.txt')}\n")
    assert result.err == "1 个文件写成了 1 份草稿。请逐份核对，再用 docnlp corpus validate 检查。\n"
    target = Path("语料/x/方案.txt")
    draft = target.read_text(encoding="utf-8")
    assert parse_markup(draft).text == PLAN.strip()
    checked = cli("corpus", "validate", "语料")
    assert checked.status == 1
    assert "quality“待核对”应是" in checked.out.replace("\n        ", "")
    target.write_text(draft.replace("待核对", "clean"), encoding="utf-8")
    assert cli("corpus", "validate", "语料").status == 0


def test_import_of_word_files_and_folders(cli: Cli, alone: Path) -> None:
    import docx

    for name in ("甲", "乙"):
        Path("收件", name).mkdir(parents=True)
        document = docx.Document()
        for line in PLAN.splitlines():
            document.add_paragraph(line)
        document.save(f"收件/{name}/方案.docx")
    result = cli("corpus", "import", "收件", "-o", "草稿")
    assert result.status == 0
    assert written(Path("草稿")) == ["方案.txt", "方案（2）.txt"]
    first = parse_markup(Path("草稿/方案.txt").read_text(encoding="utf-8"))
    assert (first.meta["group"], first.meta["id"], first.text) == ("草稿", "方案", PLAN.strip())


def test_import_of_several_reports_and_of_standard_input(cli: Cli, alone: Path) -> None:
    page = PLAN + PLAN.replace("清溪县水务局", "柳湾供电所")
    result = cli("corpus", "import", "-", "--stdin-filename", "合集.txt", "-o", "草稿", stdin=page.encode())
    assert result.status == 0
    assert written(Path("草稿")) == ["合集-01.txt", "合集-02.txt"]
    assert "unit: 柳湾供电所" in Path("草稿/合集-02.txt").read_text(encoding="utf-8")


def test_import_names_what_cannot_be_read(cli: Cli, alone: Path) -> None:
    Path("好.txt").write_text(PLAN, encoding="utf-8")
    Path("坏.docx").write_bytes(b"PK\x03\x04")
    Path("空.txt").write_text("\n", encoding="utf-8")
    Path("已标.txt").write_text(MARKUP.format(id="已标"), encoding="utf-8")
    result = cli("corpus", "import", "没有.txt", "好.txt", "坏.docx", "空.txt", "已标.txt", "-o", "草稿")
    assert result.status == 2
    assert written(Path("草稿")) == ["好.txt"]
    for name in ("没有.txt", "坏.docx", "空.txt", "已标.txt"):
        assert f"无法读取 {name}：" in result.err
    assert "已经是带标记的语料" in result.err


def test_import_of_nothing_writes_nothing(cli: Cli, alone: Path) -> None:
    result = cli("corpus", "import", "没有.txt", "-o", "草稿")
    assert (result.status, result.out, Path("草稿").exists()) == (2, "", False)


def test_import_never_overwrites(cli: Cli, alone: Path) -> None:
    for name in ("甲.txt", "乙.txt"):
        Path(name).write_text(PLAN, encoding="utf-8")
    Path("草稿").mkdir()
    Path("草稿/乙.txt").write_text("我改过的", encoding="utf-8")
    result = cli("corpus", "import", "甲.txt", "乙.txt", "-o", "草稿")
    assert result.status == 2
    assert "已经有了，一个文件也没有写" in result.err
    assert written(Path("草稿")) == ["乙.txt"]
    assert Path("草稿/乙.txt").read_text(encoding="utf-8") == "我改过的"
    assert cli("corpus", "import", "甲.txt", "-o", ".").status == 2
    assert Path("甲.txt").read_text(encoding="utf-8") == PLAN


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("方案.txt",), "请在 -o 后面写一个文件夹"),
        (("方案.txt", "-o", "方案.txt"), "是文件，不是文件夹"),
        (("方案.txt", "-o", "草稿", "--group", "../x"), "--group 不能写“../x”"),
        (("-o", "草稿"), "文件"),
    ],
)
def test_import_refuses_wrong_usage(cli: Cli, alone: Path, arguments: tuple[str, ...], message: str) -> None:
    Path("方案.txt").write_text(PLAN, encoding="utf-8")
    result = cli("corpus", "import", *arguments)
    assert result.status == 2
    assert message in result.err
    assert written(alone) == ["方案.txt"]


def test_import_leaves_out_allowed_words(cli: Cli, alone: Path) -> None:
    Path("方案.txt").write_text(PLAN.replace("坚持以人为本，建设美丽水务", "认真落实社会主义核心价值观的要求"), encoding="utf-8")
    assert cli("corpus", "import", "方案.txt", "-o", "甲").status == 0
    assert cli("corpus", "import", "方案.txt", "-o", "乙", "--allow", "社会主义核心价值观").status == 0
    assert "{G:社会主义核心价值观}" in Path("甲/方案.txt").read_text(encoding="utf-8")
    assert "认真落实社会主义核心价值观的要求" in Path("乙/方案.txt").read_text(encoding="utf-8")


# --- augment ----------------------------------------------------------------------------------------------------------


def test_augment(cli: Cli, alone: Path) -> None:
    write_corpus(Path("语料/x"), "x-001", "x-002")
    result = cli("corpus", "augment", "语料", "-o", "变体", "--kind", "width, one-line", "--kind", "misspelt")
    assert result.status == 0
    names = [f"x/{i}-{k}.txt" for i in ("x-001", "x-002") for k in ("misspelt", "one-line", "width")]
    assert written(Path("变体")) == names
    assert "width     2 份  标点成了半角" in result.out
    assert result.out.endswith("从 2 份文件变出 6 份，写在 变体。\n")
    head = Path("变体/x/x-001-width.txt").read_text(encoding="utf-8")
    assert "\nvariant: width\n---\n% 由 docnlp corpus augment 从 x-001 变出（标点成了半角），不算语料\n" in head
    assert "由河道科{!PUN:,=>，}" not in head
    assert "一次河道{!PUN:,=>，}由河道科" in head
    assert cli("corpus", "validate", "变体").status == 0
    (line,) = load_corpus([Path("变体")])[1].text.splitlines()
    assert line.startswith("清溪县水务局2021年文明创建方案一、指导思想")


def test_augment_by_seed(cli: Cli, alone: Path) -> None:
    write_corpus(Path("语料"), *[f"x-{i}" for i in range(9)])
    for folder, seed in (("甲", "1"), ("乙", "1"), ("丙", "2")):
        assert cli("corpus", "augment", "语料", "-o", folder, "--seed", seed).status == 0
    first, second, third = ({n: Path(f, n).read_text(encoding="utf-8") for n in written(Path(f))} for f in "甲乙丙")
    assert first == second != third
    assert len({name.partition("-")[2].partition("-")[2] for name in first}) > 8


@pytest.mark.parametrize("target", ["语料", "语料/x", "语料/变体", "."])
def test_augment_keeps_out_of_the_corpus(cli: Cli, alone: Path, target: str) -> None:
    write_corpus(Path("语料/x"), "x-001")
    result = cli("corpus", "augment", "语料", "-o", target)
    assert result.status == 2
    assert "变体不算语料，不能和语料放在一起" in result.err
    assert written(alone) == ["语料/x/x-001.txt"]


def test_augment_never_overwrites(cli: Cli, alone: Path) -> None:
    write_corpus(Path("语料"), "x-001")
    assert cli("corpus", "augment", "语料", "-o", "变体", "--kind", "width").status == 0
    result = cli("corpus", "augment", "语料", "-o", "变体")
    assert result.status == 2
    assert "已经有了，一个文件也没有写" in result.err
    assert written(Path("变体")) == ["x/x-001-width.txt"]


def test_augment_refuses(cli: Cli, alone: Path) -> None:
    write_corpus(Path("语料"), "x-001")
    assert "请在 -o 后面写一个文件夹" in cli("corpus", "augment", "语料").err
    unknown = cli("corpus", "augment", "语料", "-o", "变体", "--kind", "width,wdith")
    assert "--kind 不能写“wdith”，可以写 web-copy、" in unknown.err
    assert "没有这个语料文件夹" in cli("corpus", "augment", "语聊", "-o", "变体").err
    write_corpus(Path("外"), "../x-001")
    assert "id“../x-001-web”不能当文件的名称" in cli("corpus", "augment", "外", "-o", "变体").err
    write_corpus(Path("再"), "x-001")
    assert "id“x-001”用了两次" in cli("corpus", "augment", "语料", "再", "-o", "变体").err
    assert not Path("变体").exists()


# --- export -----------------------------------------------------------------------------------------------------------


def test_export_for_spacy(cli: Cli, alone: Path) -> None:
    import spacy
    from spacy.tokens import DocBin

    write_corpus(Path("语料"), "x-001", "x-002")
    result = cli("corpus", "export", "语料", "--format", "spacy", "-o", "语料.spacy")
    assert (result.status, result.out, result.err) == (0, "", "2 份文件写到了 语料.spacy。\n")
    docs = list(DocBin().from_disk("语料.spacy").get_docs(spacy.blank("zh").vocab))
    assert [doc.text for doc in docs] == [document.text for document in load_corpus([Path("语料")])]
    assert [span.text for span in docs[0].spans["slogans"]] == ["以人为本"]


def test_export_for_spacy_needs_a_file(cli: Cli, alone: Path) -> None:
    write_corpus(Path("语料"), "x-001")
    result = cli("corpus", "export", "语料", "--format", "spacy")
    assert (result.status, result.out) == (2, "")
    assert "请在 -o 后面写一个文件" in result.err
    kept = cli("corpus", "export", "语料", "--format", "spacy", "-o", "语料/x-001.txt")
    assert kept.status == 2
    assert Path("语料/x-001.txt").read_text(encoding="utf-8") == MARKUP.format(id="x-001")


def test_export_of_lines_stays_as_it_was(cli: Cli, alone: Path) -> None:
    write_corpus(Path("语料"), "x-001")
    result = cli("corpus", "export", "语料")
    assert (result.status, result.out.count("\n")) == (0, 1)
    assert result.out.startswith('{"id": "x-001", "text": "清溪县水务局')
