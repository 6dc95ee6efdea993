"""``hjkit drift``: what recording, mock, contract and live API say of the same requests."""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mockserver.errors import InputError, KitError

if TYPE_CHECKING:
    from .cassette import Cassette
    from .drift import Result
    from .drift.asking import Asked
    from .plan import Plan

POLITE = 0.5  # seconds between requests to anybody else's server
LIVE_HOST = "HJKIT_LIVE_HOST"
DAYS = 180


@dataclass(frozen=True)
class Order:
    """What the command line asks for."""

    cassette: Path | None
    live: bool
    base_url: str
    permission: bool
    plan: Path | None
    practice: str
    max_age: int
    prism: Path | None


@click.command()
@click.argument("cassette", type=click.Path(path_type=Path), required=False)
@click.option("--live", is_flag=True, help="Ask the API too, by the plan and in memory only.")
@click.option("--base-url", default="", metavar="URL", help=f"Who is asked with --live; else https and ${LIVE_HOST}.")
@click.option("--i-have-permission", "permission", is_flag=True, help="Whoever answers for the data agrees.")
@click.option("--plan", type=click.Path(path_type=Path), help="Capture plan, where it is not the one in the package.")
@click.option("--practice", default="", help="Practice to begin with, where the plan's is not yours.")
@click.option("--max-age", type=click.IntRange(0), default=DAYS, show_default=True, help="Most days of age; 0: any.")
@click.option("--prism", type=click.Path(path_type=Path), help="Prism's program; else the one on the path, if any.")
@click.option("--propose", type=click.Path(path_type=Path), help="Write there what could change in the contract.")
@click.option("--json", "as_json", is_flag=True, help="The result for machines.")
def drift(propose: Path | None, as_json: bool, **options: object) -> None:
    """Compare a CASSETTE (file or folder), the API with --live, the mock and the contract.

    Ends with 1 if anything differs. What is printed holds no value of a row, no token and nothing a token says. A
    recording that is too old is an error: nothing is asked in its place.
    """
    from . import sealing
    from .drift import report

    sealing.seal()
    order = Order(**options)  # type: ignore[arg-type]
    try:
        result = compared(order, today())
    except InputError:
        raise
    except KitError as error:
        _fail(str(error))
    except Exception as error:
        _fail(f"a defect of this program, {sealing.place(error)}")
    if propose is not None:
        _propose(propose, result)
    click.echo(json.dumps(report.as_json(result), indent=1) if as_json else report.as_text(result), nl=as_json)
    raise SystemExit(0 if result.clean else 1)


def today() -> date:
    """The day by the calendar."""
    return date.today()


def compared(order: Order, day: date) -> Result:
    """Read, ask and compare. Raises InputError."""
    from . import cassette as cassettes
    from .drift import age, compare, comparison

    if order.cassette is None and not order.live:
        raise InputError("nothing to compare", "drift", ["CASSETTE", "--live"])
    if not order.live and (order.base_url or order.permission):
        raise InputError("is only for asking the API", "--base-url", ["--live"])
    found = cassettes.read(order.cassette) if order.cassette else None
    if found is not None:
        age.check(found, str(order.cassette), day, order.max_age)
    return compare(found, _asked(order, found), comparison.contract_of(found), day)


def _asked(order: Order, found: Cassette | None) -> list[Asked]:
    """The live API if it is to be asked, the mock, and Prism if there is one."""
    from . import plan as plans
    from .drift import asking, comparison, prism

    contract = comparison.contract_of(found)
    plan = plans.load(order.plan, [path for path in contract.paths if contract.paths[path].name != "client_ids"])
    views = [_live(order, _beginning(plan, order.practice))] if order.live else []
    if found is None or found.meta.get("plan", plan.name) == plan.name:
        worlds, per_page = comparison.worlds_of(found), comparison.per_page_of(found)
        views.append(asking.ask_mock(plan, comparison.quirks_of(found), worlds=worlds, per_page=per_page))
    program = prism.find(order.prism)
    if program is not None:
        with prism.serving(program, contract) as address:
            views.append(asking.ask_prism(plan, contract, address))
    return views


def _beginning(plan: Plan, practice: str) -> Plan:
    """The plan from another practice. Raises InputError."""
    if not practice:
        return plan
    if not (practice.isalnum() and practice.isascii()):
        raise InputError("must be letters and digits", "--practice", ["a code such as SBOX02"])
    return replace(plan, variables={**plan.variables, "practice": practice})


def _live(order: Order, plan: Plan) -> Asked:
    """The API, with the credentials bound to it. Raises InputError."""
    from . import credentials, target
    from .drift import asking

    host = os.environ.get(LIVE_HOST, "").strip()
    if not (order.base_url or host):
        raise InputError("no API to ask", "--live", ["--base-url URL", LIVE_HOST])
    where = target.parse(order.base_url or f"https://{host}")
    login = credentials.resolve(where, os.environ, _prompt if sys.stdin.isatty() else None, order.permission)
    pause = 0.0 if where.loopback else POLITE
    return asking.ask("live", plan, where, login, lambda: time.sleep(pause))


def _prompt(part: str) -> str:
    text: str = click.prompt(part, hide_input=part != "email", err=True)
    return text


def _propose(path: Path, result: Result) -> None:
    """The proposal, written whole or not at all."""
    from mockserver.contract import load
    from mockserver.contract.quirks import parse_selection

    from . import cassette
    from .drift import propose

    contract = load(parse_selection(result.quirks, "quirks of the cassette"))
    cassette.write_text(path, propose.document(result, contract, today()))
    click.echo(f"proposal: {path}", err=True)


def _fail(sentence: str) -> None:
    click.echo(f"hjkit: {sentence}", err=True)
    raise SystemExit(2)
