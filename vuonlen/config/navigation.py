"""The navigation, in the order shown.

How a capability adds its entry: one line in NAVIGATION, in the place where it shall stand. The words are translated
when the page is drawn. `accounts.web.context` hands the entries to the template as `navigation`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _


class Entry(NamedTuple):
    """route: name of the address, without arguments. label: lazily translated. icon: of bootstrap-icons.

    rights: shown to whoever holds one of them somewhere (values of `accounts.rights.Right`); none: to all signed in.
    badge: dotted name of a function that tells a user how many things wait there; 0 or "" shows nothing.
    """

    route: str
    label: Any
    icon: str
    rights: frozenset[str] = frozenset()
    badge: str = ""


NAVIGATION: list[Entry] = [
    Entry("registry_search:list", _("Hộ gia đình"), "houses", frozenset({"read_households"})),
    Entry("registry_search:look_up", _("Tra cứu hộ"), "search", frozenset({"look_up_household"})),
    Entry("geography:tree", _("Địa bàn"), "map"),
    Entry(
        "registry_intake:batches",
        _("Nhập danh sách"),
        "file-earmark-spreadsheet",
        frozenset({"import", "approve_register"}),
        "vuonlen.registry.intake.queries.waiting_for",
    ),
    Entry(
        "approval:waiting",
        _("Duyệt"),
        "check2-square",
        frozenset({"approve_register", "approve_roles", "import", "edit_households", "propose_roles"}),
        "vuonlen.approval.queries.waiting_for",
    ),
    Entry(
        "jobs:list",
        _("Việc chạy nền"),
        "hourglass-split",
        frozenset({"import", "export", "approve_register", "manage_places"}),
    ),
    Entry("oversight:entries", _("Nhật ký"), "journal-text", frozenset({"read_journal"})),
    Entry("staff:list", _("Nhân sự"), "people", frozenset({"propose_roles", "approve_roles"})),
]

#: functions that tell what waits for a user on `/`: user -> card or None (docs/how-to/make-a-page.md)
HOME_CARDS: list[str] = [
    "vuonlen.approval.web.cards.waiting",
    "vuonlen.registry.intake.web.cards.to_review",
    "vuonlen.jobs.web.cards.unfinished",
    "vuonlen.geography.web.assigning.card",
]
