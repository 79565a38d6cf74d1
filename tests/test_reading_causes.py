"""What a finding calls the file that it blames."""

import pytest

from auditor.reading.causes import file_name


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://shop.example/static/shop.css?v=3", "shop.css"),
        ("https://shop.example/images?src=%2Fassets%2Fcup.png&w=480", "cup.png"),
        ("https://shop.example/_next/image?url=https%3A%2F%2Fcdn.example%2Fx%2Fcup.webp%3Fv%3D1&w=640", "cup.webp"),
        ("https://shop.example/static/shop.js?with=other.js", "shop.js"),
        ("https://fonts.example/css2?family=Inter", "css2"),
        ("https://shop.example/images?src=http://[x/cup.png", "cup.png"),
        ("https://shop.example/images?src=/.png", "images"),
        ("https://shop.example/", "shop.example"),
        ("https://shop.example/%D9%81%D9%86%D8%AC%D8%A7%D9%86.jpg", "فنجان.jpg"),
    ],
)
def test_a_file_has_the_name_that_a_person_gives_it(url: str, name: str) -> None:
    assert file_name(url) == name
