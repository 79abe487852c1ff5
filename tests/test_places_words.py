"""Names as text: the matching form and the alphabetical order."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.places import fold, sort_key

VIETNAMESE = st.text(alphabet="aàảãáạăằâấđeêếiìoôơốợuưứừyỳ AĐÔƯ.-–_ bcghklmnpqrstvx", max_size=30)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đà Nẵng", "da nang"),
        ("  THỪA THIÊN–HUẾ ", "thua thien hue"),
        ("Thừa Thiên - Huế", "thua thien hue"),
        ("tỉnh Quảng Nam", "quang nam"),
        ("TP.Hồ Chí Minh", "ho chi minh"),
        ("Tp Hồ Chí Minh", "ho chi minh"),
        ("Thành phố\u00a0Cần Thơ", "can tho"),
        ("ha-noi", "ha noi"),
        ("Ðồng Nai", "dong nai"),  # eth, as older encodings left it
        ("Thanh Hóa", "thanh hoa"),
        ("Hà Tĩnh", "ha tinh"),
        ("tỉnh", "tinh"),
        ("", ""),
    ],
)
def test_fold_reduces_a_name_to_its_plain_letters(text, folded):
    assert fold(text) == folded


@given(st.text(max_size=40) | VIETNAMESE)
def test_fold_of_folded_text_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(VIETNAMESE)
def test_fold_does_not_see_unicode_form_or_case(text):
    composed = unicodedata.normalize("NFC", text)
    decomposed = unicodedata.normalize("NFD", text)
    assert fold(composed) == fold(decomposed) == fold(text.upper())


@pytest.mark.parametrize(
    ("one", "other"),
    [("Quảng Nam", "Quảng Ninh"), ("Hà Nam", "Hải Nam"), ("Bình Định", "Bình Dương")],
)
def test_fold_keeps_near_names_apart(one, other):
    assert fold(one) != fold(other)


# Orders as given by the CLDR collation for Vietnamese (ICU, locale "vi").
@pytest.mark.parametrize(
    "ordered",
    [
        ["Cà Mau", "Cao Bằng", "Cần Thơ"],
        ["Bình Dương", "Bình Định", "Bình Phước", "Bình Thuận"],
        ["An", "An Giang", "Ăn", "Ân"],
        ["Ba", "Bà", "Bả", "Bã", "Bá", "Bạ", "Bà ba", "Bá quyền"],
        ["Hưng Yên", "Kon Tum", "Lai Châu", "Lạng Sơn", "Lào Cai", "Lâm Đồng"],
        ["Cần Thơ", "Đà Nẵng", "Đồng Tháp", "Gia Lai"],
        ["O", "Ô", "Ơ", "U", "Ư", "Y"],
        ["Quận 1", "Quận Ba"],
    ],
)
def test_sort_key_follows_the_vietnamese_alphabet(ordered):
    shuffled = ordered[1::2] + ordered[::2]
    assert sorted(shuffled, key=sort_key) == ordered


@given(VIETNAMESE)
def test_sort_key_does_not_see_unicode_form(text):
    composed = unicodedata.normalize("NFC", text)
    decomposed = unicodedata.normalize("NFD", text)
    assert sort_key(composed)[:2] == sort_key(decomposed)[:2]


def test_sort_key_orders_foreign_text_after_vietnamese_without_failing():
    assert sort_key("Yên Bái") < sort_key("Пермь")
