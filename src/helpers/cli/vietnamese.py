"""The words of the command-line library in Vietnamese; it ships without them."""

from __future__ import annotations

import re
from typing import Any

from typer.core import TyperCommand, TyperGroup

# What stands in a help page, beside the help texts themselves.
_HELP = (
    (r"^Usage: ", "Cách dùng: "),
    (r"^Options:", "Tùy chọn:"),
    (r"^Commands:", "Các lệnh:"),
    (r"^Arguments:", "Đối số:"),
    (r"\[OPTIONS\]", "[TÙY CHỌN]"),
    (r"COMMAND \[ARGS\]\.\.\.", "LỆNH [ĐỐI SỐ]..."),
    (r"\[default: ", "[mặc định: "),
    (r"\[required\]", "[bắt buộc]"),
    (r"\[(\d+)<=x<=(\d+); required\]", r"[từ \1 đến \2, bắt buộc]"),
    (r"<int(?: range)?>", "<số>"),
    (r"<str>", "<chữ>"),
    (r"Show this message and exit\.", "In hướng dẫn này rồi thôi."),
)

_MESSAGES = (
    (r"No such command '?([^'.]+)'?\.?(.*)", r"Không có lệnh «\1».\2"),
    (r"No such option:? '?([^\s'(]+)'?\.?(.*)", r"Không có tùy chọn \1.\2"),
    (r"\(?(?:Possible options?:|Did you mean) (.+?)\??\)?$", r"Có phải là: \1?"),
    (r"Missing (?:argument|parameter) '?([^'.]+)'?\.?", r"Thiếu đối số «\1»."),
    (r"Missing option '?([^'.]+)'?\.?", r"Thiếu tùy chọn \1."),
    (r"Missing command\.?", "Chưa nêu lệnh nào."),
    (r"Option '?([^'\s]+)'? requires an argument\.?", r"Tùy chọn \1 cần một giá trị."),
    (r"Got unexpected extra argument(?:\(s\)|s)? \(([^)]*)\)", r"Thừa đối số: \1"),
    (r"Invalid value for '?([^':]+?)'?: ", r"Giá trị của \1 không hợp lệ: "),
    (r"Value error, ", ""),
    (r"Input should be a valid integer.*|\S+ is not a valid int(eger)?\.?", "phải là số nguyên."),
    (r"Input should be a valid number.*|\S+ is not a valid float\.?", "phải là số."),
    (r"Input should be greater than or equal to (\S+)", r"phải từ \1 trở lên."),
    (r"\S+ is not in the range x>=(\S+?)\.?$", r"phải từ \1 trở lên."),
    (r"\S+ is not in the range (\d+)<=x<=(\d+)\.?$", r"phải từ \1 đến \2."),
    (r"Input should be (.+)$|\S+ is not one of (.+?)\.?$", r"phải là một trong \1\2."),
    (r" or ", " hoặc "),
    (r" and ", " và "),
)


def in_vietnamese(message: str) -> str:
    """Translate a complaint about what was typed."""
    for pattern, words in _MESSAGES:
        message = re.sub(pattern, words, message)
    return message


def help_in_vietnamese(text: str) -> str:
    """Translate the headings and marks of a help page."""
    for pattern, words in _HELP:
        text = re.sub(pattern, words, text, flags=re.MULTILINE)
    return text


class Command(TyperCommand):
    """A command whose help page is in Vietnamese."""

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        return help_in_vietnamese(super().get_help(ctx))


class Group(TyperGroup):
    """A group of commands whose help page is in Vietnamese."""

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        return help_in_vietnamese(super().get_help(ctx))
