"""Lies about rows: their columns, values, order, and which of them come at all."""

from __future__ import annotations

from .model import Answer, Asked, Environ, Mutation, Row


def _renamed(row: Row) -> Row:
    return {("town" if name == "city" else name): value for name, value in row.items()}


def _flipped(row: Row) -> Row:
    return {**row, "duration": int(row["duration"])} if row.get("duration") else row


def _emptied(row: Row) -> Row:
    return {name: "" if value is None else value for name, value in row.items()}


def _without_bmi(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "bmi"}


def _with_mood(row: Row) -> Row:
    """A new column in the middle, as a vendor would add one."""
    names = list(row)
    place = names.index("status") + 1
    return {**{n: row[n] for n in names[:place]}, "visit_mood": "calm", **{n: row[n] for n in names[place:]}}


def _with_flag(row: Row) -> Row:
    return {**row, "delete_ind": "N"}


def _sorted_keys(row: Row) -> Row:
    return dict(sorted(row.items()))


def _with_t(row: Row) -> Row:
    stamps = ("hj_create_timestamp", "hj_modify_timestamp")
    return {name: value.replace(" ", "T") if name in stamps else value for name, value in row.items()}


def _dashed(row: Row) -> Row:
    day = row["date"]
    return {**row, "date": f"{day[:4]}-{day[4:6]}-{day[6:]}"}


def _null_type(row: Row) -> Row:
    return {**row, "type": None}


def _by_id(asked: Asked, rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: int(row["appointmentid"]))


def _oldest_first(asked: Asked, rows: list[Row]) -> list[Row]:
    return rows[::-1]


def _strictly_between(asked: Asked, rows: list[Row]) -> list[Row]:
    bounds = [(column, values) for column, op, values in asked.filters if op == "btwn"]
    return [row for row in rows if not any(_is_one_of(row[column], values) for column, values in bounds)]


def _is_one_of(value: object, values: tuple[str, ...]) -> bool:
    return any(str(value) == given or _same_instant(str(value), given) for given in values)


def _same_instant(one: str, other: str) -> bool:
    """Timestamps lose the trailing zeros of their fraction."""
    return len(one) > 18 and one[10:11] == " " and one.rstrip("0").rstrip(".") == other.rstrip("0").rstrip(".")


def _live_only(asked: Asked, rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["delete_ind"] != "Y"]


def _half(size: int) -> int:
    """500 of the vendor's 1000."""
    return max(1, size // 2)


def _lt_as_lte(environ: Environ) -> None:
    environ["QUERY_STRING"] = environ.get("QUERY_STRING", "").replace("=lt~", "=lte~").replace("=lt%7E", "=lte~")


def _lte_as_lt(asked: Asked, answer: Answer) -> None:
    """The page URLs say what was asked."""
    if answer.paged and "lt" in {op for _, op, _ in asked.filters}:
        for name in ("next_page_url", "prev_page_url"):
            answer.document[name] = (answer.document[name] or "").replace("=lte~", "=lt~") or None


ROWS = (
    Mutation("field-renamed", "demographic.city", "A column has another name.", "demographic", row=_renamed),
    Mutation("type-flipped", "appointment.duration", "Text became a number.", "appointment", row=_flipped),
    Mutation("null-habit", "row.null-habit.other", "Empty text stands for null.", "diagnosis", row=_emptied),
    Mutation("order", "order.newest-first", "Rows come by Healthjump id.", "appointment", select=_by_id),
    Mutation("field-removed", "vitals.bmi", "A column is gone.", "vitals", row=_without_bmi),
    Mutation("field-added", "row.columns.inferred", "A column is new.", "encounter", row=_with_mood),
    Mutation("per-page", "paging.per-page", "A page holds half as many rows: 500 of 1000.", per_page=_half),
    Mutation("btwn-exclusive", "filter.btwn", "btwn leaves out its bounds.", select=_strictly_between),
    Mutation("null-where-forbidden", "allergy.type", "A value may be null.", "allergy", row=_null_type),
    Mutation("order-elsewhere", "order.newest-first.other", "Oldest change first.", "medication", select=_oldest_first),
    Mutation("row-key-order", "row.key-order.other", "Columns come by name.", "provider", row=_sorted_keys),
    Mutation("delete-ind-elsewhere", "row.delete-ind.other", "Another element has one.", "demographic", row=_with_flag),
    Mutation("deleted-withheld", "row.deleted-delivered", "Deleted rows stay away.", "appointment", select=_live_only),
    Mutation("timestamp-with-t", "format.timestamp", "A T between day and time.", row=_with_t),
    Mutation("date-dashed", "format.date", "Days are YYYY-MM-DD.", "appointment", row=_dashed),
    Mutation("lt-inclusive", "filter.lt", "lt keeps rows equal to it.", request=_lt_as_lte, answer=_lte_as_lt),
)
