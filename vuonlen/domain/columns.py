"""Names and types of the columns of a household list, once, for readers, engines and tables.

The grain is one household at one review. A blank is unknown, never zero and never "no".
`docs/household-file.md` is the same table for a person.
"""

from __future__ import annotations

TEXT, WHOLE, NUMBER, YES_NO = "text", "whole", "number", "yes_no"

#: column -> type. Measures (`income`, scores) are kept to two decimals.
HOUSEHOLD_COLUMNS: dict[str, str] = {
    "household_id": TEXT,
    "place_code": TEXT,  # commune code of the national statistics office, five digits
    "place_name": TEXT,
    "village": TEXT,
    "area_type": TEXT,  # domain.poverty.AreaType
    "head": TEXT,
    "id_number": TEXT,  # of the head
    "members": WHOLE,  # persons
    "income": NUMBER,  # đồng per head per month
    "consumption": NUMBER,  # đồng per head per month
    "income_score": NUMBER,  # điểm A (B1)
    "deprivation_score": NUMBER,  # điểm B (B2)
    "ethnicity": TEXT,  # code 01-55
    "farm": YES_NO,  # works in agriculture, forestry, fishery or salt
    "previous_status": TEXT,  # domain.poverty.Status at the review before
    "recorded_status": TEXT,  # domain.poverty.Status that the officer's own list says for this review
    "weight": NUMBER,  # survey weight, for sample surveys only
    "children": WHOLE,  # persons under 16
    "children_no_insurance": WHOLE,
    "children_malnourished": WHOLE,
    "children_not_in_school": WHOLE,
}

#: Groups and causes are one yes/no column per code: `group_DTTS`, `cause_C1`.
GROUP_PREFIX, CAUSE_PREFIX = "group_", "cause_"
#: Columns of the file that we do not know are carried along as text under this prefix.
EXTRA_PREFIX = "x_"

#: one row per person; `household_id` ties to the household
MEMBER_COLUMNS: dict[str, str] = {
    "household_id": TEXT,
    "name": TEXT,
    "relation": TEXT,
    "birth_year": WHOLE,
    "birth_date": TEXT,  # ISO 8601 when the day is known
    "sex": TEXT,  # male, female
    "id_number": TEXT,
    "ethnicity": TEXT,
    "has_insurance": YES_NO,
    "in_school": YES_NO,
    "malnourished": YES_NO,
}
