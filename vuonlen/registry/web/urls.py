"""Addresses of the register, under `ho/`."""

from __future__ import annotations

from django.urls import path, register_converter

from vuonlen.registry.web import mergers, pages, verbs


class PublicId:
    """Twelve letters that say nothing: see foundation.ids."""

    regex = "[0-9a-z]{12}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PublicId, "public_id")

app_name = "registry"
urlpatterns = [
    path("them/", verbs.add, name="add"),
    path("chuyen-don-vi/", mergers.units, name="mergers"),
    path("chuyen-don-vi/<public_id:public_id>/", mergers.assign, name="assign"),
    path("chuyen-don-vi/<public_id:public_id>/tat-ca/", mergers.carry, name="carry"),
    path("<public_id:public_id>/", pages.household, name="household"),
    path("<public_id:public_id>/lich-su/", pages.older, name="history"),
    path("<public_id:public_id>/hoan-tac/<public_id:act_id>/", verbs.undoing, name="undo"),
    path("<public_id:public_id>/nguoi/<public_id:person_id>/so-dinh-danh/", pages.id_number, name="id_number"),
    *(
        path(f"<public_id:public_id>/{word}/", verbs.on_household, {"word": word}, name=name)
        for word, (name, _form) in verbs.ON_HOUSEHOLD.items()
    ),
    *(
        path(f"<public_id:public_id>/nguoi/<public_id:person_id>/{word}/", verbs.on_member, {"word": word}, name=name)
        for word, (name, _form) in verbs.ON_MEMBER.items()
    ),
]
