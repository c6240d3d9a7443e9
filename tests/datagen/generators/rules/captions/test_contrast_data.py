"""The data files fit together: every name they use is one they define."""

from datagen.generators.rules.captions import contrast_sets
from datagen.generators.rules.captions.lexicon import lexicon
from datagen.generators.rules.captions.words import split_words
from datagen.generators.rules.data_files import load


def test_all_eighty_classes_are_there_with_known_neighbours() -> None:
    things = contrast_sets().things
    assert len(things) == 80
    for thing in things.values():
        assert thing.near <= set(things)
        assert thing.label not in thing.near
        assert thing.seen in ("overlooked", "plain", "salient")


def test_colours_name_colours() -> None:
    sets = contrast_sets()
    shades = {word for word, color in load("colors")["words"].items() if color.startswith("?")}
    for color in sets.colors.values():
        assert color.confusable <= set(sets.colors) | shades | {"navy"}
    for palette in sets.palettes.values():
        assert set(palette) <= set(sets.colors)


def test_activities_name_classes_and_each_other() -> None:
    sets = contrast_sets()
    values = {activity.value for activity in sets.activities}
    for activity in sets.activities:
        assert activity.needs <= set(sets.things), activity.value
        assert activity.who <= {"person", "pet", "bird", "grazer", "wild"}, activity.value
        assert "ing" in activity.value
        assert activity.like <= values, activity.value


def test_every_verb_of_a_pattern_is_known() -> None:
    verbs = {term.verb for term in lexicon().terms.values()}
    for key in contrast_sets().said:
        assert key[0] in verbs, key


def test_postures_and_relations_name_known_words() -> None:
    sets = contrast_sets()
    terms = lexicon().terms
    assert all(terms[word].tag in ("preposition", "adverb") for word in sets.relations)
    verbs = {term.verb for term in terms.values()}
    assert set(sets.postures) <= verbs | {"lie down", "lay down"}
    for fits in sets.relation_fits.values():
        for word in fits:
            assert word in terms or "." in word or word in load("nouns"), word


def test_words_alike_are_known_nouns() -> None:
    terms = lexicon().terms
    for group in load("nouns")["alike"]["groups"]:
        for word in split_words(group):
            assert word in terms, word
            assert terms[word].noun is not None, word
