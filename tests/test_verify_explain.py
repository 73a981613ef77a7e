"""`shanhai verify` proves that every log leads back; `shanhai explain` shows one file's log to a reader."""

from __future__ import annotations

import gzip
import io
import json
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from shanhai import cli, editlog
from shanhai.describe.article import describe
from shanhai.errors import CorpusError
from shanhai.explain import explain, masked, spam_spans
from shanhai.records import EditPass
from shanhai.restore import chain
from shanhai.restore.spam import lexicon
from shanhai.settings import parse_settings
from shanhai.verify import leads_back, verify
from sites import PROJECT, corpus

CONFIG = ("--config", str(PROJECT / "mkdocs.yml"))
MAX_FILE_BYTES = 20_000_000
BODY = (
    "两县的干部一起把路修到了山顶,全村一百二十户人家第一次用上了自来水。头一年栽下的茶苗已经有半人高,采茶的人从早忙到晚。"
    "县里说,明年还要再修三条这样的路。村民把晒干的笋子装进竹筐,一筐一筐运下山去卖,价钱比往年高了两成。"
)
OTHER_BODY = (
    "海边的盐场今年换了新的抽水机,晒盐的人不用再一担一担往池子里挑水。天晴的时候,盐池像一面一面的镜子,远处的船从镜子里开过去。"
    "老盐工说,盐要看天的脸色,人要看盐的脸色,急不得,也懒不得,一年到头只有下雨天能睡个囫囵觉。"
)
ARTICLE = f"山里修路记\n\n{BODY}\n"
GARBLED = "闂傚倸鍊烽懗鍓佹兜閸洖鐤鹃柣鎰▕閸忓矂鏌涢弴鐐电М缂備礁澧庨崑銈夊蓟閵娾晛绫嶉柛灞剧矊" * 6


def shown(path, folder=None, *, terminal=False, **options):
    """What explaining a file prints."""
    stream = io.StringIO()
    colours = "truecolor" if terminal else None
    console = Console(file=stream, force_terminal=terminal, width=40, color_system=colours, no_color=False)
    explain(path, folder or path.parent, MAX_FILE_BYTES, console, **options)
    return stream.getvalue()


def explained(tmp_path, text, **options):
    (tmp_path / "article.txt").write_text(text, encoding="utf-8", newline="")
    return shown(tmp_path / "article.txt", **options)


def settings_of(folder):
    return parse_settings({}, PROJECT, folder)


# Verification.


def test_every_log_of_a_corpus_leads_back_also_of_what_is_set_aside_later(tmp_path):
    folder = corpus(
        tmp_path / "mixed",
        a__txt=ARTICLE,
        b__txt=ARTICLE,
        c__txt="山里修路记\n\n路通了,大家都高兴。\n",
        d__txt=GARBLED,
        e__pdf=b"%PDF-1.4",
        f__jsonl=json.dumps({"title": "海边晒盐", "text": OTHER_BODY}, ensure_ascii=False) + "\n{\n",
    )
    found = verify(settings_of(folder))
    assert (found.published, found.set_aside, found.without_log) == (2, 2, 3)
    assert found.wrong == found.failed == ()


def test_the_command_counts_the_logs(tmp_path, capsys):
    folder = corpus(tmp_path / "one", a__txt=ARTICLE)
    assert cli.main([*CONFIG, "verify", "--corpus", str(folder)]) == cli.OK
    assert capsys.readouterr().out.startswith("1 of 1 logs lead back to the raw text (1 published, 0 set aside later)")


def test_an_unrecorded_change_is_found_out(tmp_path, monkeypatch, capsys):
    folder = corpus(tmp_path / "one", a__txt=ARTICLE, b__txt="路\n\n路通了,大家都高兴。\n")
    monkeypatch.setattr(chain, "apply", lambda text, edits: editlog.apply(text, edits).replace("高", "低", 1))
    assert cli.main([*CONFIG, "verify", "--corpus", str(folder)]) == cli.OUR_FAULT
    captured = capsys.readouterr()
    assert captured.out.startswith("0 of 2 logs lead back")
    assert "a.txt: undoing the log does not give the raw text" in captured.err
    assert "b.txt: undoing the log does not give the raw text" in captured.err


def test_a_step_that_breaks_is_no_proof(tmp_path, monkeypatch, capsys):
    """A fault of ours that leaves an article without a log is reported, not passed over."""

    def refuse(text, edits):
        raise ValueError(len(text) + len(edits))

    folder = corpus(tmp_path / "one", a__txt=ARTICLE)
    monkeypatch.setattr(chain, "apply", refuse)
    assert cli.main([*CONFIG, "verify", "--corpus", str(folder)]) == cli.OUR_FAULT
    assert "a.txt: a fault of this program kept it from having a log" in capsys.readouterr().err


def test_the_real_articles_lead_back(real_corpus):
    found = verify(settings_of(real_corpus))
    assert found.published + found.set_aside >= 5
    assert found.wrong == found.failed == ()


def test_a_log_of_another_text_does_not_lead_back():
    restored = chain.restore(_raw(ARTICLE))
    assert leads_back(restored)
    assert leads_back(describe(restored))
    assert not leads_back(restored.__class__(raw=_raw("别的"), text=restored.text, log=restored.log, script="hans"))


def _raw(text):
    from shanhai.records import RawArticle  # noqa: PLC0415 - one helper needs it

    return RawArticle(file="a.txt", sha256="0" * 64, format="text", encoding="utf-8", text=text)


# Explanation.

TITLE = "<title>山里修路记</title></head><body><article><h1>山里修路记</h1>"
PAGE = f"<html><head>{TITLE}<p>{BODY}</p></article></body></html>"
LINE = json.dumps({"title": "山里修路记", "date": "2019-03-11", "text": BODY}, ensure_ascii=False) + "\n"
FILES = {
    "article.txt": (ARTICLE.encode(), "text, utf-8"),
    "old.txt": (ARTICLE.encode("gb18030"), "text, gb18030"),
    "wide.txt": (("\ufeff" + ARTICLE).encode("utf-16-le"), "text, utf-16"),
    "article.md": (f"---\ntitle: 山里修路记\n---\n\n{BODY}\n".encode(), "markdown, utf-8"),
    "article.html": (PAGE.encode(), "html, utf-8"),
    "articles.jsonl": ((LINE + LINE.replace("一百二十户", "一百三十户")).encode(), "jsonl, utf-8"),
    "articles.jsonl.gz": (gzip.compress(LINE.encode(), mtime=0), "jsonl, utf-8"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_each_format_is_explained(name, tmp_path):
    content, read_as = FILES[name]
    (tmp_path / name).write_bytes(content)
    text = shown(tmp_path / name)
    assert text.startswith(f"file:       {name}")
    assert f"read as:    {read_as}" in text
    assert "title:      山里修路记" in text
    assert "TYPO-02 sure  中文里的半角标点改成全角 / Half-width punctuation in Chinese becomes full-width" in text
    assert "修到了山顶[-,-]{+\uff0c+}全村一百二十户" in text
    assert text.count("file:") == (2 if name == "articles.jsonl" else 1)


def test_where_title_and_date_come_from_is_said(tmp_path):
    (tmp_path / "articles.jsonl").write_text(LINE, encoding="utf-8")
    text = shown(tmp_path / "articles.jsonl")
    assert "title:      山里修路记  (given with the file)" in text
    assert "date:       2019-03-11  (given)" in text
    text = explained(tmp_path, ARTICLE)
    assert "title:      山里修路记  (of the page)" in text
    assert "date:       unknown" in text
    assert "(derived from the text)" in explained(tmp_path, BODY)


def test_passes_come_in_their_order_and_counts_last(tmp_path):
    text = explained(tmp_path, ARTICLE.replace("\n", "\u3000\n"))
    steps = [line.split(" ", 1)[1].split(":")[0] for line in text.splitlines() if line[:1].isdigit()]
    order = [step.name for stage in chain.STAGES for step in stage.steps]
    assert len(steps) >= 3
    assert steps[:-1] == sorted(steps[:-1], key=order.index)
    assert steps[-1] == "describe"
    assert text.rstrip().splitlines()[-1].startswith("characters:")


def test_a_long_run_is_cut_short_unless_all_is_asked_for(tmp_path):
    many = ARTICLE + "\n" + "、".join(f"第{number}组" for number in "一二三四五") + "都到了,又走了" * 10 + "。\n"
    short, long = explained(tmp_path, many), explained(tmp_path, many, every=True)
    assert "more (--all shows them)" in short
    assert "more (--all" not in long
    assert short.count("{+\uff0c+}") == 3
    assert long.count("{+\uff0c+}") == many.count(",")


def test_colours_stand_for_the_marks_at_a_terminal(tmp_path):
    text = explained(tmp_path, ARTICLE, terminal=True)
    assert "\x1b[9;31m,\x1b[0m\x1b[32m\uff0c\x1b[0m" in text
    assert "[-" not in text


def test_no_color_is_obeyed(tmp_path, monkeypatch):
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    monkeypatch.setenv("NO_COLOR", "1")
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=True, color_system="truecolor")
    explain(tmp_path / "article.txt", tmp_path, MAX_FILE_BYTES, console)
    assert "\x1b[32m" not in stream.getvalue()
    assert "[-,-]{+\uff0c+}" in stream.getvalue()


def test_doubt_is_marked_with_its_certainty(tmp_path):
    text = explained(tmp_path, ARTICLE + "\n去年六月,**来到这里,看了三个村,又去了学校和医院。\n")
    assert " gap  " in text
    assert "[?**?]" in text


def test_removed_spam_is_shown_by_length_and_hash_alone(tmp_path):
    """Neither the removal itself nor an edit in or beside the line shows a word of it."""
    terms = lexicon()[:6]
    spam = "_".join(terms) + ",免费" + "|".join(terms)
    text = explained(tmp_path, f"山里修路记\n{spam}\n\n{BODY}\n", every=True)
    assert [term for term in terms if term in text.lower()] == []
    assert "NOISE-SPAM" in text
    line = next(line for line in text.splitlines() if "spam, " in line)
    assert f"{len(spam)} characters" in line or f"{len(spam) + 1} characters" in line
    assert "sha256 " in line


SPAM_LINES = st.lists(st.sampled_from(lexicon()), min_size=3, max_size=8).flatmap(
    lambda terms: st.sampled_from(["_", " | ", ",", "、", "\u3000", "\u200b"]).map(lambda sign: sign.join(terms))
)


@settings(max_examples=40)
@given(st.lists(st.one_of(SPAM_LINES, st.sampled_from([BODY, "1,2", "&nbsp;<b>路</b>"])), max_size=6))
def test_no_term_is_shown_that_did_not_stay_in_the_text(tmp_path_factory, lines):
    text = "\n".join([ARTICLE, *lines, OTHER_BODY])
    restored = chain.restore(_raw(text))
    shown_lines = explained(tmp_path_factory.mktemp("any"), text, every=True).lower()
    gone = [term for term in lexicon() if term in text.lower() and term not in restored.text.lower()]
    assert [term for term in gone if term in shown_lines] == []


def test_the_hash_is_that_of_the_removed_text(tmp_path):
    term = lexicon()[0]
    text = explained(tmp_path, f"山里修路记\n\n村民说&{term}hellip;好。{BODY}\n")
    assert term not in text
    digest = sha256(f"&{term}hellip;".encode()).hexdigest()[:16]
    assert f"spam, {len(term) + 8} characters, sha256 {digest}" in text


def test_spam_is_followed_back_through_earlier_passes():
    line = "甲,乙,丙"
    first = EditPass(step="marks", edits=(editlog.edit("TYPO-02", line, (1, 2), "\uff0c、"),))
    text = editlog.apply(line, first.edits)
    second = EditPass(step="noise", edits=(editlog.edit("NOISE-SPAM", text, (2, 5)),))
    assert spam_spans((first, second)) == [[(1, 4)], [(2, 5)]]
    assert masked(line, [(1, 4)]) == "甲▒▒▒丙"


def test_what_cannot_be_seen_is_spelled_out(tmp_path):
    text = explained(tmp_path, ARTICLE.replace("山顶", "山\u200b顶") + "\x1b[31m红\u202e字\n")
    assert "‹U+200B›" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_line_is_not_broken_to_the_width_of_the_window(tmp_path):
    assert "Half-width punctuation in Chinese becomes full-width" in explained(tmp_path, ARTICLE)


def test_a_set_aside_file_says_its_rule_and_reason(tmp_path):
    text = explained(tmp_path, "路通了,大家都高兴。\n")
    assert "set aside:  PAGE-12" in text
    assert "[-,-]" in text
    text = explained(tmp_path, "")
    assert "set aside:  READ-EMPTY" in text
    assert "set aside:  PAGE-01" in explained(tmp_path, GARBLED)


def test_a_name_within_the_corpus_and_one_line_of_a_file_are_found(tmp_path, capsys):
    folder = corpus(tmp_path / "feed", articles__jsonl=LINE + LINE.replace("一百二十户", "一百三十户"))
    assert cli.main([*CONFIG, "explain", "articles.jsonl#L2", "--corpus", str(folder)]) == cli.OK
    text = capsys.readouterr().out
    assert text.startswith("file:       articles.jsonl#L2")
    assert "articles.jsonl#L1" not in text
    with pytest.raises(CorpusError):
        shown(folder / "articles.jsonl#L9")


def test_a_missing_file_is_said_to_be_missing(tmp_path, capsys):
    missing = tmp_path / "nothing.txt"
    assert cli.main([*CONFIG, "explain", str(missing), "--corpus", str(tmp_path)]) == cli.BAD_USE
    captured = capsys.readouterr()
    assert "nothing.txt: is no file" in captured.err.replace("\n", " ")
    assert captured.out == ""


def test_all_is_an_option_of_the_command(tmp_path, capsys):
    folder = corpus(tmp_path / "feed", a__txt=ARTICLE + "\n" + "都到了,又走了" * 10 + "。\n")
    cli.main([*CONFIG, "explain", str(folder / "a.txt"), "--corpus", str(folder), "--all"])
    assert "more (--all" not in capsys.readouterr().out
