"""Signs of options as a sparse table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evaluation.leaks.asked import Asked
from evaluation.leaks.options import FlatOptions, flat
from evaluation.leaks.signs import signs_of

LEAST_SPREAD = 2.0
"""Variance of a sign's count of right options below which it can tell nothing: some 11 offers among four."""


@dataclass(frozen=True)
class SignTable:
    """Which signs the options of questions have."""

    names: tuple[str, ...]
    matrix: Any  # scipy csc_matrix (options, signs) of ones
    groups: Any  # scipy csr_matrix (questions, options) of ones
    options: FlatOptions


def sign_table(asked: Sequence[Asked]) -> SignTable:
    """The table of at least one question; signs too rare to tell anything are left out."""
    from scipy import sparse

    options = flat(asked)
    places: dict[str, int] = {}
    columns: list[int] = []
    ends = [0]
    for one in asked:
        for signs in signs_of(one):
            columns += [places.setdefault(sign, len(places)) for sign in signs]
            ends.append(len(columns))
    many, questions = len(options.owner), len(asked)
    matrix = sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(many, len(places)))
    groups = sparse.csr_matrix((np.ones(many), (options.owner, np.arange(many))), shape=(questions, many))
    share = groups @ sparse.diags(options.chance) @ matrix
    spread = np.asarray(share.sum(axis=0))[0] - np.asarray(share.multiply(share).sum(axis=0))[0]
    kept = np.flatnonzero(spread >= LEAST_SPREAD)
    names = list(places)
    return SignTable(tuple(names[one] for one in kept), matrix[:, kept].tocsc(), groups, options)
