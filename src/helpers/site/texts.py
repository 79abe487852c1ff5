"""Pages of plain text: releases and corrections, accessibility, a page that is not there."""

from __future__ import annotations

from itertools import groupby

from helpers.site import addresses
from helpers.site.listings import Part, TextPage
from helpers.site.settings import Release, Site


def releases_page(site: Site, releases: tuple[Release, ...]) -> TextPage:
    """Return the page of releases and corrections, newest first, by year."""
    parts = [
        Part(
            "Cách chúng tôi công bố và đính chính",
            (
                "Số liệu mới và thay đổi theo kế hoạch được ghi ở đây ngay khi đưa lên trang. Khi phát "
                "hiện sai sót, chúng tôi sửa, ghi ngày sửa, nội dung sai và các trang liên quan; trang "
                "được sửa cũng tự ghi lần đính chính đó.",
            ),
        )
    ]
    for year, of_year in groupby(releases, key=lambda release: release.date.year):
        parts.append(Part(f"Năm {year}", (), tuple(_line(release) for release in of_year)))
    return TextPage(
        addresses.RELEASES,
        site,
        "Phát hành và đính chính",
        "Những gì đã công bố, điều chỉnh và đính chính trên trang này.",
        tuple(parts),
    )


def _line(release: Release) -> str:
    text = f" {release.text}" if release.text else ""
    pages = f" Trang liên quan: {', '.join(release.pages)}." if release.pages else ""
    return f"{release.day}, {release.kind_name.lower()}: {release.title}.{text}{pages}"


def accessibility_page(site: Site) -> TextPage:
    """Return the accessibility statement."""
    contact = (
        f"Nếu gặp trở ngại, xin báo cho chúng tôi: {site.contact}."
        if site.contact
        else "Đơn vị vận hành trang này chưa công bố địa chỉ liên hệ."
    )
    return TextPage(
        addresses.ACCESSIBILITY,
        site,
        "Khả năng tiếp cận",
        "Trang này phải dùng được cho mọi người: bằng bàn phím, bằng trình đọc màn hình, khi phóng to, "
        "trên điện thoại và trên giấy.",
        (
            Part(
                "Mức đáp ứng",
                (
                    "Trang được làm theo Hướng dẫn về khả năng tiếp cận nội dung web WCAG 2.2, mức AA. "
                    "Mỗi loại trang được kiểm tra tự động bằng axe-core ở nền sáng và nền tối, "
                    "yêu cầu không còn lỗi nào. Kiểm tra tự động không thay được người dùng thật; "
                    "trang chưa được người dùng trình đọc màn hình đánh giá độc lập.",
                ),
            ),
            Part(
                "Những gì đã làm",
                (),
                (
                    "Mọi chức năng dùng được bằng bàn phím; phần tử đang chọn luôn thấy rõ.",
                    "Mỗi hình có mô tả bằng lời, viết từ chính các con số đã vẽ.",
                    "Nhóm và mức không chỉ phân biệt bằng màu mà còn bằng hình dạng và chữ.",
                    "Chữ phóng to đến 200 % và màn hình rộng 320 điểm ảnh không mất nội dung; "
                    "bảng rộng cuộn ngang trong khung của nó.",
                    "Bảng có tên, có đầu cột và đầu dòng; ô không có số liệu ghi rõ bằng dấu “–”.",
                    "Trang đọc được khi tắt JavaScript; chỉ mất ô tìm kiếm, sắp xếp và lọc bảng.",
                    "Nền tối theo cài đặt của máy; chuyển động tắt theo cài đặt của máy.",
                ),
            ),
            Part(
                "Những gì còn hạn chế",
                (),
                (
                    "Trình đọc màn hình đọc mô tả bằng lời của hình, không đọc từng chữ trong hình.",
                    "Tệp PDF và Word của các báo cáo cũ có thể được lập trước khi có yêu cầu này.",
                    "Chưa có bản tiếng Anh.",
                ),
            ),
            Part("Liên hệ", (contact,)),
        ),
    )


def missing_page(site: Site) -> TextPage:
    """Return the page that a server shows where there is none."""
    return TextPage(
        "404.html",
        site,
        "Không tìm thấy trang",
        "Địa chỉ này không có trang nào. Có thể địa chỉ bị gõ sai, hoặc báo cáo chưa được lập.",
        (
            Part(
                "",
                (
                    "Hãy tìm theo tên tỉnh, thành phố ở ô tìm kiếm phía trên, hoặc chọn một mục trong "
                    "thanh điều hướng.",
                ),
            ),
        ),
        file="404.html",
        anywhere=True,
    )
