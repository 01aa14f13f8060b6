"""English inflection: regular rules, WordNet's irregular forms, and the way back from a form to its lemmas."""

from __future__ import annotations

from collections import defaultdict

from sources.wordnet import WordNet

VOWELS = "aeiou"
# Irregular forms that WordNet's `form` lists lack.
IRREGULAR = {
    ("child", "n"): ["children"], ("man", "n"): ["men"], ("woman", "n"): ["women"], ("foot", "n"): ["feet"],
    ("tooth", "n"): ["teeth"], ("goose", "n"): ["geese"], ("ox", "n"): ["oxen"], ("person", "n"): ["people"],
    ("good", "a"): ["better", "best"], ("bad", "a"): ["worse", "worst"], ("far", "a"): ["further", "furthest"],
    ("be", "v"): ["is", "are", "was", "were", "been", "am"], ("have", "v"): ["has", "had"],
}


def _doubles(lemma: str) -> bool:
    """Short words ending consonant-vowel-consonant double their last letter: stop, stopped."""
    return (len(lemma) in (3, 4) and lemma[-1] not in VOWELS + "wxy" and lemma[-2] in VOWELS
            and lemma[-3] not in VOWELS)


def _plural(lemma: str) -> str:
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        return lemma[:-1] + "ies"
    return lemma + "s"


def _with_suffix(lemma: str, suffix: str) -> str:
    """Adds -ed, -er or -est."""
    if lemma.endswith("e"):
        return lemma + suffix[1:]
    if lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        return lemma[:-1] + "i" + suffix
    return lemma + (lemma[-1] if _doubles(lemma) else "") + suffix


def _gerund(lemma: str) -> str:
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")):
        return lemma[:-1] + "ing"
    return lemma + (lemma[-1] if _doubles(lemma) else "") + "ing"


def inflections(lemma: str, pos: str, irregular: list[str]) -> list[str]:
    """Forms of a lemma other than itself; past forms are left out where WordNet gives irregular ones."""
    irregular = irregular + IRREGULAR.get((lemma, pos), [])
    if len(lemma) < 3 or not lemma.isalpha():
        return irregular
    if pos == "n":
        return irregular or [_plural(lemma)]
    if pos == "v":
        past = [] if irregular else [_with_suffix(lemma, "ed")]
        gerund = [] if any(f.endswith("ing") for f in irregular) else [_gerund(lemma)]
        return [*irregular, *past, *gerund, _plural(lemma)]
    if pos in "as" and len(lemma) <= 7:
        return irregular or [_with_suffix(lemma, "er"), _with_suffix(lemma, "est")]
    return irregular


def _adverb(adjective: str) -> str:
    if adjective.endswith("y"):
        return adjective[:-1] + "ily"
    if adjective.endswith("le"):
        return adjective[:-1] + "y"
    return adjective + ("ally" if adjective.endswith("ic") else "ly")


def form_table(net: WordNet) -> dict[str, list[tuple[str, str]]]:
    """Inflected form to its (lemma, part of speech) pairs; a lemma is not listed under itself.

    A regular adverb counts as a form of its adjective.
    """
    table: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for lemma, entries in sorted(net.entries.items()):
        if not lemma.isalpha() or not lemma.islower():
            continue
        for entry in entries:
            adverbs = [_adverb(lemma)] if entry.pos in "as" and _adverb(lemma) in net.entries else []
            for form in inflections(lemma, entry.pos, entry.forms) + adverbs:
                pair = (lemma, entry.pos)
                if form != lemma and form.isalpha() and pair not in table[form]:
                    table[form].append(pair)
    return dict(table)


def prune_forms(forms: dict[str, list[tuple[str, str]]], net: WordNet,
                share: dict[str, float]) -> dict[str, list[tuple[str, str]]]:
    """Drops a lemma that is much rarer than a form that is a word of its own: `especially` is no `especial`."""
    result = {}
    for form, pairs in forms.items():
        least = 0.2 * share.get(form, 0.0) if form in net.entries else 0.0
        kept = [(lemma, pos) for lemma, pos in pairs if share.get(lemma, 0.0) >= least]
        if kept:
            result[form] = sorted(kept, key=lambda pair: -share.get(pair[0], 0.0))
    return result
