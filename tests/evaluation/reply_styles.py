"""Ways in which models reply to a question with options, each with what it means.

A style is a function of the question's options (letter to text), the letter meant and another letter.
``MEANT`` styles commit to the letter meant, ``NOTHING`` styles commit to none. Written from what models
are known to reply and from FACTS, not from the reader's code.
"""

from collections.abc import Callable, Mapping

Style = Callable[[Mapping[str, str], str, str], str]


def echo(options: Mapping[str, str]) -> str:
    return "\n".join(f"{letter}. {text}" for letter, text in options.items())


MEANT: dict[str, Style] = {
    "bare": lambda o, x, y: x,
    "spaces around": lambda o, x, y: f"  {x} \n",
    "full stop": lambda o, x, y: f"{x}.",
    "brackets": lambda o, x, y: f"({x})",
    "square brackets": lambda o, x, y: f"[{x}]",
    "closing bracket": lambda o, x, y: f"{x})",
    "colon": lambda o, x, y: f"{x}:",
    "bold": lambda o, x, y: f"**{x}**",
    "code": lambda o, x, y: f"`{x}`",
    "lower case": lambda o, x, y: x.lower(),
    "full width": lambda o, x, y: chr(ord(x) + 0xFEE0),
    "boxed": lambda o, x, y: rf"\boxed{{{x}}}",
    "boxed text in mathematics": lambda o, x, y: rf"$\boxed{{\text{{{x}}}}}$",
    "end token": lambda o, x, y: f"{x}</s>",
    "chat tokens": lambda o, x, y: f"<|im_start|>assistant\n{x}<|im_end|>",
    "answer tag": lambda o, x, y: f"<answer>{x}</answer>",
    "thinking": lambda o, x, y: f"<think>Is it {y}? {o[y]} Perhaps {y}.</think>{x}",
    "thinking without its start": lambda o, x, y: f"It looks like {y}. Hmm.\n</think>\n\n{x}",
    "reasoning tag": lambda o, x, y: f"<reasoning>The answer is {y}.</reasoning>\nThe answer is {x}.",
    "json": lambda o, x, y: f'{{"answer": "{x}"}}',
    "json in a fence": lambda o, x, y: f'```json\n{{"reasoning": "not {y}", "answer": "{x}"}}\n```',
    "letter and text": lambda o, x, y: f"{x}. {o[x]}",
    "bracketed letter and text": lambda o, x, y: f"({x}) {o[x]}",
    "bold letter and text": lambda o, x, y: f"**{x}.** {o[x]}",
    "letter, line, text": lambda o, x, y: f"{x}\n{o[x]}",
    "letter and text without a mark": lambda o, x, y: f"{x} {o[x]}",
    "letter and text in lower case": lambda o, x, y: f"{x.lower()}) {o[x].lower()}",
    "option letter": lambda o, x, y: f"Option {x}",
    "the answer is": lambda o, x, y: f"The answer is {x}.",
    "the answer is, because the other is wrong": lambda o, x, y: f"The answer is {x} because {y} is wrong",
    "the correct answer is letter and text": lambda o, x, y: f"The correct answer is {x}. {o[x]}",
    "answer glued": lambda o, x, y: f"Answer:{x}",
    "answer bold": lambda o, x, y: f"**Answer: ({x})**",
    "answer on the next line": lambda o, x, y: f"Answer:\n{x}",
    "a dog is shown": lambda o, x, y: f"A dog is shown, so {x}",
    "not the other but": lambda o, x, y: f"Not {y}, but {x}",
    "no": lambda o, x, y: f"No. {x}",
    "yes comma": lambda o, x, y: f"Yes, {x}",
    "the other is wrong": lambda o, x, y: f"{y} is wrong. {x}",
    "i think it's": lambda o, x, y: f"I think it's {x}",
    "i would choose": lambda o, x, y: f"I would choose option {x}.",
    "is correct": lambda o, x, y: f"{x} is correct.",
    "because": lambda o, x, y: f"{x}, because that is what the image shows.",
    "rather than": lambda o, x, y: f"{x} rather than {y}",
    "self-correction": lambda o, x, y: f"{y}. Wait, no, it is {x}",
    "self-correction, actually": lambda o, x, y: f"The answer is {y}. Actually, the answer is {x}.",
    "plan": lambda o, x, y: f"Plan {y} is what comes to mind, but the answer is {x}",
    "steps": lambda o, x, y: f"Step 1: I look at the image.\nStep 2: I compare.\nTherefore, the answer is ({x}).",
    "options weighed": lambda o, x, y: f"Option {y} says something else, which is wrong. So the answer is {x}.",
    "echo of all options, then the answer": lambda o, x, y: f"{echo(o)}\nAnswer: {x}",
    "final answer": lambda o, x, y: f"It may look like {y}.\n\nFinal answer: {x}",
    "text alone": lambda o, x, y: o[x],
    "text alone in capitals, no full stop": lambda o, x, y: o[x].upper().strip().rstrip("."),
    "the answer is text": lambda o, x, y: f"The answer is: {o[x]}",
    "chinese": lambda o, x, y: f"答案是{x}",
    "chinese choice": lambda o, x, y: f"所以选{x}。",
    "spanish": lambda o, x, y: f"La respuesta correcta es {x}.",
    "french": lambda o, x, y: f"La bonne réponse est {x}.",
    "german": lambda o, x, y: f"Die richtige Antwort ist {x}.",
    "portuguese": lambda o, x, y: f"A resposta correta é {x}.",
    "italian": lambda o, x, y: f"La risposta corretta è {x}.",
    "russian": lambda o, x, y: f"Правильный ответ: {x}.",
    "japanese": lambda o, x, y: f"正解は{x}です。",
    "korean": lambda o, x, y: f"정답은 {x}입니다.",
    "arabic": lambda o, x, y: f"الإجابة الصحيحة هي {x}.",
    "hindi": lambda o, x, y: f"सही उत्तर {x} है।",
}  # fmt: skip

NOTHING: dict[str, Style] = {
    "empty": lambda o, x, y: "",
    "white space": lambda o, x, y: " \n\t",
    "refusal": lambda o, x, y: "I'm sorry, I can't help with that.",
    "cannot see": lambda o, x, y: "I cannot see the image, so I am unable to answer.",
    "two letters": lambda o, x, y: f"{x} and {y}",
    "two letters, or": lambda o, x, y: f"{x} or {y}",
    "two letters, comma": lambda o, x, y: f"{x}, {y}",
    "two letters, slash": lambda o, x, y: f"{x}/{y}",
    "either": lambda o, x, y: f"It is either {x} or {y}.",
    "maybe": lambda o, x, y: f"Maybe {x} or {y}",
    "both": lambda o, x, y: f"Both {x} and {y} are correct.",
    "all": lambda o, x, y: "All of the above.",
    "none": lambda o, x, y: "None of the above.",
    "letter with another's text": lambda o, x, y: f"{x}. {o[y]}",
    "no such letter": lambda o, x, y: "The answer is E.",
    "a man": lambda o, x, y: "A man is riding a horse",
    "a plan": lambda o, x, y: f"Plan {x}",
    "not that": lambda o, x, y: f"The answer is not {x}.",
    "unfinished thinking": lambda o, x, y: f"<think>It could be {x}. Let me look at",
    "echo only": lambda o, x, y: echo(o),
    "taken back": lambda o, x, y: f"{x}. Wait, no, that is wrong.",
    "conditional": lambda o, x, y: f"If the light is on, {x}; otherwise {y}.",
}  # fmt: skip
