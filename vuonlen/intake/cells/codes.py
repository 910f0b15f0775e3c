"""Words that stand for codes: ethnic group, class, area type, sex, relation, target groups, causes, commune codes."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from vuonlen import rules
from vuonlen.domain.poverty import AreaType, Status
from vuonlen.intake.cells.notes import Raw, refuse, repaired, shown
from vuonlen.intake.cells.texts import clean, fold, text_cell

_LISTS = Path(rules.__file__).parent / "lists"
_DASHES = frozenset({"-", "–", "—"})

_POOR, _NEAR, _NOT = Status.POOR.value, Status.NEAR_POOR.value, Status.NOT_POOR.value
_STATUS = {
    _POOR: "ngheo|ho ngheo|n|hn|ngheo moi|ngheo cu|tai ngheo|ho ngheo moi|ho ngheo cu|ho tai ngheo|poor|hngheo|h ngheo",
    _NEAR: "can ngheo|ho can ngheo|cn|hcn|can ngheo moi|can ngheo cu|tai can ngheo|near poor|h can ngheo|"
    "thoat ngheo tro thanh can ngheo|thoat ngheo tro thanh ho can ngheo|thoat ngheo con can ngheo",
    _NOT: "khong ngheo|ho khong ngheo|kn|thoat ngheo|ho thoat ngheo|thoat can ngheo|ho thoat can ngheo|vuot chuan|"
    "vuot chuan can ngheo|trung binh|ho trung binh|muc song trung binh|ho co muc song trung binh|kha|kha giau|giau|"
    "binh thuong|not poor|ho binh thuong",
    Status.UNDETERMINED.value: "undetermined|chua xac dinh|chua ra soat",
}
_STATUSES = {word: status for status, words in _STATUS.items() for word in words.split("|")}
_AREAS = {
    **dict.fromkeys(("nong thon", "nt", "rural", "xa", "khu vuc nong thon"), AreaType.RURAL.value),
    **dict.fromkeys(
        ("thanh thi", "tt", "urban", "do thi", "phuong", "thi tran", "khu vuc thanh thi"), AreaType.URBAN.value
    ),
}
_SEXES = {
    **dict.fromkeys(("nam", "male", "m", "trai"), "male"),
    **dict.fromkeys(("nu", "female", "f", "gai"), "female"),
}
_ETHNIC_ALIASES = {
    "08": "mong|hmong|h mong|meo|mong hmong",
    "05": "khmer|kho me|kho mer|khome",
    "12": "e de|ede|rade",
    "15": "san chai|cao lan|san chi|cao lan san chi|san chai cao lan san chi|cao lan san chai",
    "10": "gia rai|jarai|gia lai|j rai|giarai",
    "13": "ba na|bahnar|bana",
    "14": "xo dang|xe dang|sedang|xodang",
    "16": "co ho|k ho|koho|kho|coho",
    "20": "mnong|m nong",
    "22": "xtieng|x tieng|stieng|xo tieng",
    "23": "bru van kieu|van kieu|bru",
    "26": "co tu|ka tu|k tu|cotu",
    "27": "gie trieng|gie|gietrieng",
    "29": "kho mu|khmu|khomu",
    "31": "ta oi|pa co|taoi",
    "32": "cho ro|choro",
    "21": "ra glai|raglai|raglei",
    "36": "chu ru|churu",
    "34": "xinh mun|sinh mun",
    "47": "co lao|co lao co lao|qo lao",
    "53": "o du|odu",
    "54": "ro mam|romam",
    "33": "khang",
    "19": "hre|h re",
    "04": "hoa|han",
    "55": "nguoi nuoc ngoai|nuoc ngoai",
}
_GROUP_ALIASES = {
    "DTTS": "dtts|dan toc thieu so|ho dtts|ho dan toc thieu so",
    "KCKNLD": "kcknld|khong co knld|ho kcknld|ho khong co knld|khong co kha nang lao dong|"
    "ho khong co kha nang lao dong|khong kha nang lao dong|khong knld|ho khong con kha nang lao dong",
    "NCC": "ncc|ho ncc|nguoi co cong|ho co nguoi co cong|ho co thanh vien cccm|ho co thanh vien la nguoi co cong|cccm|"
    "ho co thanh vien la nguoi co cong voi cach mang|nguoi co cong voi cach mang|ho co cong|co cong cach mang|"
    "ho cscc|cscc",
    "DTTC": "dttc|ho dttc|dan toc tai cho|dan toc thieu so tai cho",
    "NSTB": "nstb|mstb|nln mstb|ho nln mstb",
    "KHAC": "nhom khac|doi tuong khac",
}
_CAUSE_ALIASES = {
    "C1": "thieu dat|khong co dat|khong co dat san xuat|thieu dat san xuat",
    "C2": "thieu von|khong co von|thieu von san xuat|khong co von san xuat",
    "C3": "thieu lao dong|khong co lao dong",
    "C4": "thieu cong cu|thieu phuong tien|thieu phuong tien san xuat|thieu cong cu phuong tien san xuat|"
    "thieu cong cu san xuat|khong co cong cu phuong tien san xuat",
    "C5": "thieu kien thuc|thieu kien thuc san xuat|khong co kien thuc ve san xuat|khong biet cach lam an",
    "C6": "thieu ki nang|thieu ki nang lao dong|khong co ki nang lao dong|thieu tai nghe|khong co tai nghe",
    "C7": "om dau|tai nan|om dau tai nan|om dau benh tat|benh nang|om dau benh nang|om dau benh nang tai nan",
    "C8": "nguien nhan khac",
}


@cache
def code_list(name: str) -> tuple[dict[str, Any], ...]:
    """The entries of vuonlen/rules/lists/<name>.yaml, as they stand."""
    return tuple(yaml.safe_load((_LISTS / f"{name}.yaml").read_text("utf-8")))


@cache
def ethnic_names() -> dict[str, str]:
    """Folded name or code -> two-digit code."""
    found: dict[str, str] = {}
    for one in code_list("ethnic_groups"):
        found |= {fold(one["name_vi"]): one["code"], fold(one["name_vi"]).replace(" ", ""): one["code"]}
        found |= {one["code"]: one["code"], str(int(one["code"])): one["code"]}
    return found | {word: code for code, words in _ETHNIC_ALIASES.items() for word in words.split("|")}


@cache
def group_names() -> dict[str, str]:
    """Folded name -> code of the target group."""
    return _names("target_groups", _GROUP_ALIASES)


@cache
def cause_names() -> dict[str, str]:
    """Folded name -> code of the cause of poverty."""
    return _names("poverty_causes", _CAUSE_ALIASES)


def _names(name: str, aliases: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in code_list(name):
        named = (one["code"], one["name_vi"], one.get("name_circular_vi") or one["code"])
        found |= {fold(text): one["code"] for text in named}
    return found | {word: code for code, words in aliases.items() for word in words.split("|")}


def _word(raw: Raw) -> tuple[str, str]:
    text = shown(raw).strip()
    return text, fold(text)


def status_cell(raw: Raw) -> object:
    """domain.poverty.Status of a word such as "cận nghèo", "N", "thoát nghèo"."""
    text, word = _word(raw)
    if not text or text in _DASHES:
        return repaired(None, "X-DASH", text, "") if text else None
    if word in _STATUSES:
        return _STATUSES[word]
    parts = {_STATUSES.get(fold(part)) for part in re.split(r"[;,/+]| và ", text.lower())}
    return refuse("R-STATUS-TWO") if {_POOR, _NEAR} <= parts else refuse("R-STATUS", text=text)


def area_cell(raw: Raw) -> object:
    text, word = _word(raw)
    if not text:
        return None
    return _AREAS.get(word) or refuse("R-AREA", text=text)


@lru_cache(maxsize=20_000)
def area_of_place(name: str) -> str | None:
    """Area type that the name of a unit tells: Xã rural; Phường and Thị trấn urban; Đặc khu and others nothing."""
    word = fold(name)
    if re.match(r"(?:xa|x) ", word):
        return AreaType.RURAL.value
    return AreaType.URBAN.value if re.match(r"(?:phuong|thi tran|tt|p) ?", word + " ") and _urban(word) else None


def _urban(word: str) -> bool:
    return re.match(r"(?:phuong|thi tran|tt|p)(?: |\d)", word) is not None


def ethnicity_cell(raw: Raw) -> object:
    """Two-digit code of the list of ethnic groups, from the code or the name in its usual spellings."""
    text, word = _word(raw)
    if not text or text in _DASHES:
        return repaired(None, "X-DASH", text, "") if text else None
    names = ethnic_names()
    bare = re.sub(r"^(?:dan toc|nguoi) (?!nuoc)", "", word)
    found = names.get(bare) or names.get(bare.replace(" ", ""))
    if found is None and "(" in text:  # Mông (H'Mông), Sán Chay (Cao Lan)
        found = names.get(fold(text.split("(")[0]))
    return found or refuse("R-ETHNICITY", text=text)


def sex_cell(raw: Raw) -> object:
    text, word = _word(raw)
    if not text:
        return None
    return _SEXES.get(word) or refuse("R-SEX", text=text)


def is_head(relation: str | None) -> bool:
    """Whether a relation says that the person is the head (chủ hộ)."""
    return relation is not None and fold(relation) in {"chu ho", "ch", "la chu ho", "ban than"}


def list_cell(raw: Raw, names: dict[str, str], code: str) -> object:
    """Codes in one cell ("DTTS; NCC", "C1, C7", "1;7" for causes); refused with `code` and the part not known."""
    if raw is None or raw == "":
        return None
    text = str(getattr(clean(shown(raw)), "value", None) or shown(raw)).strip()
    if text in _DASHES or fold(text) in {"khong", "0"}:
        return frozenset[str]()
    if fold(text) in names:
        return frozenset({names[fold(text)]})
    found = set()
    for part in re.split(r"[;,/+\n&]| và ", text):
        word = fold(part)
        if word and (known := names.get(word) or names.get(f"c{word}")) is None:
            return refuse(code, text=part.strip())
        elif word and known:
            found.add(known)
    return frozenset(found)


def place_code_cell(raw: Raw) -> object:
    """Five-digit commune code. A number cell of four digits has lost its zero: padded and listed; text never is."""
    if raw is None or raw == "":
        return None
    text = shown(raw).strip()
    if re.fullmatch(r"\d{5}", text):
        return text
    if not isinstance(raw, str) and re.fullmatch(r"\d{2,4}", text):
        return repaired(text.zfill(5), "X-PLACE-ZERO", text, text.zfill(5))
    return refuse("R-PLACE-CODE", text=text)


def head_is_dead(relation: str) -> bool:
    """Whether the words of a relation say that this head of household has died."""
    return re.match(r"(?:chu ho|ch) .*\b(?:chet|mat)\b", fold(relation)) is not None


def plain_text(raw: Raw) -> str | None:
    """The cell as clean text, without its remarks."""
    found = text_cell(raw)
    found = getattr(found, "value", found)
    return None if found is None else str(found)
