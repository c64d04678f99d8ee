"""Words that no picture can justify, by the reason why they are refused.

They are refused as prompts too, and of terms that are only ranked: a hidden class would take its share from
pictures of some people more than of others (Agarwal et al. 2021, https://arxiv.org/abs/2108.02818).
"""

import re
from functools import cache

# What each class has in common is the reason that is told. Plurals are found by themselves.
EXCLUDED = {
    "gender and family cannot be seen": """
        man men woman women boy girl male female masculine feminine lady ladies gentleman gentlemen guy gal
        mother father mom mum dad parent daughter son sister brother sibling husband wife wives bride groom
        boyfriend girlfriend fiance fiancee wedding couple family families relative cousin aunt uncle nephew
        niece grandmother grandfather grandparent grandma grandpa transvestite
    """,
    "age cannot be seen": """
        teen teenager teenage toddler newborn adolescent youngster youth elderly senior adult
        middle-aged old-aged
    """,
    "origin cannot be seen": """
        african african-american afro-american american arab arabian asian australian brazilian british
        caucasian chinese dutch english eskimo ethnic european exotic filipino french german greek gypsy
        gypsies hispanic indian indigenous irish italian japanese korean latina latino mexican native oriental
        pakistani persian polish russian scottish spanish swedish tribal tribe turkish vietnamese foreigner
        immigrant migrant refugee dark-skinned light-skinned skin
    """,
    "belief cannot be seen": """
        atheist believer buddhist catholic christian hindu jew jewish muslim islamic mormon protestant sikh
        bishop imam monk nun pope priest rabbi pilgrim
    """,
    "health cannot be seen": """
        autistic blind crippled deaf disabled disability handicapped ill injured insane invalid lame mad
        mentally patient pregnant sick unhealthy
    """,
    "looks are a matter of taste, and their words hurt": """
        attractive bald beautiful beauty blonde brunette chubby cute fat gorgeous handsome hideous obese
        overweight petite plump pretty redhead skinny slender slim thin ugly underweight
    """,
    "sexuality cannot be seen, and nudity is not described unattended": """
        bisexual erotic gay heterosexual homosexual lesbian lingerie naked nude porn queer seductive sexy
        topless transgender
    """,
    "crime is decided by courts": """
        arrest bandit burglar convict crime criminal gang gangster hooligan killer murderer pirate prison
        prisoner robber smuggler suspect terrorist thief thieves thug vandal
    """,
    "poverty and status cannot be seen": """
        beggar destitute ghetto hobo homeless peasant poor poverty rich slave slum tramp vagrant wealthy
    """,
    "drugs are not described unattended": "addict cannabis cocaine drug drunk heroin junkie marijuana",
    "an occupation cannot be seen; a uniform can": """
        actor actress artist astronaut athlete barber boss businessman businessmen businessperson
        businesswoman businesswomen butcher carpenter cashier cheerleader chef chief clerk clown cop cowboy
        dentist doctor emperor engineer farmer firefighter fireman firemen fisherman fishermen general
        hunter janitor judge king knight lawyer maid mechanic miner musician nurse officer pilot plumber
        police policeman policemen policewoman politician potter president prince princess professor
        prostitute queen sailor salesman samurai scientist secretary servant sheriff singer soldier spy
        student surgeon tailor teacher tourist waiter waitress warrior welder witch wizard worker
    """,
    "feelings cannot be seen; a smile can": """
        afraid angry anxious ashamed bored cheerful confused crazy depressed desperate disgusted embarrassed
        excited frightened furious grumpy happy hopeful jealous joyful lonely love loving miserable nervous
        proud relieved sad scared shy stressed surprised terrified tired unhappy upset worried
    """,
    "apes have been used to insult people": "ape baboon chimpanzee chimp gibbon gorilla orangutan primate",
    "names and brands are not for a picture to tell": """
        adidas amazon amsterdam android barbie batman beijing berlin bmw boeing chicago coca-cola
        disney disneyland eiffel facebook ferrari garfield google harley hollywood honda ikea
        instagram iphone ipad istanbul jerusalem kodak lego london macbook manhattan
        mcdonald mercedes mickey microsoft moscow nasa nike nintendo paris pepsi playstation pokemon porsche
        prague rome samsung snoopy sony spiderman starbucks superman sydney tesla tokyo toyota twitter venice
        volkswagen wii wikipedia xbox youtube
    """,
}
# `child` and `baby` are missing on purpose: they are ranked, and a site's own vocabulary may have them said.

# Names in which a word above means no person, or no more than a breed, a dish or a game.
ALLOWED = (
    "american football", "artist's studio", "bald eagle", "beauty salon", "butcher's shop", "cowboy boots",
    "cowboy hat", "dentist's office", "english setter", "english sheepdog", "french bulldog", "french fries",
    "french horn", "german pointer", "german shepherd", "great ape", "irish setter", "killer whale",
    "lady's slipper", "persian cat", "police car", "potter's wheel", "window blinds",
)  # fmt: skip

_WORD_RE = re.compile(r"[^\W\d_][\w'’-]*")


def excluded(text: str) -> list[tuple[str, str]]:
    """Words of the text that are refused, as they are listed, each with the reason."""
    lowered = text.lower()
    for name in ALLOWED:
        lowered = lowered.replace(name, " ")
    reasons = _reasons()
    return [(base, reasons[base]) for word in _WORD_RE.findall(lowered) if (base := _base(word, reasons))]


def _base(word: str, reasons: dict[str, str]) -> str:
    """The word as it stands in the list: without the ending of a plural or possessive."""
    plain = re.sub(r"['’]s?$", "", word)
    forms = (word, plain, plain.removesuffix("s"), plain.removesuffix("es"), f"{plain.removesuffix('ies')}y")
    return next((form for form in forms if form in reasons), "")


@cache
def _reasons() -> dict[str, str]:
    return {word: reason for reason, words in EXCLUDED.items() for word in words.split()}
