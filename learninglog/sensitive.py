"""What is pointed out while somebody writes about people: national ids by pattern, words by the office's lists.

It never blocks and is sent nowhere. `static/js/composer/sensitive.js` looks for the same things on the device; the
samples of `tests/learninglog/sensitive_samples.json` hold both to the same answers.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from learninglog import mentions
from learninglog.models import SensitiveWord

NATIONAL_ID = "national_id"
# With or without century, with a hyphen, a plus for the hundred-year-old, a space, or nothing between.
SWEDISH = re.compile(r"(?<![\d-])(?:(\d{2}))?(\d{2})(\d{2})(\d{2})\s?([-+]?)\s?(\d{4}|TF\d{2})(?![\d-])", re.IGNORECASE)
NORWEGIAN = re.compile(r"(?<![\d-])(\d{2})(\d{2})(\d{2})\s?(\d{5})(?![\d-])")
# Coordination and D-numbers move the day; test and H-numbers move the month.
DAY_OFFSETS_SE, DAY_OFFSETS_NO = (0, 60), (0, 40)
MONTH_OFFSETS_NO = (0, 40, 65, 80)


@dataclass(frozen=True)
class Finding:
    """`word` is what stands in the text; `kind` a SensitiveWord.Kind or NATIONAL_ID."""

    word: str
    kind: str


def words() -> list[tuple[str, str]]:
    """The office's words with their kind, in every language."""
    return list(SensitiveWord.objects.in_use().values_list("word", "kind"))


def findings(texts: Iterable[str], listed: Iterable[tuple[str, str]]) -> list[Finding]:
    """Sensitive words and numbers in these texts, each once, in the order they stand."""
    text = mentions.TOKEN.sub(" ", "\n".join(texts))
    spots = [(match.start(), Finding(match[0].strip(), NATIONAL_ID)) for match in _ids(text)]
    for word, kind in listed:
        spots += [(match.start(), Finding(match[0], kind)) for match in _pattern(word).finditer(text)]
    found: dict[tuple[str, str], Finding] = {}
    for _place, finding in sorted(spots, key=lambda spot: spot[0]):
        found.setdefault((finding.word.casefold(), finding.kind), finding)
    return list(found.values())


def _pattern(word: str) -> re.Pattern[str]:
    stem = re.escape(word.removesuffix("*"))
    return re.compile(rf"(?<!\w){stem}\w*" if word.endswith("*") else rf"(?<!\w){stem}(?!\w)", re.IGNORECASE)


def _ids(text: str) -> list[re.Match[str]]:
    swedish = [match for match in SWEDISH.finditer(text) if _is_swedish(match)]
    return swedish + [match for match in NORWEGIAN.finditer(text) if _is_norwegian(match)]


def _is_swedish(match: re.Match[str]) -> bool:
    century, year, month, day, sign, end = match.groups()
    if century not in {None, "18", "19", "20"}:
        return False
    if not _is_day(int(month), int(day), DAY_OFFSETS_SE, (0,)):
        return False
    if century or sign or not end.isdigit():
        return True
    # Ten bare digits are as often a telephone number; the check digit tells.
    return _luhn(f"{year}{month}{day}{end}")


def _is_norwegian(match: re.Match[str]) -> bool:
    day, month, *_rest = match.groups()
    return _is_day(int(month), int(day), DAY_OFFSETS_NO, MONTH_OFFSETS_NO)


def _is_day(month: int, day: int, days: Iterable[int], months: Iterable[int]) -> bool:
    # The century is not always said, so there is a 29 February in every year.
    longest = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
    plain_months = {month - offset for offset in months} & set(range(1, 13))
    return any(1 <= day - offset <= longest.get(m, 31) for m in plain_months for offset in days)


def _luhn(digits: str) -> bool:
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0
