"""The library of procedures: an index over all records, search in it, and similar codes."""

from docgen.search.code_search import MAX_HITS, Days, FoundCodes, search_codes
from docgen.search.index import Index
from docgen.search.similar import with_similar_codes
from docgen.search.texts import FIELDS as SEARCHED_FIELDS
from docgen.search.texts import Hit, SearchResult, Snippet

__all__ = [
    "MAX_HITS",
    "SEARCHED_FIELDS",
    "Days",
    "FoundCodes",
    "Hit",
    "Index",
    "SearchResult",
    "Snippet",
    "search_codes",
    "with_similar_codes",
]
