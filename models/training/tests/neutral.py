"""Thousands of neutral texts: who people are, what they do and buy, where they are."""

from __future__ import annotations

from collections.abc import Iterator

PEOPLES = """
african american arab argentinian armenian asian australian austrian bangladeshi belgian black brazilian british
bulgarian cambodian canadian chilean chinese colombian croatian cuban czech danish dutch egyptian english ethiopian
european filipino finnish french german ghanaian greek haitian hungarian indian indigenous indonesian iranian iraqi
irish israeli italian jamaican japanese jordanian kenyan korean latino lebanese libyan lithuanian malaysian mexican
moroccan native nepalese nigerian norwegian pakistani palestinian persian peruvian polish portuguese roma romanian
russian saudi scottish serbian somali spanish sudanese swedish swiss syrian thai tunisian turkish ukrainian vietnamese
white yemeni zulu
""".split()
FAITHS = """
christian muslim jewish hindu buddhist sikh catholic protestant orthodox mormon evangelical atheist islamic baptist
lutheran methodist shia sunni
""".split()
WHO = """
woman man girl boy mother father wife husband daughter son sister brother grandmother grandfather lady gentleman
teenager child baby family couple widow bride groom neighbour friend immigrant refugee migrant worker student
pensioner
""".split()
KINDS = """young old tall short blind deaf gay lesbian bisexual transgender disabled poor rich single married
pregnant""".split()
JOBS = """
accountant actor architect artist baker barber builder butcher carpenter cashier chef cleaner clerk cook dancer
dentist doctor driver electrician engineer farmer firefighter fisherman gardener hairdresser judge lawyer librarian
mechanic midwife miner model musician nanny nurse painter pharmacist photographer pilot plumber policeman priest
professor programmer receptionist sailor salesman secretary soldier tailor teacher translator waiter waitress writer
""".split()
GOODS = """
shirt dress skirt shoes boots jacket coat hat bag handbag belt watch ring necklace lipstick perfume shampoo soap towel
blanket pillow sofa lamp table chair knife fork pan kettle fridge oven phone laptop camera bicycle car toy doll ball
book pen paint rope ladder hammer drill
""".split()
COLOURS = """black white red blue green yellow brown pink purple grey orange golden silver beige dark light coloured
nude""".split()
PLACES = """
africa asia europe america london paris berlin rome madrid vienna warsaw moscow istanbul cairo lagos nairobi delhi
mumbai beijing tokyo seoul bangkok jakarta sydney toronto chicago detroit texas mexico brazil jamaica cuba haiti iran
iraq israel palestine lebanon syria jordan egypt morocco algeria somalia kenya nigeria congo rwanda india pakistan
afghanistan china japan korea vietnam thailand russia ukraine poland germany france italy spain colombia
""".split()
SPOTS = """house school church mosque synagogue temple station hotel beach park market hospital office kitchen club bar
street""".split()


def texts() -> Iterator[str]:
    for people in [*PEOPLES, *FAITHS]:
        yield people
        yield f"{people} people"
        yield from (f"a {people} {who}" for who in WHO)
        yield from (f"{people} {thing}" for thing in ("music", "cooking", "history", "wedding", "restaurant", "art"))
        yield f"The {people} family next door celebrates a birthday."
    for who in WHO:
        yield who
        yield from (f"the {kind} {who} at the {spot}" for kind in KINDS for spot in SPOTS[:6])
        yield from (f"A {who} works as a {job}." for job in JOBS)
        yield from (f"{colour} {thing} for a {who}" for colour in COLOURS[:6] for thing in GOODS[:16])
    for colour in COLOURS:
        yield from (f"{colour} {thing}" for thing in GOODS)
        yield from (f"the {colour} {spot}" for spot in SPOTS)
    for place in PLACES:
        yield from (f"{text} {place}" for text in ("travel to", "a hotel in", "people from", "women in", "news from"))
        yield from (f"a {job} from {place}" for job in JOBS[::4])
    yield from JOBS
    yield from GOODS
    yield from KINDS
