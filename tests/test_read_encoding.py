"""The encoding of a file is told from its bytes, and no character of our own gets into its text."""

from __future__ import annotations

from pathlib import Path

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.read.encoding import DECLARED, PLAUSIBLE_SHARE, decode, plausibility

# A slow machine is no fault of the code, and the first example loads libraries.
UNTIMED = settings(deadline=None)
VILLAGE = (Path(__file__).parent / "read_samples" / "village.txt").read_text(encoding="utf-8")
TRADITIONAL = opencc.OpenCC("s2tw").convert(VILLAGE)
GOLD = Path(__file__).parents[1].parent / "shared" / "gold" / "text"
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be"]
BOMS = [
    ("utf-8-sig", b"\xef\xbb\xbf", "utf-8"),
    ("utf-16-le", b"\xff\xfe", "utf-16-le"), ("utf-16-be", b"\xfe\xff", "utf-16-be"),
    ("utf-32-le", b"\xff\xfe\0\0", "utf-32-le"), ("utf-32-be", b"\0\0\xfe\xff", "utf-32-be"),
]  # fmt: skip


def text_for(encoding: str, simplified: str = VILLAGE, traditional: str = TRADITIONAL) -> str:
    return traditional if encoding == "big5hkscs" else simplified


@pytest.mark.parametrize("length", [20, 50, 200, 1000])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encoding_is_told_from_any_piece_of_an_article(encoding, length):
    text = text_for(encoding)
    pieces = [text[i : i + length] for i in range(0, max(1, len(text) - length), 7)]
    assert [decode(piece.encode(encoding)) for piece in pieces] == [(piece, encoding) for piece in pieces]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "utf-16-be"])
def test_traditional_text_in_mainland_and_unicode_encodings_is_told_too(encoding):
    assert decode(TRADITIONAL.encode(encoding)) == (TRADITIONAL, encoding)


@pytest.mark.parametrize(("name", "bom", "codec"), BOMS)
def test_byte_order_mark_names_the_encoding_and_is_no_text(name, bom, codec):
    assert decode(bom + VILLAGE.encode(codec)) == (VILLAGE, name)


def test_byte_order_mark_of_utf8_before_another_encoding_is_passed_over():
    assert decode(b"\xef\xbb\xbf" + VILLAGE.encode("gb18030")) == (VILLAGE, "gb18030")


def test_line_ends_stay_as_they_are():
    text = VILLAGE.replace("\n", "\r\n") + "\r\u2028\x0b"
    assert decode(text.encode("gb18030")) == (text, "gb18030")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be"])
def test_file_cut_inside_its_last_character_keeps_the_rest_and_says_so(encoding):
    text = text_for(encoding).rstrip("\n")[:-2]
    whole = text.encode(encoding)
    assert decode(whole[:-1]) == (text[:-1], f"{encoding} (truncated)")


@pytest.mark.parametrize(("encoding", "stray"), [("utf-8", b"\xff"), ("gb18030", b"\xff"), ("big5hkscs", b"\xff")])
def test_stray_byte_inside_is_left_out_and_its_place_recorded(encoding, stray):
    text = text_for(encoding)
    before, after = text[:100].encode(encoding), text[100:].encode(encoding)
    expected = f"{encoding} (1 undecodable bytes left out: {len(before)})"
    assert decode(before + stray + after) == (text, expected)


def test_bytes_with_much_damage_are_not_guessed_at():
    damaged = b"".join(bytes([byte, 0xFF]) for byte in VILLAGE.encode("gb18030"))
    assert decode(damaged) is None


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("shift_jis", "日本の農村では若い人が都市へ出ていき、お年寄りだけが残る集落が増えている。" * 3),
        ("euc_kr", "농촌에서는 젊은 사람들이 도시로 떠나고 노인들만 남는 마을이 늘고 있다. " * 3),
        ("koi8_r", "\u0414\u0435\u0440\u0435\u0432\u043d\u0438 \u043f\u0443\u0441\u0442\u0435\u044e\u0442. " * 5),
        ("cp1252", "Les \u00e9l\u00e8ves arrivent \u00e0 l\u2019\u00e9cole. " * 5),
    ],
)
def test_other_languages_in_their_own_encodings_do_not_become_chinese(encoding, text):
    assert decode(text.encode(encoding)) is None


def test_declared_charset_is_read_as_its_superset():
    assert decode("我们的镕".encode("gbk"), "GB2312") == ("我们的镕", "gb18030")


@pytest.mark.parametrize("declared", [*DECLARED, "utf-8", "iso-8859-1", "no-such-charset", "base64", None])
def test_false_declaration_does_not_win_over_the_bytes(declared):
    assert decode(VILLAGE.encode("utf-8"), declared) == (VILLAGE, "utf-8")
    assert decode(TRADITIONAL.encode("utf-16-le"), declared) == (TRADITIONAL, "utf-16-le")


def test_plain_ascii_is_utf8():
    assert decode(b"GDP 2019") == ("GDP 2019", "utf-8")


def test_plausibility_tells_right_from_wrong_decodings():
    right = plausibility(VILLAGE)
    wrong = plausibility(VILLAGE.encode("gb18030").decode("big5hkscs", "ignore"))
    assert right > 2 * PLAUSIBLE_SHARE > 2 * wrong
    assert plausibility("") == plausibility("ascii") == 0


@UNTIMED
@given(st.binary(max_size=400))
def test_any_bytes_decode_or_do_not_but_never_gain_a_character(content):
    decoded = decode(content)
    if decoded is not None:
        codec = decoded.encoding.split()[0].removesuffix("-sig")
        assert "\ufffd" not in decoded.text or "\ufffd".encode(codec) in content
        decoded.text.encode("utf-8")


@UNTIMED
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), min_size=1))
def test_any_utf8_text_is_read_as_it_is(text):
    assert decode(text.encode("utf-8")) == (text, "utf-8")


@pytest.mark.skipif(not GOLD.is_dir(), reason="the shared folder with the restored articles is not beside the project")
@pytest.mark.parametrize("length", [50, 200, 1000])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encoding_is_told_from_any_piece_of_the_real_articles(encoding, length):
    to_traditional = opencc.OpenCC("s2t").convert
    for file in sorted(GOLD.iterdir()):
        simplified = file.read_text(encoding="utf-8")
        text = to_traditional(simplified) if encoding == "big5hkscs" else simplified
        contents = [text[i : i + length].encode(encoding, "ignore") for i in range(0, max(1, len(text) - length), 50)]
        assert all(decode(c) == (c.decode(encoding), encoding) for c in contents)
