"""What signs say, and whether it can be read there at 96 pixels."""

from random import Random

from datagen.scenes.canvas import scale_in
from datagen.scenes.drawings.boards import Board
from datagen.scenes.lettering import extent
from datagen.scenes.world import Box

WORDS = (
    "OPEN", "STOP", "EXIT", "SALE", "CAFE", "TAXI", "PARK", "SHOP", "BANK", "FARM", "POST", "MILK",
    "BEACH", "PIZZA", "HOTEL", "MUSIC", "BREAD", "TOYS", "FRESH", "GATE", "CLUB", "PUSH", "FREE",
    "WASH", "TRAIN", "FERRY", "POOL", "GYM", "ZOO", "ART", "NEWS", "TEA", "LAKE", "SOUP", "DANCE",
    "SPA", "PUB", "BAY", "GAS", "HOT", "DRY", "NEW", "PAY", "MAP", "JAM", "OIL", "HAM", "LAW", "BUY",
    "SLOW", "WAIT", "HELP", "START", "GOLD", "CAMP", "HARBOR", "MARKET", "SCHOOL", "CINEMA",
    "BAKERY", "PEPPER", "SUGAR", "WINTER", "SUMMER", "SILVER", "TICKETS", "MUSEUM", "GARAGE",
)  # fmt: skip
_DIGITS = "0123456789"
# Letters at least this high, as a fraction of the picture: seven pixels at 96; digits are more easily
# taken for one another.
WORD_HEIGHT, NUMBER_HEIGHT = 0.074, 0.085
_NUMBER_SHARE = 0.4


def text_height(text: str, board: Board, box: Box) -> float:
    """How high letters come out on that board in that box, as a fraction of the picture."""
    room = room_on(board, box)
    ink = extent(text)
    return ink.height * min(room.width / ink.width, room.height / ink.height)


def room_on(board: Board, box: Box) -> Box:
    """Where on a board there is room to write, as a part of the picture."""
    scale = scale_in(box, board.drawing.width)
    left = (box.left + box.right - board.drawing.width * scale) / 2
    top = (box.top + box.bottom - scale) / 2
    room = board.room
    return Box(left + room.left * scale, top + room.top * scale, left + room.right * scale, top + room.bottom * scale)


def choose_text(rng: Random, board: Board, box: Box) -> str:
    """A word or a number of two to four digits that can be read on that board."""
    if rng.random() >= _NUMBER_SHARE:
        words = [word for word in WORDS if text_height(word, board, box) >= WORD_HEIGHT]
        if words:
            return rng.choice(words)
    number = _number(rng, rng.choice((2, 3, 3, 4)))
    while len(number) > 2 and text_height(number, board, box) < NUMBER_HEIGHT:
        number = number[:-1]
    return number


def _number(rng: Random, length: int) -> str:
    """A number without a leading zero, no digit twice."""
    first = rng.choice(_DIGITS[1:])
    return "".join((first, *rng.sample(_DIGITS.replace(first, ""), length - 1)))
