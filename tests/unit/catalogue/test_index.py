"""The catalogue is whole and consistent, and its lookups take what people write."""

import gzip
import re
from collections import Counter

import pytest

from elex_browser.catalogue.data_files import read_bytes
from elex_browser.catalogue.index import Catalogue
from elex_browser.errors import NotFoundError, ValidationError
from elex_browser.knowledge.sources import read_acronyms, read_concepts, read_gists

SMALL_INDEX = (
    "catalogue/data/features.tsv",
    "knowledge/data/gists.tsv",
    "knowledge/data/acronyms.tsv",
    "knowledge/data/concepts.tsv",
)
ONE_CODE_FOR_TWO = {"CXC4011011", "CXC4012800"}
"""Handover to WCDMA and to TD-SCDMA; Reduced Capability with and without extended DRX."""


def test_there_are_593_features_in_16_categories(catalogue: Catalogue) -> None:
    assert len(catalogue) == 593
    assert len(catalogue.categories) == 16
    assert [f.faj for f in catalogue.features] == sorted(f.faj for f in catalogue.features)


def test_codes_and_names_are_unique(catalogue: Catalogue) -> None:
    assert len({f.faj for f in catalogue.features}) == 593
    assert all(catalogue.by_name(f.name) == (f,) for f in catalogue.features)
    owners = Counter(code for f in catalogue.features for code in f.cxc)
    assert {code for code, n in owners.items() if n > 1} == ONE_CODE_FOR_TWO


def test_codes_have_their_normal_spelling(catalogue: Catalogue) -> None:
    assert all(re.fullmatch(r"FAJ 121 \d{4}", f.faj) for f in catalogue.features)
    assert all(re.fullmatch(r"CXC\d{7}", code) for f in catalogue.features for code in f.cxc)
    assert all(re.fullmatch(r"FAJ \d{3} \d{3,4}", code) for code in catalogue.external)


def test_every_feature_says_its_access_and_has_a_gist(catalogue: Catalogue) -> None:
    known = {"LTE", "NR", "WCDMA", "GSM", "MI"}
    gists = read_gists()
    for feature in catalogue.features:
        assert feature.name
        assert feature.acronym
        assert feature.access
        assert set(feature.access) <= known
        assert len(gists[feature.faj]) >= 10
    assert len(gists) == 593


def test_every_relation_resolves(catalogue: Catalogue) -> None:
    known = {f.faj for f in catalogue.features} | catalogue.external.keys()
    for feature in catalogue.features:
        groups = [code for group in feature.requires_any for code in group]
        targets = {*feature.requires, *feature.conflicts, *feature.related, *groups}
        assert targets <= known, feature.faj
        assert feature.faj not in targets
        assert set(feature.conditional) <= set(feature.requires)
        assert not known & set(feature.same_as)


def test_no_external_feature_is_in_the_catalogue_or_without_use(catalogue: Catalogue) -> None:
    used = {
        code
        for f in catalogue.features
        for group in (f.requires, f.conflicts, f.related, *f.requires_any)
        for code in group
    }
    assert not catalogue.external.keys() & {f.faj for f in catalogue.features}
    assert catalogue.external.keys() <= used


def test_small_index_stays_small() -> None:
    together = b"".join(read_bytes(path) for path in SMALL_INDEX)
    assert len(gzip.compress(together, 9)) <= 60_000


def test_acronyms_and_concepts_are_in_lower_case() -> None:
    assert all(a == a.lower() and e.strip() for a, e in read_acronyms().items())
    assert len(read_concepts()) == 89


@pytest.mark.parametrize(
    "code", ["FAJ 121 3094", "faj1213094", "121-3094", "3094", "CXC4011808", "cxc 401 1808"]
)
def test_feature_is_found_by_any_spelling_of_its_codes(catalogue: Catalogue, code: str) -> None:
    assert catalogue.feature(code).name == "MIMO Sleep Mode"


def test_feature_is_found_by_each_of_its_activation_codes(catalogue: Catalogue) -> None:
    feature = catalogue.feature("FAJ 121 4776")
    assert len(feature.cxc) == 5
    assert all(catalogue.by_cxc(code) == (feature,) for code in feature.cxc)


def test_unknown_code_is_answered_with_the_nearest_ones(catalogue: Catalogue) -> None:
    with pytest.raises(NotFoundError) as caught:
        catalogue.feature("FAJ 121 3904")
    assert "FAJ 121 3904" in caught.value.problem
    assert "FAJ 121 3004" in caught.value.fix


def test_unknown_activation_code_is_answered_with_the_nearest_one(catalogue: Catalogue) -> None:
    with pytest.raises(NotFoundError) as caught:
        catalogue.feature("CXC4011899")
    assert "Nearest codes" in caught.value.fix


def test_feature_outside_the_catalogue_is_named(catalogue: Catalogue) -> None:
    with pytest.raises(NotFoundError) as caught:
        catalogue.feature("FAJ 121 4252")
    assert "Carrier Aggregation FDD-TDD" in caught.value.problem
    assert catalogue.name_of("FAJ 121 4252") == "Carrier Aggregation FDD-TDD"


def test_what_is_no_code_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(ValidationError):
        catalogue.feature("MIMO Sleep Mode")


def test_names_are_found_in_any_case_and_with_any_hyphens(catalogue: Catalogue) -> None:
    [feature] = catalogue.by_name("256 qam downlink")
    assert feature.faj == "FAJ 121 4422"
    assert catalogue.by_name("Dual Antenna Downlink Performance Package")[0].faj == "FAJ 121 0486"
    assert catalogue.by_name("nothing of the kind") == ()


def test_acronyms_find_all_their_features(catalogue: Catalogue) -> None:
    assert [f.faj for f in catalogue.by_acronym("anr")] == ["FAJ 121 0497"]
    assert "FAJ 121 0892" in [f.faj for f in catalogue.by_acronym("ROHC")]
