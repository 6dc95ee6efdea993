"""Answers to the open questions on login, headers, refusals and transport."""

from __future__ import annotations

import re

from .asked import Answer, Asked, described, listed

REFUSALS = {
    "wrong login": "refusals.login-wrong",
    "no token": "refusals.token-none",
    "garbled token": "refusals.token-garbled",
    "no Secretkey": "refusals.key-none",
    "wrong Secretkey": "refusals.key-wrong",
    "Version 3": "spellings.version-3",
    "no Version": "spellings.version-absent",
    "another Version": "refusals.version-other",
    "unknown practice": "refusals.practice",
    "unknown element": "refusals.element",
    "unknown column": "refusals.column",
    "unknown operator": "refusals.operator",
    "value without operator": "refusals.bare-value",
    "malformed value": "refusals.value",
    "another path": "paths.root",
    "GET of the login": "refusals.login-get",
}
SPELLINGS = {
    "Bearer without a blank": "spellings.bearer-no-space",
    "bearer in lower case": "spellings.bearer-lower-case",
    "?token=": "spellings.bearer-query",
}
LIMITS = re.compile(r"rate|limit|retry|quota|throttl", re.IGNORECASE)
CODE = re.compile(r"[A-Z]{4}[0-9]{2}")


def refusals(asked: Asked) -> Answer:
    """Question 1: statuses and bodies of refusals."""
    answer = Answer()
    for label, step in REFUSALS.items():
        asked.said(label, step, answer)
    expired = asked.response("refusals.token-expired")
    if expired is None:
        answer.time.append("expired token (--wait-expiry)")
    else:
        answer.settled.append(f"expired token: {described(expired)}")
    second = asked.response("spellings.second-practice")
    if second is None:
        answer.practice.append("the same key in another practice of the account")
    else:
        answer.settled.append(f"the same key in another practice of the account: {described(second)}")
    answer.practice.append("a practice of another account")
    return answer


def paths(asked: Asked) -> Answer:
    """Question 9: which paths answer."""
    answer = Answer()
    places = {"payer": "paths.payer", "payer_dim": "elements.payer_dim"}
    places |= {name: f"elements.{name}" for name in ("medsurg_history", "quality_data")}
    for label, step in places.items():
        asked.said(label, step, answer)
    answer.missing.append("an element outside the account's own list (the account has to lack one)")
    return answer


def practices(asked: Asked) -> Answer:
    """Question 10: the shape of client_ids."""
    answer = Answer()
    found = asked.document("elements.client_ids")
    response = asked.response("elements.client_ids")
    if response is None or response.status != 200:
        answer.missing.append("client_ids gave no list" + (f" ({described(response)})" if response else ""))
        return answer
    rows = found if isinstance(found, list) else asked.rows("elements.client_ids")
    answer.settled.append("a bare list" if isinstance(found, list) else "the envelope of rows")
    keys = [row for row in rows if isinstance(row, dict)][:1]
    answer.settled += [f"keys of a practice: {listed(row)}" for row in keys]
    names = [str(row["client"]) for row in keys if "client" in row]
    answer.settled += [f"client has the form of a {'code' if CODE.fullmatch(name) else 'name'}" for name in names]
    answer.settled.append("it answers below the practice that was named beforehand")
    return answer


def tokens(asked: Asked) -> Answer:
    """Question 11: the answer to a login, several tokens at once, leeway."""
    answer = Answer()
    for step in ("login.form", "login.json", "login.multipart"):
        asked.said(step, step, answer)
    later = asked.response("spellings.later-token")
    rows = asked.response("elements.appointment")
    if later is None or rows is None:
        answer.missing.append("a later token beside the first")
    else:
        both = later.status == rows.status == 200
        answer.settled.append(f"the first token {'lives on' if both else 'does not live on'} beside a later one")
    expired = asked.response("refusals.token-expired")
    if expired is None:
        answer.time.append("clock leeway (--wait-expiry)")
    else:
        answer.settled.append(f"{'leeway' if expired.status == 200 else 'no leeway'} when the token had just run out")
    return answer


def transport(asked: Asked) -> Answer:
    """Question 15: response headers, limits, browsers."""
    answer = Answer()
    rows = asked.response("elements.appointment")
    if rows is None:
        answer.missing.append("response headers")
        return answer
    names = [name for name, _ in rows.headers]
    answer.settled.append(f"headers of rows: {listed(names)}")
    answer.settled.append(f"content type of rows: {rows.header('Content-Type') or 'none'}")
    answer.settled.append(f"headers about limits: {listed(name for name in names if LIMITS.search(name))}")
    for label, step in (("preflight of a login", "login.preflight"), ("preflight of rows", "browser.preflight")):
        found = asked.response(step)
        if found is None:
            answer.missing.append(label)
            continue
        allowed = [name for name, _ in found.headers if name.lower().startswith("access-control-")]
        answer.settled.append(f"{label}: {found.status}, {listed(allowed)}")
    answer.time.append("whether there is a limit that a small capture does not reach")
    return answer


def spellings(asked: Asked) -> Answer:
    """Question 16: other spellings of the token header."""
    answer = Answer()
    for label, step in SPELLINGS.items():
        asked.said(label, step, answer)
    return answer
