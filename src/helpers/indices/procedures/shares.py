"""What stands beside the dossiers, as parts of a whole: online services, apologies, satisfaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from helpers.indices.procedures.result import ProceduresResult, Target
    from helpers.inputs.observations import Observation


@dataclass(frozen=True)
class PartOf:
    """A part of a whole.

    Parameters
    ----------
    key, name : str
    part, whole : int
    base : str
        The whole in words.
    trace : str
    target : Target or None
        Share aimed at, in percent.
    """

    key: str
    name: str
    part: int
    whole: int
    base: str
    trace: str
    target: Target | None = None

    @property
    def share(self) -> float:
        """The share, 0 to 1, unrounded; above 1 if the part exceeds the whole."""
        return self.part / self.whole

    @property
    def below_target(self) -> bool | None:
        """Whether the share misses its target; None without a target."""
        return None if self.target is None else self.share * 100 < self.target.value


def shares(result: ProceduresResult) -> tuple[PartOf, ...]:
    """Return the parts of a whole that the figures of the year give, in the order of the report."""
    listed = result.figure("listed")
    full, partial = result.figure("online_full"), result.figure("online_partial")
    made = [
        _of(
            "online_rate",
            "Thủ tục có dịch vụ công trực tuyến",
            _any_online(result),
            listed,
            "số thủ tục thuộc thẩm quyền",
            result.target("online_rate"),
        ),
        _of(
            "online_full",
            "Dịch vụ công trực tuyến toàn trình",
            _value(full),
            listed,
            "số thủ tục thuộc thẩm quyền",
        ),
        _of(
            "online_partial",
            "Dịch vụ công trực tuyến một phần",
            _value(partial),
            listed,
            "số thủ tục thuộc thẩm quyền",
        ),
        _apologies(result),
        *_devices(result),
    ]
    return tuple(one for one in made if one is not None)


def _value(found: Observation | None) -> tuple[int, str] | None:
    return None if found is None else (int(found.value), found.trace)


def _any_online(result: ProceduresResult) -> tuple[int, str] | None:
    stated = _value(result.figure("online_services"))
    full, partial = _value(result.figure("online_full")), _value(result.figure("online_partial"))
    if stated is not None or full is None or partial is None:
        return stated
    return full[0] + partial[0], f"toàn trình cộng một phần: {full[0]} + {partial[0]}; {full[1]}"


def _of(
    key: str,
    name: str,
    part: tuple[int, str] | None,
    whole: Observation | None,
    base: str,
    target: Target | None = None,
) -> PartOf | None:
    if part is None or whole is None or whole.value <= 0:
        return None
    trace = f"{name} trên {base}: {part[0]}/{int(whole.value)}; {part[1]}"
    return PartOf(key, name, part[0], int(whole.value), base, trace, target)


def late_dossiers(result: ProceduresResult) -> tuple[int, str] | None:
    """Return how many dossiers were late, resolved or not, as far as known, with the source."""
    known = [result.total[code] for code in ("gq_qua_han", "dg_qua_han") if code in result.total]
    if not known:
        stated = result.figure("overdue")
        return _value(stated)
    return sum(count.value for count in known), known[0].trace


def _apologies(result: ProceduresResult) -> PartOf | None:
    letters, late = result.figure("apology_letters"), late_dossiers(result)
    if letters is None or late is None or late[0] == 0:
        return None
    trace = f"thư xin lỗi trên hồ sơ quá hạn: {int(letters.value)}/{late[0]}; {letters.trace}"
    return PartOf(
        "apology_letters", "Thư xin lỗi", int(letters.value), late[0], "số hồ sơ quá hạn", trace
    )


def _devices(result: ProceduresResult) -> list[PartOf]:
    levels = (
        ("device_very_satisfied", "Rất hài lòng qua thiết bị đánh giá"),
        ("device_satisfied", "Hài lòng qua thiết bị đánh giá"),
        ("device_unsatisfied", "Không hài lòng qua thiết bị đánh giá"),
    )
    found = [(code, name, result.figure(code)) for code, name in levels]
    given = [(code, name, one) for code, name, one in found if one is not None]
    whole = sum(int(one.value) for _, _, one in given)
    # Without the share that is not satisfied the whole is not known.
    if whole == 0 or result.figure("device_unsatisfied") is None:
        return []
    return [
        PartOf(
            code, name, int(one.value), whole, "số lượt đánh giá", f"{name}/{whole}; {one.trace}"
        )
        for code, name, one in given
    ]
