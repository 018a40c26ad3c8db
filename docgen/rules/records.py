"""Rules about records and code tables."""

from typing import Final, Literal

Refused = Literal[
    "ambiguous-code",
    "bad-code",
    "bad-descriptor",
    "bad-policy-date",
    "bad-review-date",
    "contradiction",
    "damaged-table",
    "duplicate-record",
    "misnamed-record",
    "misplaced-override",
    "no-own-records",
    "no-such-handout",
    "required-field",
    "required-section",
    "unknown-code",
    "unknown-section",
]

Either = Literal[
    "code-not-yet-valid",
    "ended-code",
    "no-sections",
    "no-urgent-section",
    "not-reviewed",
    "overdue-record",
    "sample-record",
    "unknown-code-system",
]

MEANINGS: Final[dict[Refused | Either, str]] = {
    "ambiguous-code": "several code systems have a record of this code",
    "bad-code": "a code does not have the form of its code system, or cannot stand here",
    "bad-descriptor": "a licensed descriptor stands in the record of another system than CPT",
    "bad-policy-date": "a policy of a record expires before it takes effect",
    "bad-review-date": "the days of review contradict each other, or one is missing",
    "code-not-yet-valid": "a code may not be used yet on the day of the sheet",
    "contradiction": "two entries of a file contradict each other",
    "damaged-table": "a code table is damaged, or was changed by hand",
    "duplicate-record": "a code has more than one record",
    "ended-code": "a code may no longer be used on the day of the sheet",
    "misnamed-record": "a record is of another code than its file is named for",
    "misplaced-override": "a file changes a record outside of an organization's folder",
    "no-own-records": "a project with records of its own has none in the folder that was named",
    "no-sections": "there is only a title for a code",
    "no-such-handout": "a record is to share a handout that is not there",
    "no-urgent-section": "a record does not tell patients when to call for help",
    "not-reviewed": "no clinician has reviewed a record",
    "overdue-record": "the review of a record is overdue",
    "required-field": "an organization takes away a field that every record needs",
    "required-section": "an organization takes away what tells patients when to call for help",
    "sample-record": "a record is a sample that comes with docgen",
    "unknown-code": "there is no record of a code",
    "unknown-code-system": "a code system is not known",
    "unknown-section": "a record has no section or field of this name",
}
