"""Lies about everything around the rows: envelope, page URLs, refusals, headers, login."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from .model import Answer, Asked, Environ, Mutation

URLS = ("next_page_url", "prev_page_url")


def _page(change: Callable[[Asked, Answer], None]) -> Callable[[Asked, Answer], None]:
    """Only where the answer is a page of rows."""
    return lambda asked, answer: change(asked, answer) if answer.paged else None


def _drop_filters(asked: Asked, answer: Answer) -> None:
    for name in URLS:
        url = answer.document[name]
        if url is not None:
            pages = [part for part in urlsplit(url).query.split("&") if part.startswith("page=")]
            answer.document[name] = f"{url.partition('?')[0]}?{'&'.join(pages)}"


def _relative(asked: Asked, answer: Answer) -> None:
    for name in URLS:
        url = answer.document[name]
        if url is not None:
            answer.document[name] = url.removeprefix("{0.scheme}://{0.netloc}".format(urlsplit(url)))


def _total_first(asked: Asked, answer: Answer) -> None:
    answer.document = {"total": answer.document["total"], **answer.document}


def _without_path(asked: Asked, answer: Answer) -> None:
    del answer.document["path"]


def _query_in_path(asked: Asked, answer: Answer) -> None:
    answer.document["path"] += "?page=1"


def _total_text(asked: Asked, answer: Answer) -> None:
    answer.document["total"] = str(answer.document["total"])


def _last_page_one(asked: Asked, answer: Answer) -> None:
    if answer.document["last_page"] == 0:
        answer.document["last_page"] = 1


def _past_end_missing(asked: Asked, answer: Answer) -> None:
    if asked.page > 1 and not answer.document["data"]:
        answer.status, answer.reason, answer.document = 404, "Not Found", {"error": "not_found"}


def _laravel_body(asked: Asked, answer: Answer) -> None:
    """The shape in which the presumed framework reports what it could not validate."""
    if answer.refusal == "filter_column_unknown":
        answer.document = {"message": "The given data was invalid.", "errors": {"column": ["is unknown"]}}


def _operator_400(asked: Asked, answer: Answer) -> None:
    if answer.refusal == "filter_operator_unknown":
        answer.status, answer.reason = 400, "Bad Request"


def _last_one_wins(environ: Environ) -> None:
    """Of two filters on a column the last counts, as in PHP."""
    parts = {part.partition("=")[0]: part for part in environ.get("QUERY_STRING", "").split("&") if part}
    environ["QUERY_STRING"] = "&".join(parts.values())


def _as_payer_dim(environ: Environ) -> None:
    if environ["PATH_INFO"].rstrip("/").endswith("/payer"):
        environ["PATH_INFO"] = environ["PATH_INFO"].rstrip("/") + "_dim"


def _as_payer(asked: Asked, answer: Answer) -> None:
    for name in (*URLS, "path"):
        if answer.document[name] is not None:
            answer.document[name] = answer.document[name].replace("/payer_dim", "/payer")


def _charset(asked: Asked, answer: Answer) -> None:
    if answer.document is not None:
        answer.headers["Content-Type"] = "application/json; charset=utf-8"


def _cacheable(asked: Asked, answer: Answer) -> None:
    answer.headers.pop("Cache-Control", None)


def _counted(asked: Asked, answer: Answer) -> None:
    answer.headers |= {"X-RateLimit-Limit": "60", "X-RateLimit-Remaining": "59"}


def _no_credentials(asked: Asked, answer: Answer) -> None:
    answer.headers.pop("Access-Control-Allow-Credentials", None)


def _more_members(asked: Asked, answer: Answer) -> None:
    if asked.path == "/authenticate" and answer.status == 200:
        answer.document["token_type"] = "bearer"


ANSWERS = (
    Mutation("filters-dropped", "paging.next-keeps-filters", "Page URLs forget filters.", answer=_page(_drop_filters)),
    Mutation("error-body", "error.filter.column", "A refusal has another body.", answer=_laravel_body),
    Mutation("error-status", "error.filter.operator", "A refusal has another status.", answer=_operator_400),
    Mutation("repeated-last", "error.filter.repeated", "The last filter of a column wins.", request=_last_one_wins),
    Mutation("envelope-key-order", "envelope.key-order", "total comes first.", answer=_page(_total_first)),
    Mutation("envelope-key-removed", "envelope.keys", "The envelope has no path.", answer=_page(_without_path)),
    Mutation("envelope-total-text", "envelope.types", "total is text.", answer=_page(_total_text)),
    Mutation("last-page-one", "envelope.last-page-zero", "No rows are one page.", answer=_page(_last_page_one)),
    Mutation("path-with-query", "envelope.path", "path has a query.", answer=_page(_query_in_path)),
    Mutation("urls-relative", "envelope.urls", "Page URLs have no host.", answer=_page(_relative)),
    Mutation("past-end-missing", "paging.past-end", "A page behind the last is 404.", answer=_page(_past_end_missing)),
    Mutation("payer-answers", "path.payer", "payer is served too.", "payer", _as_payer_dim, answer=_page(_as_payer)),
    Mutation("charset", "transport.content-type", "The content type names a charset.", answer=_charset),
    Mutation("cacheable", "transport.cache-control", "Nothing is said about caching.", answer=_cacheable),
    Mutation("rate-limit-headers", "transport.rate-limit", "Answers count requests.", answer=_counted),
    Mutation("cors-anonymous", "cors.credentials", "Browsers may not send credentials.", answer=_no_credentials),
    Mutation("login-members", "login.answer", "A login answers more than a token.", answer=_more_members),
)
