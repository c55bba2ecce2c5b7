"""How far an addressee is; apart from the rest of the status, so that `dxkpi` alone can speak of it at once."""

from enum import StrEnum


class State(StrEnum):
    """How far an addressee is."""

    NOT_RETURNED = "未提出"
    RETURNED = "提出済"  # nothing to ask of them, but one of their rows is in conflict and undecided
    SENT_BACK = "差し戻し中"
    TO_ASK = "確認待ち"
    DONE = "完了"
