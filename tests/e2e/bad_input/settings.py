"""leadproof.toml as hands may leave it."""

from tests.e2e.bad_input.case import Case, Content
from tests.e2e.bad_input.made import folder, gz, link, pipe

# What is wrong, the file, and what is said of it.
SETTINGS: tuple[tuple[str, Content, str], ...] = (
    ("a key nobody knows", "[run]\nsede = 1", "Did you mean run.seed"),
    ("a key far from any", "[run]\nxyzzy = 1", "unknown key run.xyzzy"),
    ("a section nobody knows", "[runs]\nseed = 1", "runs"),
    ("a key outside its section", "seed = 1", "unknown key seed"),
    ("a key with a control sequence", '[run]\n"\\u001b[2J" = 1', r"\x1b[2J"),
    ("a turned key", '[run]\n"\\u202e" = 1', r"\u202e"),
    ("a key with a line break", '[run]\n"a\\nleadproof: fine" = 1', r"a\n"),
    ("a section that is a number", "run = 3", "run"),
    ("a section that is a list", "[[run]]\nseed = 1", "run"),
    ("the same key twice", "[run]\nseed = 1\nseed = 2", "leadproof.toml"),
    ("the same section twice", "[run]\n[run]\n", "leadproof.toml"),
    ("no value", "[run]\nseed =\n", "leadproof.toml"),
    ("a bracket not closed", "[run\nseed = 1", "leadproof.toml"),
    ("a quote not closed", '[run]\ncategories = ["x/y', "leadproof.toml"),
    ("JSON", '{"run": {"seed": 1}}', "leadproof.toml"),
    ("YAML", "run:\n  seed: 1\n", "leadproof.toml"),
    ("a NUL in it", "\0", "leadproof.toml"),
    ("UTF-16", "[run]\nseed = 1\n".encode("utf-16"), "not UTF-8"),
    ("Latin-1", "# für mich\n".encode("latin-1"), "not UTF-8"),
    ("gzip", gz(b"[run]\n"), "leadproof.toml"),
    ("nested deep", f"x = {'[' * 5_000}", "leadproof.toml"),
    ("twenty million characters", "#" * 20_000_000, "larger than"),
    ("a pipe", pipe, "leadproof.toml"),
    ("a folder", folder, "leadproof.toml"),
    ("a link that leads nowhere", link("gone"), "leadproof.toml"),
    ("a link in a circle", link("leadproof.toml"), "leadproof.toml"),
    ("a device", link("/dev/zero"), "leadproof.toml"),
    ("a seed that is a text", '[run]\nseed = "lucky"', "run.seed"),
    ("a seed that is a date", "[run]\nseed = 2024-01-01", "run.seed"),
    ("a seed that is a boolean", "[run]\nseed = true", "run.seed"),
    ("a seed with a fraction", "[run]\nseed = 1.5", "run.seed"),
    ("a seed below nought", "[run]\nseed = -1", "run.seed"),
    ("a seed past all measure", "[run]\nseed = 9223372036854775808", "run.seed"),
    ("a seed of 5,000 digits", f"[run]\nseed = {'9' * 5_000}", "leadproof.toml"),
    ("shares that add up to more", "[run]\ntrain = 0.9", "add up to 1.1"),
    ("a share that is NaN", "[run]\ntrain = nan", "run"),
    ("a share without end", "[run]\ntrain = inf", "run.train"),
    ("a share below nought", "[run]\ntrain = -0.1\nvalidation = 1.0", "run.train"),
    ("a share that is a boolean", "[run]\ntrain = true\nvalidation = 0\nbenchmark = 0", "run.train"),
    ("categories in one text", '[run]\ncategories = "context/weather"', "run.categories"),
    ("a category without a level", '[run]\ncategories = ["weather"]', "level/name"),
    ("a category that climbs", '[run]\ncategories = ["../x"]', "level/name"),
    ("a category with capitals", '[run]\ncategories = ["Context/Weather"]', "level/name"),
    ("a category twice", '[run]\ncategories = ["context/sky", "context/sky"]', "twice"),
    ("a category that is a number", "[run]\ncategories = [1]", "run.categories"),
    ("a distance beyond the hash", "[ingest]\nnear_duplicate_distance = 17", "near_duplicate_distance"),
    ("a distance that is a fraction", "[ingest]\nnear_duplicate_distance = 0.5", "near_duplicate_distance"),
    ("no pixels at all", "[ingest]\nmax_megapixels = 0", "max_megapixels"),
    ("pixels without end", "[ingest]\nmax_megapixels = inf", "max_megapixels"),
    ("pixels that are NaN", "[ingest]\nmax_megapixels = nan", "max_megapixels"),
    ("bytes below nought", "[ingest]\nmax_megabytes = -1", "max_megabytes"),
    ("no pairs an image", "[generate]\nper_image = 0", "per_image"),
    ("pairs that are a text", '[generate]\nper_image = "10"', "per_image"),
    ("a share above one", "[generate]\ntrue_premise_share = 1.1", "true_premise_share"),
    ("a filter that is a number", "filter = 3", "filter"),
    ("a filter's table that is a number", "[filter]\nstructure = 3", "filter.structure"),
)
# Checked by the filter itself.
FILTERS: tuple[tuple[str, str, str], ...] = (
    ("a filter nobody knows", "[filter.nonsense]\na = 3", "nonsense"),
    ("a filter with a control sequence", '[filter."\\u001b[2J"]\na = 3', r"\x1b[2J"),
    ("a filter's key nobody knows", "[filter.structure]\nmax_words = 3", "max_words"),
    ("a filter's value that is a text", '[filter.structure]\nmax_option_words = "many"', "max_option_words"),
    ("a filter's value that is a boolean", "[filter.structure]\nmax_option_words = true", "max_option_words"),
    ("a filter's value below nought", "[filter.structure]\nmax_option_words = -1", "max_option_words"),
    ("a filter's value that is NaN", "[filter.structure]\nmax_option_words = nan", "max_option_words"),
)
_READERS = ("status --run run", "generate --run run", "filter --run run", "gc --run run", "scenes 3 --run run",
            "export --format mmr --run run", "trace 00 --run run", "demo --out run")  # fmt: skip

CASES = [
    *(
        Case(f"settings: {name}", _READERS[at % len(_READERS)], said, {"run/leadproof.toml": content}, given="run")
        for at, (name, content, said) in enumerate(SETTINGS)
    ),
    *(
        Case(f"settings: {name}", "filter --run run", said, {"run/leadproof.toml": content}, given="run")
        for name, content, said in FILTERS
    ),
]
