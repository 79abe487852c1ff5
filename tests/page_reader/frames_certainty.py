"""Frames on the order of an index computed again under other assumptions.

The reader draws nothing at random. It makes the index again with its own weights for each scale and
mean, which are six of the trials, so a range of places that none of them meets is a contradiction;
places by the published scores, places with a part left out and the number of units are recomputed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from .claims import At, frame
from .context import facts
from .frames_tree import PAGES as TREES
from .frames_tree import tree
from .numbers import count
from .papi_context import code_of, old_slug, papi

PAPI = ("papi", "papi_national")
KINDS = (*PAPI, *TREES)
TRIAL = r"Thứ hạng được tính lại 10\.000 lần, mỗi lần .*?: ở chín phần mười số lần, "
END = r" đơn vị có đủ điểm của mọi nội dung"
OURS = r" \(Hình \d+\); đây là tính toán của báo cáo này, .*?khảo sát"
SHAKEN = (
    r"Nếu giữ nguyên cách tính mà cho điểm tổng hợp của mọi đơn vị thay đổi theo sai số đã công bố thì "
    r"ở chín phần mười số lần, "
)


def codes(at: At) -> list[str]:
    """Codes of the parts, in the order of the index."""
    if at.page.kind in PAPI:
        return list(papi(at).codes(at.page.year))
    return [str(part["code"]) for part in tree(at).parts(at.page.year).values()]


def weights(at: At) -> list[float]:
    """Weights of the parts, together 1."""
    if at.page.kind in PAPI:
        return [1 / len(codes(at))] * len(codes(at))
    known = tree(at)
    return [
        float(known.weight(at.page.year, part)) / 100 for part in known.parts(at.page.year).values()
    ]


def parts(at: At) -> dict[str, list[float]]:
    """Scores of the parts of the units that have all of them."""
    of = papi(at).of if at.page.kind in PAPI else tree(at).of
    known = [of(at.page.year, code) for code in codes(at)]
    units = set.intersection(*(set(one) for one in known))
    return {slug: [float(one[slug]) for one in known] for slug in sorted(units)}


def places(scores: Mapping[str, float]) -> dict[str, int]:
    return {a: 1 + sum(x > y + 1e-9 for x in scores.values()) for a, y in scores.items()}


def nominal(at: At, without: int | None = None) -> dict[str, int]:
    """Places by the weighted mean of the parts, or of all but one."""
    w = weights(at)
    return places(
        {
            slug: math.fsum(w[n] * v for n, v in enumerate(values) if n != without)
            for slug, values in parts(at).items()
        }
    )


def six(at: At, slug: str) -> list[int]:
    """The unit's places under each scale and mean, with the weights of the index."""
    found, w = parts(at), weights(at)
    columns = list(zip(*found.values(), strict=True))
    low, high = [min(c) for c in columns], [max(c) for c in columns]
    mean = [math.fsum(c) / len(c) for c in columns]
    spread = [
        math.sqrt(math.fsum((v - m) ** 2 for v in c) / (len(c) - 1))
        for c, m in zip(columns, mean, strict=True)
    ]
    scales = (
        lambda v, n: v,
        lambda v, n: 1 + 99 * (v - low[n]) / (high[n] - low[n]),
        lambda v, n: 10 + 2 * (v - mean[n]) / spread[n],
    )
    made = []
    for scale in scales:
        scaled = {s: [scale(v, n) for n, v in enumerate(vs)] for s, vs in found.items()}
        for onto in (float, math.log):
            sums = {
                s: math.fsum(k * onto(v) for k, v in zip(w, vs, strict=True))
                for s, vs in scaled.items()
            }
            made.append(places(sums)[slug])
    return made


def check_range(at: At, slug: str, best: int, worst: int) -> None:
    own = six(at, slug)
    fits = best <= worst and any(best <= one <= worst for one in own)
    at.check(fits, "khoảng vị trí", f"{slug}: {sorted(own)}")


@frame(
    TRIAL
    + rf"(?:.+?) (?:đứng từ thứ (\d+) đến thứ (\d+)|giữ vị trí thứ (\d+)) trong (\d+){END}{OURS}",
    KINDS,
)
def own_range(at: At, m: re.Match[str]) -> None:
    at.check(count(m[4]) == len(parts(at)), "số đơn vị", f"{len(parts(at))}")
    check_range(at, old_slug(at), int(m[1] or m[3]), int(m[2] or m[3]))


@frame(
    TRIAL
    + rf"vị trí của (\d+) trong (\d+){END} xê dịch (\d+) bậc trở lên, và vị trí của ít nhất một "
    rf"nửa số đơn vị xê dịch không quá (\d+) bậc{OURS}",
    KINDS,
)
def ranges_of_all(at: At, m: re.Match[str]) -> None:
    n, units, wide, half = (int(one) for one in m.groups())
    at.check(units == len(parts(at)), "số đơn vị", f"{len(parts(at))}")
    agrees = n <= units and (half >= wide) == (n * 2 > units)
    at.check(agrees, "số đơn vị xê dịch", "không khớp với một nửa số đơn vị")


@frame(
    r"(?:Trong ba lựa chọn ấy, (?:cách chuẩn hóa|cách tổng hợp|trọng số) làm thứ hạng của các "
    r"đơn vị xê dịch nhiều nhất \(chỉ số Sobol toàn phần (\d+)%\)|Chưa phân biệt được lựa chọn "
    r"nào trong ba lựa chọn ấy làm thứ hạng xê dịch nhiều nhất)",
    KINDS,
)
def choice(at: At, m: re.Match[str]) -> None:
    # One of three total indices is at least a third of their sum, and that is never below one.
    at.check(m[1] is None or int(m[1]) >= 33, "chỉ số Sobol", "ít nhất một phần ba")


@frame(r"[Kk]hi bỏ lần lượt từng nội dung mà giữ nguyên cách tính, vị trí không đổi", KINDS)
def never_moved(at: At, m: re.Match[str]) -> None:
    slug = old_slug(at)
    every = {nominal(at, n)[slug] for n in range(len(codes(at)))}
    at.check(every == {nominal(at)[slug]}, "vị trí không đổi", f"{sorted(every)}")


def code_in_tree(at: At, name: str) -> str | None:
    part = tree(at).parts(at.page.year).get(name)
    return None if part is None else str(part["code"])


@frame(r"vị trí đổi nhiều nhất nếu bỏ (.+?) \(trong ngoặc là vị trí khi đó\)", KINDS)
def left_out(at: At, m: re.Match[str]) -> object:
    slug = old_slug(at)
    before = nominal(at)[slug]
    shifts = [abs(nominal(at, n)[slug] - before) for n in range(len(codes(at)))]
    for name, said in re.findall(r"(?:^|, | và )([A-ZĐ].*?) \((\d+)\)", m[1]):
        code = code_of(at, name) if at.page.kind in PAPI else code_in_tree(at, name)
        if code is None:
            return False
        place = nominal(at, codes(at).index(code))[slug]
        at.check(int(said) == place, "vị trí khi bỏ", f"{code}: {place}")
        most = abs(place - before) == max(shifts)
        at.check(most, "đổi nhiều nhất", f"{shifts}")
    return None


@frame(
    r"Vị trí theo điểm công bố và khoảng vị trí ở chín phần mười số lần tính lại: (.+)\.?$", KINDS
)
def drawn(at: At, m: re.Match[str]) -> object:
    order = nominal(at)
    for name, place, best, worst in re.findall(r"([^;]+?) (\d+) \((\d+)[–-](\d+)\)", m[1]):
        slug = facts(at).register.slug(name.strip(), "63")
        if slug not in order:
            return False
        at.check(int(place) == order[slug], "vị trí", f"{slug}: {order[slug]}")
        check_range(at, slug, int(best), int(worst))
    return None


def expected(at: At) -> dict[str, float]:
    """The mean place of each unit whose total has an error, where every pair is normal."""
    year = at.page.year
    totals, errors = papi(at).of(year, "total"), papi(at).printed_errors[year]
    known = {s: (float(totals[s]), e) for s, e in errors.items() if e > 0 and s in totals}
    return {
        slug: 1
        + math.fsum(
            0.5 * math.erfc((value - other) / math.hypot(error, theirs) / math.sqrt(2))
            for unit, (other, theirs) in known.items()
            if unit != slug
        )
        for slug, (value, error) in known.items()
    }


@frame(
    SHAKEN
    + r"(?:.+?) (?:đứng từ thứ (\d+) đến thứ (\d+)|giữ vị trí thứ (\d+)) trong (\d+) đơn vị có "
    r"sai số",
    PAPI,
)
def shaken(at: At, m: re.Match[str]) -> None:
    means = expected(at)
    at.check(int(m[4]) == len(means), "số đơn vị có sai số", f"{len(means)}")
    best, worst, mean = int(m[1] or m[3]), int(m[2] or m[3]), means.get(old_slug(at), 0.0)
    at.check(best - 0.5 <= mean <= worst + 0.5, "khoảng vị trí", f"trung bình {mean:.1f}")


@frame(
    SHAKEN
    + r"vị trí của (\d+) trong (\d+) đơn vị có sai số xê dịch (\d+) bậc trở lên, và vị trí của ít "
    r"nhất một nửa số đơn vị xê dịch không quá (\d+) bậc",
    PAPI,
)
def shaken_all(at: At, m: re.Match[str]) -> None:
    n, units, wide, half = (int(one) for one in m.groups())
    at.check(units == len(expected(at)), "số đơn vị có sai số", f"{len(expected(at))}")
    at.check(n <= units and (half < wide) == (n * 2 < units + units % 2), "một nửa số đơn vị", "")
