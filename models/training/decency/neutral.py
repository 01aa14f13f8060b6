"""Neutral texts about people, goods and places, by templates: no expansion of any of them may be a listed word.

python3 -m decency.neutral prints them, one a line.
"""

from __future__ import annotations

from itertools import product

from decency import listed

NATIONS = """african american arab argentinian asian australian austrian belgian black brazilian british canadian caribbean chinese
colombian cuban dutch egyptian english ethiopian european filipino french german ghanaian greek hispanic hungarian indian indonesian
iranian iraqi irish israeli italian jamaican japanese kenyan korean latino lebanese mexican moroccan nigerian norwegian
pakistani palestinian persian polish portuguese puerto_rican romani romanian russian saudi scottish serbian somali south_african
spanish swedish syrian thai turkish ukrainian vietnamese white indigenous native_american""".split()
FAITHS = "buddhist catholic christian hindu jewish mormon muslim orthodox protestant sikh atheist".split()
PERSONS = """woman man girl boy mother father grandmother grandfather daughter son sister brother aunt uncle bride widow
lady gentleman child teenager family couple neighbour immigrant refugee foreigner student tourist farmer""".split()
JOBS = """nurse teacher engineer doctor lawyer cleaner cook waiter secretary driver pilot soldier judge professor hairdresser model
dancer actress singer athlete plumber programmer accountant carpenter journalist midwife pharmacist librarian manager scientist
politician priest rabbi imam police_officer firefighter baker butcher tailor fisherman babysitter housekeeper""".split()
GOODS = """shoes shirt dress jacket bag hat skirt coat underwear swimsuit socks watch perfume soap necklace ring belt bicycle toys
sofa lamp carpet mattress cushion towels kettle knife blender guitar camera phone laptop tent backpack scarf gloves boots jeans
sweater pyjamas umbrella makeup shampoo razor wig bracelet""".split()
COLOURS = "black white brown yellow red pink blue green grey golden".split()
PLACES = """africa america london paris berlin mexico india china harlem chicago jerusalem mecca moscow istanbul nairobi lagos
mumbai tokyo rome cairo baghdad tehran bangkok amsterdam havana detroit bombay rio munich warsaw vienna""".split()
BODIES = "old young tall short pregnant disabled blind deaf elderly beautiful poor rich homeless single divorced married".split()

TEMPLATES: list[tuple[str, tuple[list[str], ...]]] = [
    ("{}", (NATIONS + FAITHS + PERSONS + JOBS + GOODS + PLACES,)),
    ("{} {}", (NATIONS, PERSONS)),
    ("{} {}", (FAITHS, PERSONS)),
    ("a {} {} in the city", (BODIES, PERSONS)),
    ("{} music and food", (NATIONS + FAITHS,)),
    ("{} neighborhood", (NATIONS + FAITHS,)),
    ("The {} {} moved here from {}.", (NATIONS[::3], JOBS[::3], PLACES[::4])),
    ("A young {} works as a {}.", (PERSONS[:6], JOBS)),
    ("{} {} for women", (COLOURS, GOODS)),
    ("{} for girls aged 8 to 12", (GOODS,)),
    ("{}'s {}", (["women", "men", "girls", "boys", "children"], GOODS)),
    ("hotel in {} near the station", (PLACES,)),
    ("{} travel guide", (PLACES,)),
    ("people of {}", (PLACES,)),
    ("{} holidays and traditions", (FAITHS + NATIONS,)),
    ("famous {} writers", (NATIONS + FAITHS,)),
    ("{} house", (COLOURS,)),
    ("the {} and the {} are at the beach", (PERSONS[:12], PERSONS[:12])),
    ("{} looking for work", (NATIONS + BODIES + JOBS,)),
    ("{} friday sale", (COLOURS,)),
]


def texts() -> list[str]:
    """Every text once, in a fixed order; none holds a listed word."""
    found = [template.format(*(word.replace("_", " ") for word in words))
             for template, parts in TEMPLATES for words in product(*parts)]
    words = listed()
    return [t for t in dict.fromkeys(found) if not any(w.strip(".,'") in words for w in t.lower().split())]


if __name__ == "__main__":
    print("\n".join(texts()))
