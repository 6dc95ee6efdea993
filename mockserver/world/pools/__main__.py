"""Draws the name and address pools anew: ``python -m mockserver.world.pools [FOLDER]``.

Faker is a development tool, pinned to the version below; worlds read only the committed files. A draw with
the pinned version repeats them byte for byte. The other CSV files of this folder are written by hand.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

FAKER = "40.54.0"
SEED = 20220801
COUNTS = {"first_female": 320, "first_male": 320, "last": 500, "street": 400, "city": 60}


def draw(count: int, one: Callable[[], str]) -> list[str]:
    """So many different plain texts, in the order drawn."""
    found: dict[str, None] = {}
    while len(found) < count:
        text = one()
        if text.isascii() and "," not in text:
            found[text] = None
    return list(found)


def pools() -> dict[str, list[str]]:
    """Every pool by file stem. Raises RuntimeError under another version of Faker."""
    import faker

    if faker.VERSION != FAKER:
        raise RuntimeError(f"the pools are drawn by Faker {FAKER}, this is {faker.VERSION}")
    fake = faker.Faker("en_US", use_weighting=False)
    fake.seed_instance(SEED)
    kinds: dict[str, Callable[[], str]] = {
        "first_female": fake.first_name_female,
        "first_male": fake.first_name_male,
        "last": fake.last_name,
        "street": fake.street_name,
        "city": fake.city,
    }
    return {name: draw(COUNTS[name], one) for name, one in kinds.items()}


def main(folder: Path) -> None:
    """Writes one file per pool: a heading, then one value a line."""
    for name, values in pools().items():
        (folder / f"{name}.csv").write_text("\n".join([name, *values]) + "\n", encoding="ascii")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
