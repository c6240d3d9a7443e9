"""The pairs that a run keeps, as ``filter`` left them."""

import pyarrow as pa
import pyarrow.compute as pc

from schemas.errors import BadRunFolder
from schemas.run import Stage


def kept_pairs(generated: Stage, filtered: Stage) -> pa.Table:
    """The kept pairs in the order of their ranks, verified and lettered as filters left them."""
    kept = filtered.table("kept", ["rank", "pair_id", "verification", "positive_order", "negative_order"])
    pairs = generated.table("pairs")
    places = pc.index_in(kept["pair_id"], value_set=pairs["pair_id"].combine_chunks())
    if places.null_count:
        fix = "Delete that numbered folder and run filter again."
        raise BadRunFolder("it keeps pairs that are not in generate/", where=str(filtered.file("kept")), fix=fix)
    taken = pairs.take(places.combine_chunks())
    state = pc.coalesce(kept["verification"], taken["verification"])
    taken = taken.set_column(taken.schema.get_field_index("verification"), "verification", state)
    for half in ("positive", "negative"):
        taken = _lettered(taken, half, kept[f"{half}_order"])
    return taken


def _lettered(pairs: pa.Table, half: str, order: pa.ChunkedArray) -> pa.Table:
    """Pairs whose halves have these orders of options, where one is given."""
    if order.null_count == len(order):
        return pairs
    given = pairs[half].combine_chunks()
    fields = {field.name: given.field(field.name) for field in given.type}
    fields["order"] = pc.coalesce(order.combine_chunks(), fields["order"])
    made = pa.StructArray.from_arrays(list(fields.values()), fields=list(given.type))
    return pairs.set_column(pairs.schema.get_field_index(half), half, made)
