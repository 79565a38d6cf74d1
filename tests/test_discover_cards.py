"""How many products a page shows as cards, however its grid is made."""

from auditor.discover.page_reading import read_html

CARD = '<div><a href="/mug-{0}"><img src="/mug-{0}.jpg" alt=""></a><a href="/mug-{0}">Mug {0}</a><p>12.50 €</p></div>'


def _row(first: int, cell: str) -> str:
    return "<tr>" + "".join(f"<td>{cell.format(number)}</td>" for number in range(first, first + 3)) + "</tr>"


def _read(body: str) -> tuple[int, int]:
    reading = read_html(f"<html><body><main>{body}</main></body></html>", "https://shop.example/mugs")
    return reading.fields["signals"].cards, len({link[0] for link in reading.links if link[3]})


def test_cards_in_the_cells_of_a_table_are_one_grid() -> None:
    assert _read(f"<table>{_row(1, CARD)}{_row(4, CARD)}</table>") == (6, 6)


def test_the_lines_of_a_cart_are_as_many_as_its_rows() -> None:
    line = '<tr><td><a href="/mug-{0}"><img src="/{0}.jpg" alt="">Mug</a></td><td>2</td><td>25.00 €</td></tr>'
    assert _read("<table>" + "".join(map(line.format, range(5))) + "</table>")[0] == 5
