"""The method note of PAR INDEX and DTI reports, and the list of what is missing."""

from __future__ import annotations

from helpers.indices.scored.result import ScoredResult
from helpers.indices.scored.scoring import TOLERANCE
from helpers.words.numbers import Number, decimal
from helpers.words.say import say
from helpers.words.side_by_side import unpublished
from helpers.words.text import Text, escape, joined, paragraphs

_STANDING = {
    "verified": "",
    "derived": " (tính ra từ nguồn)",
    "inferred": " (suy ra, chưa thấy văn bản xác nhận)",
    "unverified": " (chưa được xác nhận)",
}


def missing(result: ScoredResult) -> Text:
    """List what could not be computed and what to deliver for it; empty if nothing is missing."""
    return say(result, "missing")


def method(result: ScoredResult, structure: str, extra: str) -> Text:
    """Write the method note as one list.

    Parameters
    ----------
    result : ScoredResult
    structure : str
        A sentence on the structure of the edition; may be empty.
    extra : str
        A point of the index's own.
    """
    points = [
        _measure(result, structure),
        _rules(result),
        _sums(),
        extra,
        _comparison(result),
        _unconfirmed(result),
        _sources(result),
    ]
    return paragraphs("\n".join(f"- {point}" for point in points if point))


def _measure(result: ScoredResult, structure: str) -> str:
    basis = joined(
        [escape(basis.quoted) + _STANDING[basis.status] for basis in result.edition.legal_basis]
    )
    return f"**Chỉ số.** {result.framework.sentence} Căn cứ: {basis}. {structure}".strip()


def _rules(result: ScoredResult) -> str:
    rules = result.rule_set
    if rules is None:
        return ""
    basis = joined([escape(basis.quoted) for basis in rules.legal_basis])
    told = f"; {basis}" if basis else " (không nêu văn bản ban hành)"
    notes = "".join(f" {escape(note)}" for note in rules.notes)
    unsure = [node.code for node in rules.nodes if node.status in ("inferred", "unverified")]
    doubt = f" Quy tắc chưa được xác nhận ở các mã: {', '.join(unsure)}." if unsure else ""
    return f"**Bộ tiêu chí của tỉnh.** {escape(rules.name)}{told}.{notes}{doubt}"


def _sums() -> str:
    tolerance = Number(
        decimal(TOLERANCE, 2), "ngưỡng đối chiếu tổng của các số in hai chữ số thập phân"
    )
    return (
        "**Cách tính.** Điểm được cộng từ số chưa làm tròn và chỉ làm tròn khi in; chỉ số bằng "
        "điểm đạt "
        "chia cho điểm tối đa, tiêu chí không phát sinh được trừ khỏi điểm tối đa. Điểm của một "
        "tiêu "
        "chí là điểm thẩm định cộng điểm khảo sát. Nếu tổng mà đơn vị ghi lệch quá "
        f"{tolerance} điểm so với tổng của các dòng bên dưới, báo cáo nêu rõ chỗ lệch. Hiệu số cũng "
        "tính từ số chưa làm tròn nên có thể lệch một đơn vị ở chữ số cuối."
    )


def _comparison(result: ScoredResult) -> str:
    first = min((figure.year for figure in result.published.history), default=result.year - 1)
    breaks = [
        f"năm {found.before} và {found.after}, vì {found.reason}{_STANDING[found.status]}"
        for found in result.framework.breaks_between(first, result.year)
    ]
    told = f" Không so sánh: {'; '.join(breaks)}." if breaks else ""
    return (
        "**So sánh giữa các năm.** Chỉ nêu tăng, giảm khi bộ tiêu chí của hai năm như nhau; điểm "
        "và thứ "
        f"hạng được nêu riêng.{_error(result)}{told}"
    )


def _error(result: ScoredResult) -> str:
    """Say which values are set side by side without a verdict, and why."""
    errors = result.framework.errors
    if errors is None:
        return ""
    name = result.framework.short_name
    if errors.kind == "none":
        return f" Giá trị {name} công bố không có sai số khảo sát vì {errors.reason}."
    noted = unpublished(result.framework.owner, name)
    return f" Trong {name}, {errors.reason}. {noted}"


def _unconfirmed(result: ScoredResult) -> str:
    # The texts of the notes say themselves what is not confirmed.
    notes = [escape(note.text) for note in result.edition.notes]
    return f"**Điều cần lưu ý.** {'. '.join(notes)}." if notes else ""


def _sources(result: ScoredResult) -> str:
    published = result.published
    pages = {figure.source for figure in published.history if figure.year >= result.year - 1}
    pages |= {part.source for part in published.parts}
    pages |= {mean.source for mean in (published.national, published.region) if mean is not None}
    listed = "; ".join(f"<{page}>" for page in sorted(pages))
    own = sorted({row.origin.split(", ", 1)[0] for row in result.rows.values() if row.origin})
    files = f" Tệp của đơn vị: {', '.join(escape(file) for file in own)}." if own else ""
    told = f" Trang đã đọc: {listed}." if listed else ""
    return f"**Nguồn.** Kết quả công bố do {escape(result.framework.owner)} xác định.{told}{files}"
