"""English that the rewordings need: names that mean the same, plurals, articles, figures."""

import re

FIGURES = {
    "no": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10",
}  # fmt: skip
DEMONYMS = {
    "Austria": "Austrian", "Belgium": "Belgian", "Canada": "Canadian", "Denmark": "Danish", "Finland": "Finnish",
    "France": "French", "Germany": "German", "Italy": "Italian", "Japan": "Japanese", "Nigeria": "Nigerian",
    "Sweden": "Swedish", "Switzerland": "Swiss", "Ukraine": "Ukrainian", "Vietnam": "Vietnamese",
}  # fmt: skip
# Other names for the same thing, its plural first where it has a form of its own.
SAME_THING = {
    "cars": "automobiles", "car": "automobile", "airplanes": "planes", "airplane": "plane", "trucks": "lorries",
    "truck": "lorry", "gifts": "presents", "gift": "present", "people": "human beings", "person": "human being",
    "road signs": "traffic signs", "road sign": "traffic sign", "signs": "signboards", "sign": "signboard",
    "music symbol": "musical symbol", "chemical symbol": "symbol of a chemical element", "rockets": "space rockets",
    "rocket": "space rocket", "ovals": "ellipses", "oval": "ellipse", "diamonds": "rhombuses", "diamond": "rhombus",
    "mushrooms": "fungi", "mushroom": "fungus", "boats": "vessels", "boat": "vessel", "bicycle": "bike",
    "flowers": "blossoms", "flower": "blossom", "cups": "drinking cups", "cup": "drinking cup",
    "lamps": "light fixtures", "lamp": "light fixture", "landmark": "famous sight", "house": "dwelling",
    "houses": "dwellings", "bus": "omnibus", "buses": "omnibuses",
}  # fmt: skip
# Other words for the same value, by slot.
SAME_VALUE: dict[str, dict[str, tuple[str, ...]]] = {
    "color": {"gray": ("grey", "ash-colored"), "purple": ("violet",), "red": ("red-colored",), "white": ("snow-white",),
              "black": ("jet-black", "pitch-black"), "brown": ("brown-colored",), "pink": ("pink-colored",),
              "orange": ("orange-colored",), "green": ("green-colored",), "blue": ("blue-colored",),
              "yellow": ("yellow-colored",)},
    "look": {"dotted": ("spotted", "covered in dots"), "checkered": ("chequered", "checked"),
             "striped": ("stripy", "covered in stripes"), "plain": ("unpatterned", "free of any pattern")},
    "shape": {"an oval": ("an ellipse",), "a diamond": ("a rhombus",), "a triangle": ("a three-sided figure",),
              "a hexagon": ("a six-sided figure",), "an octagon": ("an eight-sided figure",),
              "a pentagon": ("a five-sided figure",), "a circle": ("a round disc",), "a ring": ("a circular band",),
              "a crescent": ("a half-moon",)},
    "quarter": {"upper left": ("top left",), "upper right": ("top right",), "lower left": ("bottom left",),
                "lower right": ("bottom right",)},
    "place": {"above": ("over", "higher up than"), "below": ("beneath", "lower down than"),
              "to the left of": ("on the left side of", "left of", "on the left-hand side of"),
              "to the right of": ("on the right side of", "right of", "on the right-hand side of")},
    "relation": {"on": ("on top of", "upon"), "under": ("underneath", "beneath"), "inside": ("within", "in"),
                 "next to": ("beside", "by the side of"), "far away from": ("a long way from", "far from")},
    "posture": {"standing": ("upright on both feet",), "sitting": ("seated", "in a sitting position"),
                "lying down": ("lying flat", "in a lying position"), "kneeling": ("on both knees",),
                "jumping": ("leaping", "leaping into the air"), "bending over": ("bent over", "stooping"),
                "doing a handstand": ("standing on both hands", "upside down on both hands"),
                "running": ("in full run",)},
    "activity": {"playing the guitar": ("strumming a guitar", "making music on a guitar"),
                 "kicking a ball": ("giving a ball a kick",), "lifting weights": ("weightlifting",),
                 "reading a book": ("busy with the reading of a book",), "walking a dog": ("taking a dog for a walk",),
                 "riding a bicycle": ("riding a bike", "cycling"), "climbing a ladder": ("going up a ladder",),
                 "flying a kite": ("letting a kite fly",), "fishing": ("angling", "trying to catch fish"),
                 "watering a flower": ("giving a flower water",), "painting a picture": ("making a painting",),
                 "holding an umbrella": ("carrying an umbrella in one hand",)},
    "mood": {"angry": ("furious", "mad"), "happy": ("cheerful", "joyful"), "sad": ("unhappy", "sorrowful"),
             "surprised": ("astonished", "amazed"), "sleepy": ("drowsy", "tired")},
    "flag": {"Switzerland": ("the Swiss Confederation",), "Germany": ("the Federal Republic of Germany",),
             "Denmark": ("the Kingdom of Denmark",)},
    "landmark": {"Big Ben": ("the clock tower Big Ben",), "the Pyramids of Giza": ("the Giza pyramids",),
                 "the Leaning Tower of Pisa": ("Pisa's leaning tower",), "the Parthenon": ("the Parthenon temple",),
                 "the Sydney Opera House": ("the opera house of Sydney",),
                 "the Golden Gate Bridge": ("the Golden Gate bridge in San Francisco",),
                 "the Eiffel Tower": ("the tower of Eiffel in Paris",), "the Taj Mahal": ("the Taj Mahal in Agra",)},
    "meaning": {"give way": ("yield",), "aluminium": ("aluminum",), "eighth note": ("quaver",),
                "half note": ("minim",), "quarter note": ("crotchet",), "whole note": ("semibreve",),
                "pair of eighth notes": ("two eighth notes",), "traffic lights ahead": ("stop lights ahead",),
                "no entry": ("entry forbidden",), "no parking": ("parking forbidden",), "turn left": ("left turn",),
                "turn right": ("right turn",), "danger": ("hazard",), "go straight ahead": ("straight on",)},
    "count": {"two": ("a pair of", "a couple of"), "six": ("half a dozen",), "no": ("zero",), "one": ("a single",)},
}  # fmt: skip
INVERSE = {
    "above": "below", "below": "above", "to the left of": "to the right of", "to the right of": "to the left of",
    "next to": "next to", "far away from": "far away from",
}  # fmt: skip
_UNUSUAL = {
    "people": "person", "leaves": "leaf", "butterflies": "butterfly", "buses": "bus", "crosses": "cross",
    "rhombuses": "rhombus", "fish": "fish", "glasses": "glass", "boxes": "box",
}  # fmt: skip


def singular(phrase: str) -> str:
    """A noun phrase with its last word in the singular; a singular one as it is."""
    *before, last = phrase.split(" ")
    if last in _UNUSUAL:
        last = _UNUSUAL[last]
    elif last.endswith("s") and not last.endswith("ss") and last != "bus":
        last = last[:-1]
    return " ".join((*before, last))


def head(phrase: str) -> str:
    """The noun that a phrase is about, in the singular: ``hat`` of ``black hats``."""
    return singular(phrase).split(" ")[-1]


def with_article(phrase: str) -> str:
    """``a`` or ``an`` and the phrase."""
    return f"{'an' if phrase[0].lower() in 'aeiou' else 'a'} {phrase}"


def other_names(text: str) -> str:
    """A text with each thing under its other name, and its articles fitted; the same text where none has one."""
    names = "|".join(sorted(SAME_THING, key=len, reverse=True))
    # Quoted words are what a sign says, not things.
    parts = re.split(r'("[^"]*")', text)
    for index in range(0, len(parts), 2):
        parts[index] = re.sub(rf"\b({names})\b(?! of )", lambda found: SAME_THING[found[1]], parts[index])
        parts[index] = re.sub(r"\b([Aa])n? (?=(\w))", _fitted, parts[index])
    return "".join(parts)


def _fitted(found: "re.Match[str]") -> str:
    return f"{found[1]}{'n' if found[2].lower() in 'aeio' else ''} "
