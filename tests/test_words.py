"""The words: files as people write them, sentences as they come out, and what is refused."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from words_made import CASES, CHECKOUT, finding, read, value
from words_say import said

from helpers.facts.families import Finding
from helpers.facts.finding_fields import Member
from helpers.facts.value import Key, Value, Why
from helpers.inputs.problems import InputError
from helpers.words.catalogue import find, listing
from helpers.words.checking import FREE, check_words
from helpers.words.document import Document, Named, Remark
from helpers.words.library import load
from helpers.words.printing import NotShownError, ShownRemark, ShownValue
from helpers.words.say import say
from helpers.words.source import languages, only, read_file
from helpers.words.telling import Telling
from helpers.words.template import parse

PLACE = Key("par_index", "ha-tinh", 2023)


FILES = {path.stem: read(path) for path in CASES}
ALL = [(index, number) for index, file in FILES.items() for number in range(len(file["cases"]))]


def test_every_word_of_every_language_is_in_order():
    assert [str(problem) for problem in check_words(CHECKOUT)] == []
    assert {"vi", "en"} <= set(languages(CHECKOUT))


@pytest.mark.parametrize(("index", "number"), ALL)
def test_each_heading_reads_as_the_case_says(index, number):
    file = FILES[index]
    case = file["cases"][number]
    for language in [only(CHECKOUT, index)] if only(CHECKOUT, index) else languages(CHECKOUT):
        assert said(case, file["facts"], language, index) == case[language], case


@pytest.mark.parametrize("index", FILES)
def test_every_heading_that_says_something_has_a_case(index):
    file = FILES[index]
    entries, _ = read_file(CHECKOUT / f"params/words/vi/{index}.md", CHECKOUT)
    told = set()
    for case in file["cases"]:
        if "finding" in case:
            subject = case.get("subject", "")
            family, _, rest = case["finding"].partition(".")
            name = family if "[" in family or not subject else f"{family}[{subject}]"
            told.add(".".join(part for part in (name, rest, case.get("form", "")) if part))
        kinds = {"rule": "", "member": "member.", "term": "term.", "noun": "noun."}
        told |= {f"{kind}{case[key]}" for key, kind in kinds.items() if key in case}
    spoken = {
        name for name, entry in entries.items() if entry.kind == "sentence" and entry.variants
    }
    assert spoken - told == set()


def test_every_reason_and_every_way_of_computing_has_words():
    """A rule that the code names is written as a reason or as a source, in the words of every index."""
    rooms = {"facts": "index", "indices/scored": "scored"}
    rooms |= {f"indices/{index}": index for index in ("par_index", "dti", "poverty", "work_plan")}
    rooms["indices/certainty.py"] = "robustness"
    for room, words in rooms.items():
        rules = set()
        home = CHECKOUT / "src/helpers" / room
        for path in home.rglob("*.py") if home.is_dir() else [home]:
            text = path.read_text(encoding="utf-8")
            rules |= set(re.findall(r'(?:Why\(\s*|signed\([^"\[]*)"([a-z_]+)"', text))
        headings = load(CHECKOUT, "vi", words).entries
        assert len(rules) > 2, room
        assert {
            r for r in rules if not {f"{kind}.{r}" for kind in FREE} & set(headings)
        } == set(), room


# What a sentence may not hold --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("hơn {{ a > b }}", "phép so sánh"),
        ("{{ a + b }}", "phép tính"),
        ("{{ a ~ b }}", "phép nối"),
        ("{{ a() }}", "lời gọi hàm"),
        ("{{ a[0] }}", "dấu ngoặc vuông"),
        ("{% for a in b %}{{ a }}{% endfor %}", "vòng lặp"),
        ("{% set a = b %}", "set"),
        ("{% macro a() %}{% endmacro %}", "macro"),
        ('{% include "a" %}', "include"),
        ('{{ "a*b" }}', "hằng số"),
        ("{{ [1, 2] }}", "hằng số"),
        ("{% if a is defined %}b{% endif %}", "phép thử"),
        ("{{ a if b }}", "if trong một dòng"),
        ("{% if a > b %}c{% endif %}", "phép so sánh"),
        ("{{ a | upper }}", "không có bộ lọc «upper»"),
        ("{{ a | count(b) }}", "chữ đặt giữa hai dấu nháy"),
        ("thứ {rank}", "dấu ngoặc nhọn đơn"),
        ("thứ {{ rank }", "dấu"),
        ("{# ghi chú #}", "<!-- -->"),
        ("{% if a %}b", "endif"),
        ("{{ }}", "không có tên nào"),
        ("{% repeat %}", "không có lệnh «repeat»"),
    ],
)
def test_a_sentence_decides_nothing(text, told):
    _, faults = parse(f"dòng một\n{text}")
    assert faults
    assert any(told in fault.message for fault in faults), faults
    assert all(fault.line == 2 for fault in faults)


def words_in(folder, only="*", **files):
    """Write a checkout that holds words alone: the shipped ones, and what a test replaces."""
    root = folder / "params/words"
    for path in (CHECKOUT / "params/words").glob(f"{only}/*.*"):
        target = root / path.relative_to(CHECKOUT / "params/words")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    for name, text in files.items():
        language, _, stem = name.partition("_")
        (root / language / f"{stem}.md").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("extends: scored.md\n\n## mean.inside\nmột câu\n", 3, "không có họ câu «mean»"),
        ("extends: scored.md\n## change.rose\nmột câu\n", 2, "không có trường hợp «rose»"),
        ("extends: scored.md\n## change[month].up\nmột câu\n", 2, "không có «[month]»"),
        ("extends: scored.md\n\n## change.up\nmột\n{{ gapp }}\n", 5, "không có «gapp»"),
        ("extends: scored.md\n## against.higher\n{{ margin }}\n", 3, "có khi không có"),
        ("extends: scored.md\n## against.higher\n{% if gap %}a{% endif %}\n", 3, "luôn có ở đây"),
        ("extends: scored.md\n## against.higher\n{{ better }}\n", 3, "chỉ dùng trong if"),
        ("extends: scored.md\n## change.up\ntăng 3 bậc\n", 3, "số gõ tay"),
        ("extends: scored.md\n## change.up\n{{ place }}\n", 3, "cần một dạng"),
        ("extends: scored.md\n## change.up\n{{ place.end }}\n", 3, "còn thiếu trường hợp"),
        ('extends: scored.md\n## change.up\n{{ gap | count("bird") }}\n', 3, "danh từ «bird»"),
        ("extends: scored.md\n## change.up\n{{ noun.bird }}\n", 3, "danh từ «bird»"),
        ("extends: scored.md\n# overview\n{{ levle }}\n", 3, "không có «levle»"),
        ("extends: scored.md\n## change.up\na\n## change.up\nb\n", 4, "đứng hai lần (dòng 2)"),
        ("extends: scored.md\n##change.up\na\n", 2, "không đúng dạng"),
        ("extends: scored.md\ncâu lạc\n", 2, "trước đề mục đầu tiên"),
        ("extends: scored.md\n## change.up\na\n~ b\n", 3, "cách nói đầu tiên"),
        ("extends: nothing.md\n", 1, "không có tệp câu chữ nothing.md"),
    ],
)
def test_a_fault_is_told_with_file_and_line(tmp_path, text, line, told):
    problems = check_words(words_in(tmp_path, "vi", vi_dti=text))
    here = [one for one in problems if one.file == "params/words/vi/dti.md" and told in one.message]
    assert here, [str(one) for one in problems]
    assert here[0].line == line
    assert str(here[0]).startswith(f"lỗi · params/words/vi/dti.md · dòng {line}:")


def test_a_heading_in_one_language_alone_is_told(tmp_path):
    root = words_in(tmp_path)
    path = root / "params/words/en/dti.md"
    path.write_text(f"{path.read_text('utf-8')}\n## term.extra\nmore\n", encoding="utf-8")
    (found,) = check_words(root)
    assert "«term.extra» chưa có trong params/words/vi" in found.message


def test_a_later_file_replaces_a_heading_and_an_edit_is_seen(tmp_path):
    root = words_in(tmp_path)
    path = root / "params/words/vi/dti.md"
    before = load(root, "vi", "dti").entry("against.equal").file
    assert before == "params/words/vi/index.md"
    path.write_text(f"{path.read_text('utf-8')}\n## against.equal\nnhư nhau.\n", encoding="utf-8")
    assert load(root, "vi", "dti").entry("against.equal").file == "params/words/vi/dti.md"


def test_an_index_without_words_of_its_own_takes_those_of_its_family():
    assert load(CHECKOUT, "vi", "pci").entry("points.complete").file.endswith("scored.md")


def test_a_comment_of_several_lines_parts_no_paragraph(tmp_path):
    text = "extends: scored.md\n# overview\n{{ level }}\n<!-- một\nhai -->\n{{ target }}\n"
    root = words_in(tmp_path, vi_dti=text)
    given = [level(), target()]
    assert len(told(given, "overview", root=root).paragraphs) == 1


# Sections ----------------------------------------------------------------------------------------


def level(case="value", **fields):
    known = {"value": value([85.35, "percent", 2]), "subject": Member("total", "chỉ số")}
    return Finding(PLACE, "level", case, {**known, **fields} if case == "value" else fields)


def target():
    fields = {"mark": value([90, "percent", 0]), "gap": value([-4.65, "pp", 2])}
    return Finding(PLACE, "target", "missed", fields, "target")


def missing(rule="no_table", about=PLACE):
    return Finding(about, "missing", "value", {"why": (Why(rule),)}, "value")


def document(given, language="vi", **names):
    known = {"this_year": 2023, "who": "Sở A", "again": "Sở", "province": "tỉnh A", **names}
    known |= {"index_name": "PAR INDEX", "unit_kind": "province"}
    findings = given if isinstance(given, dict) else {"": given}
    return Document("par_index", known, findings, {}, language)


def told(given, section="", root=CHECKOUT, text="", **kinds):
    return say(document(given), section, text=text, root=root, **{"heading": False, **kinds})


def test_an_empty_section_is_an_empty_text():
    assert told([], "overview").paragraphs == ()
    assert told([], "missing").paragraphs == ()
    assert told([], "overview", heading=True).paragraphs == ()


def test_an_opening_stands_only_before_bullets():
    rules = ("no_table", "no_points")
    given = [Finding(PLACE, "needed", "stated", {"why": (Why(rule),)}, rule) for rule in rules]
    assert str(told(given, "missing")) == (
        "Những nội dung chưa tính được và số liệu cần bổ sung:\n\n"
        "- Chưa có bảng chấm điểm của đơn vị.\n"
        "- Bảng chấm điểm chưa có điểm thẩm định hoặc điểm khảo sát."
    )


def test_paragraphs_without_findings_vanish():
    assert len(told({"published": [level()]}, "overview").paragraphs) == 1


def test_a_heading_is_in_the_language_of_the_document():
    given = {"areas": [missing()]}
    assert told(given, "areas", heading=True).paragraphs[0] == "## Điểm theo lĩnh vực"
    text = say(document(given, "en"), "areas", heading=True, root=CHECKOUT)
    assert text.paragraphs[0] == "## Points by area"


def test_nothing_is_told_twice():
    given = [target(), level()]
    first = told(given, text="{{ target }} {{ target }}")
    assert str(first).count("chưa đạt") == 1
    assert first.told == {target().identity}
    assert told(given, text="{{ target }}", without=first.told).paragraphs == ()


def test_a_text_knows_where_each_sentence_is_written():
    (one,) = told([target()], text="{{ target }}").said
    assert (one.heading, one.file) == ("target.missed", "params/words/vi/index.md")
    lines = (CHECKOUT / one.file).read_text(encoding="utf-8").split("\n")
    assert "còn thiếu" in lines[one.line - 1]


def test_a_note_is_said_once_at_the_end(tmp_path):
    path = "extends: scored.md\n## target.missed.note\nmục tiêu do tỉnh đặt.\n"
    root = words_in(tmp_path, vi_par_index=path)
    other = Finding(PLACE, "target", "missed", dict(target().fields), "self")
    text = told([target(), other], text="{{ target }}", root=root)
    assert text.paragraphs[-1] == "Mục tiêu do tỉnh đặt."
    assert str(text).count("do tỉnh đặt") == 1
    again = told(
        [target()], text="{{ target }}", root=root, without=text.told - {target().identity}
    )
    assert str(again).count("do tỉnh đặt") == 0


def test_a_place_is_said_inside_the_sentence_of_its_value():
    of = {"rank": value([12, "place", 0]), "units": value([63, "unit", 0])}
    place = Finding(PLACE, "place", "printed", of)
    text = told({"published": [level(), place]}, "overview")
    assert str(text).endswith(", xếp thứ 12/63.")
    assert '[12/63]{.so title="ô B2"}' in text.markdown
    assert place.identity in text.told


# Printing ----------------------------------------------------------------------------------------

WILD = "Sở *Nội vụ* <b> @tbl-x $x$ {y} | ~h~"


def test_a_name_comes_out_as_it_is_written():
    text = told([target()], text="Ý kiến của {{ who }}: {{ target }}")
    assert "Ý kiến của Sở A: Kết quả này chưa đạt mục tiêu (90%)" in str(text)
    wild = say(document([target()], who=WILD), text="{{ who }} {{ target }}", root=CHECKOUT)
    assert r"Sở \*Nội vụ\* \<b\> \@tbl-x \$x\$ \{y\} \| \~h\~" in wild.markdown


def test_a_number_in_a_persons_sentence_is_traced_whole():
    """8.258 was traced as 8 and as 258."""
    written = str(ShownRemark(Remark("giảm 8.258 hộ, tức 2,5 lần năm 2022.", "ô B2")).markup())
    assert written == (
        'giảm [8.258]{.so title="ô B2"} hộ, tức [2,5]{.so title="ô B2"} lần năm 2022'
    )


def test_what_is_not_known_is_never_printed():
    telling = Telling(load(CHECKOUT, "vi", "par_index"), document([]))
    hidden = Value.suppressed(Why("few_persons"), "percent")
    with pytest.raises(NotShownError, match="chưa biết hoặc không được nêu"):
        ShownValue(telling, hidden).markup()


def test_numbers_are_written_as_the_language_does():
    given = [Finding(PLACE, "lost", "total", {"total": value([1234.5, "point", 2])})]
    assert "1.234,50 điểm" in str(say(document(given), text="{{ lost }}", root=CHECKOUT))
    assert "1,234.50 points" in str(say(document(given, "en"), text="{{ lost }}", root=CHECKOUT))


def test_almost_all_is_not_all():
    given = [level(value=value([99.996, "percent", 2]))]
    assert "99,996%" in str(told(given, text="{{ level }}"))


def test_a_decimal_comma_parts_no_list():
    parts = tuple(Member(n, n, value([7.75, "point", 2])) for n in ("a", "b", "c"))
    fields = {"total": value([23.25, "point", 2]), "parts": parts}
    text = told([Finding(PLACE, "lost", "parts", fields)], text="{{ lost }}")
    assert "a (7,75 điểm), b (7,75 điểm) và c (7,75 điểm)" in str(text)
    parts = (*parts[:2], Member("d", "tổ chức, bộ máy", value([1, "point", 2])))
    text = told([Finding(PLACE, "lost", "parts", {**fields, "parts": parts})], text="{{ lost }}")
    assert "a (7,75 điểm); b (7,75 điểm) và tổ chức, bộ máy" in str(text)


def test_what_has_no_translation_is_counted_when_it_is_printed():
    named = Named("Bộ Nội vụ", {"en": "Ministry of Home Affairs"})
    made = document([target()], "en", owner=named, who="Sở A")
    text = say(made, text="{{ owner }} {{ target }}", root=CHECKOUT)
    assert "Ministry of Home Affairs" in str(text)
    assert text.untranslated == ()
    assert say(made, text="{{ who }} {{ target }}", root=CHECKOUT).untranslated == ("Sở A",)


def test_an_unknown_name_in_a_cell_is_one_line():
    with pytest.raises(InputError) as caught:
        told([target()], text="Ý kiến:\n{{ tagret }}")
    assert re.match(r"lỗi · <cell> · dòng 2: .*không có «tagret»", str(caught.value))
    assert caught.value._render_traceback_() == [str(caught.value)]


def test_the_cell_magic_renders_what_stands_below_it():
    from IPython.core.interactiveshell import InteractiveShell

    from helpers.words.say import load_ipython_extension

    shell = InteractiveShell()
    load_ipython_extension(shell)
    shell.user_ns["result"] = document([target()])
    text = shell.run_cell_magic("say", "result", "{{ target }}\n")
    assert "chưa đạt mục tiêu" in str(text)
    with pytest.raises(InputError, match="không có biến «nobody»"):
        shell.run_cell_magic("say", "nobody", "{{ target }}\n")


def test_a_family_or_field_that_is_not_declared_makes_no_document():
    with pytest.raises(ValueError, match="does not know"):
        Document("dti", {"moon": 1}, {})
    assert finding({"finding": "level.value"}, {"value": [1, "point", 0], "subject": ["a"]})


# Finding again -----------------------------------------------------------------------------------


def test_a_sentence_is_found_by_what_it_says():
    hit, *_ = find(CHECKOUT, "Mức này thấp hơn bình quân cả nước (88,10%) 1,70 điểm phần trăm.")
    assert hit.entry.heading.startswith("against[country].")
    line = (CHECKOUT / hit.entry.file).read_text(encoding="utf-8").split("\n")[hit.variant.line - 1]
    assert line.startswith("mức này {{ case }} bình quân cả nước")
    assert find(CHECKOUT, "xyzzy") == ()


def test_the_catalogue_names_heading_fields_and_place():
    lines = list(listing(CHECKOUT, "vi", "dti"))
    assert any(re.match(r"target\.missed  \[mark gap; có thể: .*index\.md:\d+", x) for x in lines)


def test_saying_loads_neither_pandas_nor_matplotlib():
    code = (
        "import sys; from helpers import say; "
        "print([m for m in ('pandas', 'matplotlib', 'scipy') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=CHECKOUT
    )
    assert done.stdout.strip() == "[]"


def test_two_findings_of_one_identity_are_refused():
    """Their sentence would be that of the one with the figures of the other: places told as values."""
    facts = read(CASES[0].parent / "scored.yml")["facts"]
    one, other = (
        finding({"finding": "strongest.sole", "fields": {"parts": [[name, given]]}}, facts)
        for name, given in (("Kinh tế số", [2, "place", 0]), ("Chính quyền số", [0.44, "share", 2]))
    )
    with pytest.raises(ValueError, match="two findings"):
        Document("dti", {}, {"components": (one, other)})
