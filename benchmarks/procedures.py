"""Count a million dossiers: the product against hand-written Polars that makes the same tables.

Both read the same Parquet file in a process of their own; the time is that of reading and counting, the
best of several rounds, and the memory is the most that the process ever held. What they count is
compared.
"""

from __future__ import annotations

import argparse
import datetime
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl
from common import print_machine, print_table, verdict

YEAR = 2023
ROWS = 1_000_000
MOST_TIMES = 1.5
MOST_GIB = 1.0
START, END = datetime.date(YEAR, 1, 1), datetime.date(YEAR, 12, 31)
CLOSED_WITHOUT = ["Dừng xử lý", "Từ chối", "Đã rút"]


def make(path: Path, rows: int) -> None:
    """Write made dossiers: 40 fields, 15 units, 600 procedures, late ones, open ones, returned ones."""
    chance = np.random.default_rng(766)
    received = np.datetime64(f"{YEAR - 1}-12-01") + chance.integers(0, 396, rows)
    due = received + chance.integers(1, 40, rows)
    ended = due + chance.integers(-20, 4, rows)
    ended = np.maximum(ended, received)
    procedure = chance.integers(0, 600, rows)
    state = np.array(["Đã trả kết quả", "Đang xử lý", "Đã rút"], dtype=object)[
        chance.choice(3, rows, p=[0.95, 0.03, 0.02])
    ]
    channel = np.array(["trực tuyến", "trực tiếp", "bưu chính"], dtype=object)[
        chance.choice(3, rows, p=[0.6, 0.35, 0.05])
    ]
    still_open = state == "Đang xử lý"
    frame = pl.DataFrame(
        {
            "ma_ho_so": [f"H{number:08d}" for number in range(rows)],
            "ma_tthc": [f"1.{number:06d}" for number in procedure],
            "ten_tthc": [f"Thủ tục số {number}" for number in procedure],
            "linh_vuc": [f"Lĩnh vực {number % 40}" for number in procedure],
            "don_vi_giai_quyet": [f"Sở số {number % 15}" for number in procedure],
            "kenh": channel.tolist(),
            "ngay_tiep_nhan": pl.Series(received).cast(pl.Date),
            "ngay_hen_tra": pl.Series(due).cast(pl.Date),
            "ngay_giai_quyet": pl.Series(np.where(still_open, np.datetime64("NaT"), ended)).cast(
                pl.Date
            ),
            "trang_thai": state.tolist(),
        }
    )
    frame.write_parquet(path)


def product(path: Path) -> dict[str, pl.DataFrame]:
    """Make the tables with the product."""
    from helpers.indices.procedures.records import count_dossiers
    from helpers.indices.procedures.working_days import working_days

    made = count_dossiers(pl.scan_parquet(path), YEAR, working_days(YEAR - 1, YEAR + 1), END)
    return {
        "field": made.by_field,
        "unit": made.by_unit,
        "procedure": made.by_procedure,
        "month": made.by_month,
    }


def by_hand(path: Path) -> dict[str, pl.DataFrame]:
    """Make the same tables as one would write them for this file alone."""
    import holidays

    received, due, ended = (
        pl.col("ngay_tiep_nhan"),
        pl.col("ngay_hen_tra"),
        pl.col("ngay_giai_quyet"),
    )
    returned, done = pl.col("trang_thai").is_in(CLOSED_WITHOUT), ended.is_not_null()
    closed = done & (ended <= END)
    frame = (
        pl.scan_parquet(path)
        .filter((received <= END) & ~((received < START) & done & (ended < START)))
        .select(
            *("ma_tthc", "ten_tthc", "linh_vuc", "don_vi_giai_quyet"),
            *("ngay_tiep_nhan", "ngay_hen_tra", "ngay_giai_quyet"),
            (received < START).alias("carried"),
            ((received >= START) & (pl.col("kenh") == "trực tuyến")).alias("online"),
            (closed & ~returned).alias("resolved"),
            (closed & returned).alias("returned"),
            (~closed).alias("open"),
        )
        .collect()
    )
    off = np.array(
        sorted(holidays.country_holidays("VN", years=range(YEAR - 1, YEAR + 2))), "M8[D]"
    )
    resolved = frame["resolved"].to_numpy()
    used = np.zeros(frame.height, dtype=np.int64)
    day = np.timedelta64(1, "D")
    begun, finished = (
        frame[name].to_numpy()[resolved].astype("M8[D]") + day
        for name in ("ngay_tiep_nhan", "ngay_giai_quyet")
    )
    used[resolved] = np.busday_count(begun, finished, holidays=off)
    frame = frame.with_columns(pl.Series("days", used))
    sums = [
        pl.len().alias("tn_tong"),
        pl.col("online").sum().alias("tn_truc_tuyen"),
        (~pl.col("online") & ~pl.col("carried")).sum().alias("tn_truc_tiep"),
        pl.col("carried").sum().alias("tn_ky_truoc"),
        pl.col("resolved").sum().alias("gq_tong"),
        (pl.col("resolved") & (ended < due)).sum().alias("gq_truoc_han"),
        (pl.col("resolved") & (ended == due)).sum().alias("gq_dung_han"),
        (pl.col("resolved") & (ended > due)).sum().alias("gq_qua_han"),
        pl.col("open").sum().alias("dg_tong"),
        (pl.col("open") & (due >= END)).sum().alias("dg_trong_han"),
        (pl.col("open") & (due < END)).sum().alias("dg_qua_han"),
        pl.col("returned").sum().alias("tra_lai"),
    ]
    total = [*sums, pl.sum("days")]
    months = []
    for month in range(1, 13):
        first = datetime.date(YEAR, month, 1)
        last = (first.replace(day=28) + datetime.timedelta(4)).replace(day=1) - datetime.timedelta(
            1
        )
        here = (received <= last) & (~done | (ended >= first))
        over = here & done & (ended <= last)
        left = here & ~over
        new = received.is_between(first, last)
        months.append(
            frame.lazy().select(
                pl.lit(month).alias("month"),
                here.sum().alias("tn_tong"),
                (new & pl.col("online")).sum().alias("tn_truc_tuyen"),
                (new & ~pl.col("online")).sum().alias("tn_truc_tiep"),
                (here & (received < first)).sum().alias("tn_ky_truoc"),
                (over & pl.col("resolved")).sum().alias("gq_tong"),
                (over & pl.col("resolved") & (ended < due)).sum().alias("gq_truoc_han"),
                (over & pl.col("resolved") & (ended == due)).sum().alias("gq_dung_han"),
                (over & pl.col("resolved") & (ended > due)).sum().alias("gq_qua_han"),
                left.sum().alias("dg_tong"),
                (left & (due >= last)).sum().alias("dg_trong_han"),
                (left & (due < last)).sum().alias("dg_qua_han"),
                (over & pl.col("returned")).sum().alias("tra_lai"),
            )
        )
    return {
        "field": frame.group_by(pl.col("linh_vuc").alias("name")).agg(total).sort("name"),
        "unit": frame.group_by(pl.col("don_vi_giai_quyet").alias("name")).agg(total).sort("name"),
        "procedure": frame.group_by(pl.col("ma_tthc").alias("code"))
        .agg(pl.first("ten_tthc").alias("name"), pl.first("linh_vuc").alias("field"), *total)
        .sort("code"),
        "month": pl.concat(pl.collect_all(months)),
    }


def measure(path: Path, which: str, rounds: int) -> None:
    """Print seconds, peak memory and what was counted, as JSON; run in a process of its own."""
    count = {"product": product, "by_hand": by_hand}[which]
    count(path)
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        made = count(path)
        times.append(time.perf_counter() - started)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    counted = {name: table.cast({pl.Boolean: pl.Int64}).rows() for name, table in made.items()}
    print(json.dumps({"seconds": min(times), "gib": peak, "counted": counted}))


def main() -> None:
    """Measure both and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=ROWS, help=f"dossiers (default {ROWS})")
    parser.add_argument("--rounds", type=int, default=5, help="rounds, best counts (default 5)")
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        which, path = options.measure[0], Path(options.measure[1])
        if which == "make":
            make(path, options.rows)
        else:
            measure(path, which, options.rounds)
        return
    print_machine()
    with tempfile.TemporaryDirectory(prefix="chiso-benchmark-") as folder:
        path = Path(folder) / "ho-so.parquet"
        # A process inherits the peak of the one that started it: this one must stay small.
        _child(path, "make", options)
        found = {
            which: json.loads(_child(path, which, options)) for which in ("by_hand", "product")
        }
    same = found["product"]["counted"] == found["by_hand"]["counted"]
    ratio = found["product"]["seconds"] / found["by_hand"]["seconds"]
    print_table(
        [
            {"what": which, "seconds": f"{one['seconds']:.3f}", "peak GiB": f"{one['gib']:.2f}"}
            for which, one in found.items()
        ]
    )
    print(f"The same tables: {'yes' if same else 'NO'}.")
    print(
        f"The product takes {ratio:.2f} times as long ({verdict(ratio, MOST_TIMES, at_least=False)})."
    )
    gib = found["product"]["gib"]
    print(f"It holds at most {gib:.2f} GiB ({verdict(gib, MOST_GIB, at_least=False)}).")
    if not same:
        raise SystemExit(1)


def _child(path: Path, which: str, options: argparse.Namespace) -> str:
    command = [
        *(sys.executable, __file__, "--measure", which, str(path)),
        *("--rounds", str(options.rounds), "--rows", str(options.rows)),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    return done.stdout


if __name__ == "__main__":
    main()
