"""Search that finds English words by their stems and Chinese words by pairs of characters, without a dictionary.

Chinese is written without spaces. A run of Chinese characters is entered as each character and each pair of neighbours;
a query is cut into the same pairs, all of which must be on a page. So 红包 is found in 天天发红包, and no package that
knows words is needed.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from sphinx.search.en import SearchEnglish

__all__ = ["SearchBoth"]

_PARTS = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[^\W\u3400-\u4dbf\u4e00-\u9fff]+")


def _is_chinese(part: str) -> bool:
    return "\u3400" <= part[0] <= "\u9fff"


class SearchBoth(SearchEnglish):
    """English and Chinese on one site."""

    js_splitter_code = r"""
function splitQuery(query) {
  const parts = query.match(
    /[\u3400-\u4dbf\u4e00-\u9fff]+|(?:(?![\u3400-\u4dbf\u4e00-\u9fff])[\p{Letter}\p{Number}_])+/gu) || [];
  return parts.flatMap((part) =>
    !/^[\u3400-\u9fff]/.test(part) || part.length < 2 ? [part]
      : Array.from({length: part.length - 1}, (_, k) => part.slice(k, k + 2)));
}
"""

    def __init__(self, options: dict[str, str]) -> None:
        super().__init__(options)
        self._english_stem = cache(super().stem)  # the same words come on every page

    def stem(self, word: str) -> str:
        """Chinese has none."""
        return word if _is_chinese(word) else self._english_stem(word)

    def split(self, input: str) -> list[str]:
        """Words; of Chinese each character and each pair of neighbours."""
        found: list[str] = []
        for part in _PARTS.findall(input):
            found += [*part, *map("".join, pairwise(part))] if _is_chinese(part) else [part]
        return found
