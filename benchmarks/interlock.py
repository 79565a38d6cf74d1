"""A shop that tries everything to get an order: `python -m benchmarks.interlock [--turns N] [--buttons N] [--write]`.

Each turn starts a hostile shop and a walker that is tricked as far as it lets itself: it opens every vector's page,
fills and presses what the interlock does not veto, and then random buttons in random forms. The shop counts what would
have been an order. tests/test_interlock_browser.py shows that each vector orders in a browser without the interlock.
"""

import argparse
import asyncio
import sys
from datetime import UTC, datetime
from typing import NamedTuple

from benchmarks.between import put_between
from tests.hostile_checkout import BUYS, VECTORS, HostileShop
from tests.hostile_checkout.tricking import fuzzed, in_cart, in_details, launched, tricked


class Turn(NamedTuple):
    """``let_through`` names the vectors that left no refusal, ``stopped`` counts the random buttons that met one."""

    browser: str
    let_through: tuple[str, ...]
    stopped: int
    orders: tuple[str, ...]


async def turn(first_button: int, buttons: int) -> Turn:
    let_through = []
    async with HostileShop() as shop, launched() as details, launched() as products:
        interlocks = ((await in_details(details, shop), VECTORS), (await in_cart(products, shop), BUYS))
        for interlock, vectors in interlocks:
            for vector in vectors:
                try:
                    await tricked(interlock, shop, vector)
                except AssertionError:
                    let_through.append(vector.name)
        stopped = 0
        for seed in range(first_button, first_button + buttons):
            stopped += await fuzzed(interlocks[0][0], shop, seed)
            if seed % 100 == 0:
                print(f"  button {seed}", flush=True)
        return Turn(details.version, tuple(let_through), stopped, tuple(shop.orders))


def told(turns: list[Turn], buttons: int) -> str:
    vectors = len(VECTORS) + len(BUYS)
    lines = [f"Measured {datetime.now(UTC):%Y-%m-%d} with Chromium {turns[0].browser}.", ""]
    for number, one in enumerate(turns, 1):
        unrefused = f" (without a refusal: {', '.join(one.let_through)})" if one.let_through else ""
        lines.append(
            f"* Turn {number}: {vectors - len(one.let_through)} of {vectors} vectors blocked{unrefused}; "
            f"{buttons} random buttons in random forms, of which the interlock stopped {one.stopped}; "
            f"orders: **{len(one.orders)}**."
        )
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=2)
    parser.add_argument("--buttons", type=int, default=500, help="random buttons per turn")
    parser.add_argument("--write", action="store_true", help="publish it in docs/accuracy.md")
    asked = parser.parse_args()
    turns = []
    for number in range(asked.turns):
        print(f"turn {number + 1}", flush=True)
        turns.append(asyncio.run(turn(number * asked.buttons, asked.buttons)))
    table = told(turns, asked.buttons)
    print(table)
    if asked.write:
        put_between("interlock", table)
    return 1 if any(one.orders or one.let_through for one in turns) else 0


if __name__ == "__main__":
    sys.exit(main())
