"""Canaries: values nobody has, each shaped like what must never be written, and where each was put."""

from __future__ import annotations

import base64
import gzip
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from mockserver.contract import Contract, Property

KEPT = frozenset(
    {
        *("state", "state-padded", "gender", "race", "ethnicity", "language"),
        *("flag", "letter", "abnormal-flag", "compact-time", "clock-time", "integer-text", "decimal-text"),
        *("cvx", "loinc", "diagnosis-code", "taxonomy", "modifier", "place-of-service"),
    }
)
"""Notations whose every value passes by rule: too short or too public to tell of anybody."""


@dataclass
class Aviary:
    """Makes canaries; ``planted`` are all of them with what they are."""

    planted: dict[str, str] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(17))
    days: Iterator[int] = field(default_factory=itertools.count)

    def plant(self, what: str, canary: str, *parts: str) -> str:
        """Remember the canary, or the parts of it that must not be met again; give it back."""
        for part in parts or (canary,):
            assert part not in self.planted, part
            self.planted[part] = what
        return canary

    def own(self, prop: Property) -> object:
        """A value in the column's own notation; the contract's example where that says nothing of anybody."""
        n = next(self.numbers)
        if prop.format in KEPT:
            return prop.example
        made = self._own(prop.format, n)
        self.plant(f"own {prop.format}", made, *(word for word in made.replace("@", " ").split() if spelt(n) in word))
        return int(made) if "integer" in prop.types else made

    def _own(self, format_: str, n: int) -> str:
        match format_:
            case "surrogate":
                return f"{123_450_000 + n * 7}"
            case "provider" | "provider-or-empty":
                return npi(n)
            case "ssn":
                return f"{212_340_000 + n * 3}"
            case "phone":
                return f"312773{n:04}"
            case "email":
                return f"euphemia{spelt(n)}@hospital.org"
            case "row-hash":
                return f"{0xFACADE0000000000BEEFCAFE00000000 + n:032x}"
            case "practice-code":
                return spelt(n)[:4].upper() + f"{n % 100:02}"
            case "compact-date" | "year-or-date":
                return f"{self._day(1950):%Y%m%d}"
            case "hj-timestamp":
                return f"{self._day(2020):%Y-%m-%d} 0{n % 10}:14:{n % 60:02}.{100003 + n * 11}"
            case "zip":
                return f"{606 + n % 200}{n % 89 + 11}"
            case "money-text":
                return f"{31_411 + n * 13}.{n % 90 + 10}"
            case "ndc":
                return f"{52_123_000_000 + n * 17}"
            case "procedure-code":
                return f"{93_000 + n}"
            case "type-code":
                return spelt(n)[:4].upper()
            case "code":
                return f"X{spelt(n)}".upper()
        return f"{4_820_000 + n * 37}" if format_ == "digits" else f"Euphemia{spelt(n)} Ouarzazate"

    def _day(self, year: int) -> date:
        """Days within one year, so that none is another one shifted by at least that much."""
        return date(year, 1, 1) + timedelta(days=next(self.days))

    def misplaced(self) -> str:
        """A name, a number, an address: what people type where it does not belong."""
        n = next(self.numbers)
        tails = {
            0: (f"Aurelio{spelt(n)} Oceanside", f"Aurelio{spelt(n)}"),
            1: (f"{401 + n % 200}-{11 + n % 80}-{4000 + n}",),
            2: (f"SSN {301_220_000 + n * 7}", f"{301_220_000 + n * 7}"),
            3: (f"({312 + n % 300}) 664-{5000 + n}", f"664-{5000 + n}"),
            4: (f"aurelia{spelt(n)}@mail.com", f"aurelia{spelt(n)}"),
            5: (f"{58_300_000 + n * 3}",),
            6: (f"MRN:{77_120_000 + n * 9}", f"{77_120_000 + n * 9}"),
            7: (f"{n} Eucalyptus{spelt(n)} Avenue", f"Eucalyptus{spelt(n)}"),
            8: (f"born 03/{1 + n % 28:02}/{1100 + n}", f"03/{1 + n % 28:02}/{1100 + n}"),
            9: (f"https://portal.aquarius{spelt(n)}.com/u/{n}", f"aquarius{spelt(n)}"),
            10: (npi(n),),
        }
        canary, *parts = tails[n % len(tails)]
        return self.plant("misplaced", canary, *parts)

    def name(self, what: str) -> str:
        n = next(self.numbers)
        return self.plant(what, f"Iolanthe{spelt(n)}")

    def number(self) -> int:
        return int(self.plant("number", f"{66_010_000 + next(self.numbers) * 11}"))

    def wrapped(self, what: str) -> dict[str, str]:
        """Names inside JSON, base64, gzip and base64, and JSON inside JSON."""
        names = [self.name(f"{what}, {how}") for how in ("json", "base64", "gzip in base64", "json in json", "escaped")]
        inner = json.dumps({"note": json.dumps({"patient": names[3]})})
        return {
            "json": json.dumps({"patient_name": names[0], "list": [1, None, True]}),
            "base64": base64.b64encode(f"patient {names[1]}".encode()).decode(),
            "zipped": base64.b64encode(gzip.compress(names[2].encode(), mtime=0)).decode(),
            "nested": inner,
            "escaped": "".join(f"%{ord(c):02X}" for c in names[4]),
        }

    def token(self) -> str:
        """A token as the vendor makes them, with staff in it."""
        claims = {
            "iss": "http://api.healthjump.com/authenticate",
            "iat": 1_650_000_000,
            "jti": self.name("token jti"),
            "sub": int(self.plant("token sub", f"{9_182_000 + next(self.numbers)}")),
            "first_name": self.name("token first name"),
            "email": self.plant("token email", f"ottavio{spelt(next(self.numbers))}@vendor-staff.com"),
            "roles": ["admin", self.name("token role")],
            "aws_error": f"user {self.name('token error')} is not authorized",
            "customer": {
                "name": self.name("token customer"),
                "contacts": json.dumps([{"name": self.name("token contact"), "phone": "3126645099"}]),
                "standard_elements": "allergy,appointment",
                "never_seen": self.name("token unknown claim"),
            },
        }
        parts = [{"typ": "JWT", "alg": "RS256"}, claims]
        texts = [base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in parts]
        signature = self.plant("token signature", f"Zm9v{spelt(next(self.numbers))}YmFyQmF6UXV4AEIOUaeiou")
        return ".".join([*texts, signature])


def spelt(n: int) -> str:
    """The number in vowels, which no invented word has."""
    return "".join("aeiou"[n // 5**place % 5] for place in range(6))


def npi(n: int) -> str:
    """A number with the check digit of an NPI."""
    base = f"1{230_000_00 + n * 13:08}"
    doubled = [int(c) * (1 + i % 2) for i, c in enumerate("80840" + base)]
    return f"{base}{-sum(sum(divmod(d, 10)) for d in doubled) % 10}"


def rows(aviary: Aviary, contract: Contract, element: str) -> list[dict[str, object]]:
    """Two rows: canaries in their own columns, and in others'. The second has unknown fields as well."""
    props = contract.elements[element].properties
    own = {p.wire: aviary.own(p) for p in props}
    strange: dict[str, object] = {p.wire: aviary.misplaced() for p in props}
    strange |= aviary.wrapped(f"{element} unknown field")
    strange["unknown_object"] = {"given": aviary.name("nested object"), "n": aviary.number()}
    strange[f"{aviary.name('key')} of them"] = 1
    return [own, strange]
