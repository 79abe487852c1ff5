"""Frames on the order of PAPI computed again under other assumptions.

The reader draws nothing at random. It makes the index again with equal weights for each scale and mean,
which are six of the trials, so a range of places that none of them meets is a contradiction; places by
the published scores, places with a dimension left out and the number of units are recomputed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from .claims import At, frame
from .context import facts
from .numbers import count
from .papi_context import code_of, old_slug, papi

KINDS = ("papi", "papi_national")
TRIAL = r"Thứ hạng được tính lại 10\.000 lần, mỗi lần .*?: ở chín phần mười số lần, "
END = r" đơn vị có đủ điểm của mọi nội dung"
OURS = r" \(Hình \d+\); đây là tính toán của báo cáo này, .*?khảo sát"


def parts(at: At) -> dict[str, list[float]]:
    """Scores of the dimensions of the units that have all of them."""
    known = [papi(at).of(at.page.year, code) for code in papi(at).codes(at.page.year)]
    units = set.intersection(*(set(one) for one in known))
    return {slug: [float(one[slug]) for one in known] for slug in sorted(units)}


def places(scores: Mapping[str, float]) -> dict[str, int]:
    return {a: 1 + sum(x > y + 1e-9 for x in scores.values()) for a, y in scores.items()}


def nominal(at: At, without: int | None = None) -> dict[str, int]:
    """Places by the sum of the dimensions, or of all but one."""
    return places(
        {
            slug: math.fsum(v for n, v in enumerate(values) if n != without)
            for slug, values in parts(at).items()
        }
    )


def six(at: At, slug: str) -> list[int]:
    """The unit's places under each scale and mean, with equal weights."""
    found = parts(at)
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
        made.append(places({s: math.fsum(vs) for s, vs in scaled.items()})[slug])
        made.append(places({s: math.fsum(map(math.log, vs)) for s, vs in scaled.items()})[slug])
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
    every = {nominal(at, n)[slug] for n in range(len(papi(at).codes(at.page.year)))}
    at.check(every == {nominal(at)[slug]}, "vị trí không đổi", f"{sorted(every)}")


@frame(r"vị trí đổi nhiều nhất nếu bỏ (.+?) \(trong ngoặc là vị trí khi đó\)", KINDS)
def left_out(at: At, m: re.Match[str]) -> object:
    slug = old_slug(at)
    before = nominal(at)[slug]
    shifts = [abs(nominal(at, n)[slug] - before) for n in range(len(papi(at).codes(at.page.year)))]
    for name, said in re.findall(r"(?:^|, | và )([A-ZĐ].*?) \((\d+)\)", m[1]):
        code = code_of(at, name)
        if code is None:
            return False
        place = nominal(at, int(code) - 1)[slug]
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
