"""The places that a document has named so far: what an unlisted name lies near, and what المدينة means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from pipeline.gazetteer.load import TOWN_KINDS
from pipeline.placing.draft import Draft
from pipeline.records import Place

Named = tuple[int, Place]  # the first token of a name and its place


class Naming:
    """Places by token: of names that are sure in the whole document, and of the sentences read so far."""

    def __init__(self, sure: Sequence[Named]) -> None:
        self._sure = sure
        self._read: list[Named] = []

    def add(self, drafts: Iterable[Draft]) -> None:
        """Take in the drafts of one sentence after they are read."""
        for draft in drafts:
            if draft.chosen is not None and _stands(draft):
                self._read.append((draft.first, draft.chosen))

    def before(self, token: int, fits: Callable[[Place], bool], own: Sequence[Draft] = ()) -> Place | None:
        """The last place named before the token that fits; own holds the drafts of the sentence being read."""
        found = self.named_before(token, fits, own)
        return found[1] if found is not None else None

    def named_before(self, token: int, fits: Callable[[Place], bool], own: Sequence[Draft] = ()) -> Named | None:
        """The same with the token at which it is named."""
        best: Named | None = None
        for draft in own:
            if draft.first < token and draft.chosen is not None and _stands(draft) and fits(draft.chosen):
                best = draft.first, draft.chosen
        for named in (self._read, self._sure):
            for first, place in reversed(named):
                if best is not None and first <= best[0]:
                    break
                if first < token and fits(place):
                    best = first, place
                    break
        return best

    def main_town(self, country: str) -> Place | None:
        """The town that the document names most often; the first of equals."""
        towns = [place for _, place in self._sure if place.kind in TOWN_KINDS and place.country == country]
        return max(Counter(towns).items(), key=lambda item: item[1])[0] if towns else None


def _stands(draft: Draft) -> bool:
    """Whether a read draft is a listed place where something may happen."""
    place = draft.chosen
    assert place is not None
    return bool(place.place_id) and not draft.metonym and draft.role in ("", "container") and draft.confidence >= 0.5
