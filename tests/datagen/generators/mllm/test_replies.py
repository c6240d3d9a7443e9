from collections import Counter
from typing import Any

from datagen.generators.mllm.forms import PairsReply
from datagen.generators.mllm.replies import pairs_in
from datagen.generators.mllm.support import Quota
from schemas.fact import Fact
from schemas.pair import Provenance

IMAGE = "sha256:aa"
NUMBER, COLOR = "attribute/number", "attribute/color&texture"
FACTS = [Fact(image=IMAGE, slot="count", subject=name, value="2", source="model") for name in ("dog", "cat")]
ORIGIN = Provenance(generator="openai", model="m", prompt_version="pairs.v1", request_key="k")


def asked(text: str) -> dict[str, str]:
    names = ("right", "right_answer_wrong_reason", "wrong_answer_right_reason", "wrong")
    return {"question": text, **{name: f"{name} to {text}" for name in names}}


def made(number: int = 0, category: str = NUMBER, **said: Any) -> dict[str, Any]:
    halves = {"positive": asked(f"How many? {number}"), "negative": asked(f"Why are there three? {number}")}
    kind = {"category": category, "kind": "false-premise", "fact": "There are two.", "premise": "There are three."}
    return {**kind, "rests_on": [1], **halves, **said}


def read(
    *pairs: dict[str, Any], declined: dict[str, str] | None = None, **quota: int
) -> tuple[list[Any], Counter[str]]:
    reply = PairsReply.model_validate(
        {"pairs": pairs, "declined": [{"category": name, "reason": why} for name, why in (declined or {}).items()]}
    )
    asked_for = Quota({NUMBER: quota.get("number", 2), COLOR: quota.get("color", 1)}, {}, ())
    found = pairs_in(reply, IMAGE, FACTS, asked_for, ORIGIN, seed=0)
    assert all(drop.image == IMAGE for drop in found.drops)
    return found.pairs, Counter(f"{drop.reason} {drop.category}" for drop in found.drops)


def test_a_pair_is_taken_with_its_roles_facts_and_origin() -> None:
    [pair], _ = read(made(rests_on=[2, 2, 99, -1, 0]))
    assert pair.provenance.facts == (FACTS[1].fact_id,)
    assert (pair.provenance.model, pair.provenance.request_key) == ("m", "k")
    assert pair.positive.right == "right to How many? 0"
    assert [option.role for option in pair.negative.options] == [
        "answer right, reason right", "answer right, reason wrong",
        "answer wrong, reason right", "answer wrong, reason wrong",
    ]  # fmt: skip


def test_the_right_letter_is_each_one_equally_often() -> None:
    pairs = [read(made(number))[0][0] for number in range(400)]
    for half in ("positive", "negative"):
        letters = Counter(getattr(pair, half).letter for pair in pairs)
        assert all(70 < letters[letter] < 130 for letter in "ABCD")


def test_what_was_not_asked_for_is_not_kept() -> None:
    pairs, drops = read(made(category="character/character"), made(category="nonsense \x1b[31m"))
    assert not pairs
    assert drops["unsupported-category character/character"] == 1


def test_more_than_asked_for_are_not_kept() -> None:
    pairs, drops = read(made(0), made(1), made(2))
    assert (len(pairs), drops[f"over-quota {NUMBER}"]) == (2, 1)


def test_the_same_pair_is_kept_once_however_it_is_written() -> None:
    again = made(0, positive=asked("how MANY?  0"), negative=asked("Why are there three? 0"))
    pairs, drops = read(made(0), again)
    assert (len(pairs), drops[f"repeated {NUMBER}"]) == (1, 1)


def test_a_premise_that_is_the_fact_is_no_false_premise() -> None:
    pairs, drops = read(made(fact="There are two.", premise="there are TWO"))
    assert (pairs, drops[f"premise-is-fact {NUMBER}"]) == ([], 1)
    assert read(made(kind="true-premise", premise="There are two."))[0]


def test_a_text_of_white_space_makes_no_pair() -> None:
    pairs, drops = read(made(positive=asked("x") | {"wrong": "   "}))
    assert (pairs, drops[f"not-a-pair {NUMBER}"]) == ([], 1)


def test_declined_and_silently_left_out_categories_have_their_rows() -> None:
    _, drops = read(declined={NUMBER: "one hides the other", "made/up": "x"})
    assert drops == {f"declined {NUMBER}": 1, f"not-offered {COLOR}": 1}
