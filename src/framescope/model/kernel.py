"""The compiled scorer's inner loop: one pass from code points to scores, with Numba.

It walks the same tables as :mod:`framescope.text.normalise` and finds the same tokens, actors and
concepts; n-grams are looked up by their 64-bit keys. What a word needs (its character n-grams, its
concept, the actors that begin with it) is remembered, because few words make up most of any text.
All functions are plain Python that Numba compiles; nothing here knows texts, files or models.
"""

from __future__ import annotations

import math
import warnings
from typing import Any, NamedTuple

import numpy as np
from numba import njit

UPPER, LOWER, APOSTROPHE, DASH, FLAG, DOT, AT, HASH, UNDERSCORE, SPACE, MARK, LINK = range(1, 13)
"""Kinds of code points, as in :mod:`framescope.text.normalise`; 0 vanishes."""

PRIME = np.uint64(0x100000001B3)
ONE = np.uint64(1)
X, Y, L, M = 88, 89, 76, 77
QUOTE, LETTER_S, BLANK, ZERO = 39, 115, 32, 48
EMPTY = np.int64(-1)
CANNOT_KEEP = (
    "no folder can be written for the compiled scorer, so it is compiled anew in every process; "
    "set NUMBA_CACHE_DIR to a folder that can be written."
)
TICKS = 2**31 - 1


class Tables(NamedTuple):
    """Everything the kernel reads. Maps are open-addressing: keys (2^m,) and values (2^m,), -1 free."""

    kind: Any  # (65536,) uint8
    folded: Any  # (65536,) uint32
    familiar: (
        Any  # (65536 + 3,) uint8: is the letter of a known script; then astral latin, han, other
    )
    gram_keys: Any
    gram_ids: Any
    rows: Any  # (V, K + 1) float32: weights times idf, and the idf itself
    block_ends: Any  # (4,) int64: where word, char, concept and shape n-grams end
    seeds: Any  # (4,) uint64
    sizes: Any  # (4, 2) int64
    actor_keys: Any
    actor_firsts: Any  # index of the first entry beginning with that word
    actor_first: Any  # (E,) uint64
    actor_words: Any  # (E, 6) uint64
    actor_lengths: Any  # (E,) int64
    actor_cases: Any  # (E,) int64
    actor_marks: Any  # (E,) uint32: X or Y
    phrase_keys: Any
    phrase_firsts: Any
    phrase_first: Any
    phrase_words: Any
    phrase_lengths: Any
    phrase_concepts: Any
    term_keys: Any
    term_concepts: Any
    prefix_keys: Any
    prefix_concepts: Any
    concept_single: Any  # (C,) int64: the n-gram that a concept is, or -1
    concept_pairs: Any  # (C, C) int64: the n-gram that two concepts make, or -1
    concept_chars: Any  # concatenated names, for longer n-grams
    concept_starts: Any  # (C + 1,)
    shape_lengths: Any  # (12,) int64: from how many tokens on the next class of length begins
    shape_ids: (
        Any  # (3, 13) int64: the n-gram of each class of length, capitals and beginning, or -1
    )
    known_keys: Any
    known_values: Any
    logs: Any  # (256,) 1 + ln(tf)


class Memory(NamedTuple):
    """What the kernel remembers of words it has met, and its scratch space."""

    keys: Any  # (S,) uint64
    slots: Any  # (S,) int64 index of the word, or -1
    pool: Any  # int32 ids of character n-grams
    sums: Any  # (W, K + 1) float64: sum of the rows of a word's character n-grams; of their squared idf
    unigrams: Any  # (W,) int64: the n-gram that the word is, or -1
    starts: Any  # (W + 1,) int64 into the pool
    concepts: Any  # (W,) int64
    actors: Any  # (W,) int64
    phrases: Any  # (W,) int64
    known: Any  # (W,) int64
    is_word: Any  # (W,) int64
    letters: Any  # (W,) int64
    familiar: Any  # (W,) int64: letters of known scripts
    used: Any  # (1,) int64 words remembered
    counts: Any  # (V,) int32: the tick of the text plus how often; the tick or less is never
    tick: Any  # (1,) int64
    touched: Any  # (V,) int64: n-grams of words and concepts met
    repeated: Any  # (V,) int32: character n-grams met more than once


def compiled(function):  # type: ignore[no-untyped-def]
    """Return a function that Numba compiles and keeps; where nothing can be written, compiles each time."""
    try:
        return njit(cache=True, nogil=True)(function)
    except RuntimeError:  # Numba found no folder for its cache, beside the source or in the user's
        warnings.warn(CANNOT_KEEP, RuntimeWarning, stacklevel=1)  # one place: shown once
        return njit(nogil=True)(function)


@njit(inline="always")
def find(keys, values, key):  # type: ignore[no-untyped-def]
    """Return the value of a key in an open-addressing map, or -1."""
    mask = np.uint64(len(keys)) - ONE
    slot = (key ^ (key >> np.uint64(29))) & mask
    while True:
        value = values[slot]
        if value < 0 or keys[slot] == key:
            return value
        slot = (slot + ONE) & mask


@compiled
def fill(keys, values, new_keys, new_values):  # type: ignore[no-untyped-def]
    """Put keys and values into an open-addressing map; the first value of a key stays."""
    mask = np.uint64(len(keys)) - ONE
    for i in range(len(new_keys)):
        key = new_keys[i]
        slot = (key ^ (key >> np.uint64(29))) & mask
        while values[slot] >= 0 and keys[slot] != key:
            slot = (slot + ONE) & mask
        if values[slot] < 0:
            keys[slot] = key
            values[slot] = new_values[i]


@njit(inline="always")
def step(key, char):  # type: ignore[no-untyped-def]
    """Continue a key over one code point."""
    return (key ^ np.uint64(char)) * PRIME


@njit(inline="always")
def is_word_kind(kind):  # type: ignore[no-untyped-def]
    """Return whether a kind is a letter, digit or mark."""
    return kind == UPPER or kind == LOWER


@compiled
def fold(codepoints, tables, kinds, chars):  # type: ignore[no-untyped-def]
    """Write kinds and folded code points of a text; return how many there are."""
    n = 0
    for i in range(len(codepoints)):
        c = codepoints[i]
        if c < 65536:
            kind = tables.kind[c]
            if kind == 0:
                continue
            kinds[n] = kind
            chars[n] = tables.folded[c]
        elif 0x1F1E6 <= c <= 0x1F1FF:
            kinds[n] = FLAG
            chars[n] = X
        else:
            kinds[n] = MARK if 0x1F000 <= c < 0x1FB00 else LOWER
            chars[n] = c
        n += 1
    return n


@compiled
def link_prefix(chars, n, i):  # type: ignore[no-untyped-def]
    """Return how long a link's beginning at i is (http://, https://, www.), or 0."""
    if chars[i] == 119:  # w
        if i + 4 < n and chars[i + 1] == 119 and chars[i + 2] == 119 and chars[i + 3] == 46:
            return 4
        return 0
    if i + 7 >= n or chars[i + 1] != 116 or chars[i + 2] != 116 or chars[i + 3] != 112:
        return 0
    j = i + 4
    if chars[j] == LETTER_S:
        j += 1
    if j + 3 < n and chars[j] == 58 and chars[j + 1] == 47 and chars[j + 2] == 47:
        return j + 3 - i
    return 0


@compiled
def mark_links(kinds, chars, n):  # type: ignore[no-untyped-def]
    """Give every code point of a link the kind LINK."""
    i = 0
    while i < n:
        if chars[i] == 119 or chars[i] == 104:
            size = link_prefix(chars, n, i)
            after_word = i > 0 and is_word_kind(kinds[i - 1])
            if size > 0 and chars[i + size] != BLANK and not after_word:
                while i < n and chars[i] != BLANK:
                    kinds[i] = LINK
                    i += 1
                continue
        i += 1


class Tokens(NamedTuple):
    """Scratch for the tokens of one text: characters, where they start and end, keys and cases."""

    chars: Any
    starts: Any
    ends: Any
    keys: Any
    cases: Any
    words: Any  # uint8: is it a word (see abstention.is_word)


@njit(inline="always")
def add_single(tokens, t, at, char, word, seed):  # type: ignore[no-untyped-def]
    """Add a token of one character; return the next free place in the characters."""
    tokens.chars[at] = char
    tokens.starts[t] = at
    tokens.ends[t] = at + 1
    tokens.keys[t] = step(seed, char)
    tokens.cases[t] = 0
    tokens.words[t] = word
    return at + 1


@compiled
def add_span(tokens, t, at, kinds, chars, start, end, stride, seed):  # type: ignore[no-untyped-def]
    """Add a token from folded code points start, start + stride, ... below end; return its end."""
    tokens.starts[t] = at
    key = seed
    lower = False
    for i in range(start, end, stride):
        tokens.chars[at] = chars[i]
        key = step(key, chars[i])
        at += 1
    for i in range(start, end):
        if kinds[i] == LOWER:
            lower = True
            break
    case = 0
    if kinds[start] == UPPER:
        case = 1 if lower or end - start == 1 else 2
    if stride == 2:
        case = 0 if lower else 2
    tokens.ends[t] = at
    tokens.keys[t] = key
    tokens.cases[t] = case
    first = tokens.starts[t]
    tokens.words[t] = is_word_kind(kinds[start]) and at - first > 1 and tokens.chars[first] != ZERO
    return at


@compiled
def camel_end(kinds, i, end):  # type: ignore[no-untyped-def]
    """Return the end of the part of a hashtag that begins at i: ``W+(?!w)|W?w+``."""
    j = i
    while j < end and kinds[j] == UPPER:
        j += 1
    capitals = j - i
    if capitals and (j == end or kinds[j] != LOWER):
        return j
    if capitals > 1:
        return j - 1
    while j < end and kinds[j] == LOWER:
        j += 1
    return j


@compiled
def tokenise(kinds, chars, n, tokens, seed):  # type: ignore[no-untyped-def]
    """Fill `tokens` from folded code points; return how many tokens there are."""
    t = 0
    at = 0
    i = 0
    mark_char = np.uint32(0)
    mark_end = -1
    mark_twice = False
    while i < n:
        kind = kinds[i]
        if kind == SPACE:
            i += 1
            continue
        end = i
        group = MARK
        if kind == LINK:
            while end < n and kinds[end] == LINK:
                end += 1
            group = LINK
        elif kind == AT:
            end = i + 1
            while end < n and (is_word_kind(kinds[end]) or kinds[end] == UNDERSCORE):
                end += 1
            if end > i + 1:
                group = AT
        elif kind == HASH:
            end = i + 1
            while end < n and is_word_kind(kinds[end]):
                end += 1
            if end > i + 1:
                group = HASH
        elif is_word_kind(kind):
            end = i
            while end + 1 < n and is_word_kind(kinds[end]) and kinds[end + 1] == DOT:
                end += 2
            if end - i >= 4:
                group = DOT
            else:
                group = UPPER
                end = i
                while end < n and is_word_kind(kinds[end]):
                    end += 1
                    if end + 1 < n and kinds[end] == APOSTROPHE and is_word_kind(kinds[end + 1]):
                        end += 1
        elif kind == FLAG:
            while end < n and kinds[end] == FLAG:
                end += 1
            group = FLAG
        elif kind == DASH:
            while end < n and kinds[end] == DASH:
                end += 1
            group = DASH
            if i > 0 and is_word_kind(kinds[i - 1]) and end < n and is_word_kind(kinds[end]):
                end -= 1
                if end == i:
                    i += 1
                    continue
        if group == MARK:
            if mark_end == i and mark_char == chars[i]:
                mark_twice = True
            else:
                if mark_end >= 0:
                    at = add_mark(tokens, t, at, mark_char, mark_twice, seed)
                    t += 1
                mark_char = chars[i]
                mark_twice = False
            i += 1
            mark_end = i
            continue
        if mark_end >= 0:
            at = add_mark(tokens, t, at, mark_char, mark_twice, seed)
            t += 1
            mark_end = -1
        if group == LINK:
            at = add_single(tokens, t, at, L, 0, seed)
            t += 1
        elif group == AT:
            at = add_single(tokens, t, at, M, 0, seed)
            t += 1
        elif group == FLAG:
            at = add_single(tokens, t, at, X, 0, seed)
            t += 1
        elif group == DASH:
            at = add_single(tokens, t, at, 45, 0, seed)
            t += 1
        elif group == DOT:
            at = add_span(tokens, t, at, kinds, chars, i, end, 2, seed)
            t += 1
        elif group == HASH:
            j = i + 1
            while j < end:
                part = camel_end(kinds, j, end)
                at = add_span(tokens, t, at, kinds, chars, j, part, 1, seed)
                t += 1
                j = part
        elif end - i > 2 and chars[end - 2] == QUOTE and chars[end - 1] == LETTER_S:
            at = add_span(tokens, t, at, kinds, chars, i, end - 2, 1, seed)
            at = add_span(tokens, t + 1, at, kinds, chars, end - 2, end, 1, seed)
            tokens.cases[t + 1] = 0
            t += 2
        else:
            at = add_span(tokens, t, at, kinds, chars, i, end, 1, seed)
            t += 1
        i = end
    if mark_end >= 0:
        add_mark(tokens, t, at, mark_char, mark_twice, seed)
        t += 1
    return t


@compiled
def add_mark(tokens, t, at, char, twice, seed):  # type: ignore[no-untyped-def]
    """Add a punctuation token, its character once or twice; return the next free place."""
    end = add_single(tokens, t, at, char, 0, seed)
    if twice:
        tokens.chars[end] = char
        tokens.keys[t] = step(tokens.keys[t], char)
        end += 1
        tokens.ends[t] = end
    return end


@compiled
def matches(words, length, tokens, t, count):  # type: ignore[no-untyped-def]
    """Return whether the words of an entry stand at token t."""
    if t + length > count:
        return False
    for i in range(1, length):
        if tokens.keys[t + i] != words[i]:
            return False
    return True


@compiled
def actor_at(tables, tokens, t, count, entry):  # type: ignore[no-untyped-def]
    """Return the first fitting actor among those that begin with token t's word, or -1."""
    first = tables.actor_first[entry]
    while entry < len(tables.actor_first) and tables.actor_first[entry] == first:
        length = tables.actor_lengths[entry]
        if matches(tables.actor_words[entry], length, tokens, t, count):
            if tokens.cases[t + length - 1] >= tables.actor_cases[entry]:
                return entry
        entry += 1
    return EMPTY


@compiled
def phrase_at(tables, tokens, t, count, entry):  # type: ignore[no-untyped-def]
    """Return the first fitting phrase among those that begin with token t's word, or -1."""
    first = tables.phrase_first[entry]
    while entry < len(tables.phrase_first) and tables.phrase_first[entry] == first:
        if matches(tables.phrase_words[entry], tables.phrase_lengths[entry], tokens, t, count):
            return entry
        entry += 1
    return EMPTY


@compiled
def concept_of(tables, tokens, t):  # type: ignore[no-untyped-def]
    """Return the concept of a single word, or -1: X and Y, whole words, the longest beginning."""
    start, end = tokens.starts[t], tokens.ends[t]
    if len(tables.concept_starts) < 3:
        return EMPTY
    if end - start == 1 and (tokens.chars[start] == X or tokens.chars[start] == Y):
        return np.int64(tokens.chars[start] - X)
    found = find(tables.term_keys, tables.term_concepts, tokens.keys[t])
    if found >= 0:
        return found
    key = tables.seeds[0]
    for i in range(start, end):
        key = step(key, tokens.chars[i])
        if i - start >= 2:
            longer = find(tables.prefix_keys, tables.prefix_concepts, key)
            if longer >= 0:
                found = longer
    return found


@compiled
def add_rows(rows, pool, start, end, sums, w):  # type: ignore[no-untyped-def]
    """Sum the rows of a word's character n-grams, and the squares of their idf."""
    frames = rows.shape[1] - 1
    for k in range(frames + 1):
        sums[w, k] = 0.0
    for i in range(start, end):
        gram = pool[i]
        for k in range(frames):
            sums[w, k] += rows[gram, k]
        sums[w, frames] += np.float64(rows[gram, frames]) * rows[gram, frames]


@compiled
def remember_facts(tables, memory, tokens, t, w):  # type: ignore[no-untyped-def]
    """Learn what abstention needs of a word: is it one, is it known, and its letters."""
    start, end = tokens.starts[t], tokens.ends[t]
    known = find(tables.known_keys, tables.known_values, tokens.keys[t]) >= 0
    memory.is_word[w] = tokens.words[t]
    memory.known[w] = known and tokens.words[t]
    memory.letters[w] = 0
    memory.familiar[w] = 0
    if not tokens.words[t]:
        return
    for i in range(start, end):
        c = tokens.chars[i]
        if c == ZERO or c == QUOTE:
            continue
        memory.letters[w] += 1
        memory.familiar[w] += tables.familiar[script_slot(c)]


@njit(inline="always")
def script_slot(c):  # type: ignore[no-untyped-def]
    """Return where the script of a code point is looked up: itself, or one of three for the astral."""
    if c < 65536:
        return np.int64(c)
    if 0x1D400 <= c < 0x1D800:
        return np.int64(65536)
    if 0x20000 <= c < 0x32000:
        return np.int64(65537)
    return np.int64(65538)


@compiled
def remember(tables, memory, tokens, t):  # type: ignore[no-untyped-def]
    """Learn a word: its n-grams, concept, actors, phrases, facts; return its number."""
    w = memory.used[0]
    at = memory.starts[w]
    start, end = tokens.starts[t], tokens.ends[t]
    length = end - start + 2
    for size in range(tables.sizes[1, 0], tables.sizes[1, 1] + 1):
        last = max(length - size, 0)
        for offset in range(last + 1):
            key = tables.seeds[1]
            for i in range(offset, min(offset + size, length)):
                inside = 0 < i < length - 1
                key = step(key, tokens.chars[start + i - 1] if inside else np.uint32(BLANK))
            found = find(tables.gram_keys, tables.gram_ids, key)
            if found >= 0:
                memory.pool[at] = found
                at += 1
        if last == 0:
            break
    key = tokens.keys[t]
    memory.starts[w + 1] = at
    add_rows(tables.rows, memory.pool, memory.starts[w], at, memory.sums, w)
    one = tables.sizes[0, 0] == 1
    memory.unigrams[w] = find(tables.gram_keys, tables.gram_ids, key) if one else EMPTY
    remember_facts(tables, memory, tokens, t, w)
    memory.concepts[w] = concept_of(tables, tokens, t)
    memory.actors[w] = find(tables.actor_keys, tables.actor_firsts, key)
    memory.phrases[w] = find(tables.phrase_keys, tables.phrase_firsts, key)
    memory.used[0] = w + 1
    return w


@compiled
def learn(tables, memory, tokens, t):  # type: ignore[no-untyped-def]
    """Learn a new word and put it into the memory; return its number."""
    key = tokens.keys[t]
    mask = np.uint64(len(memory.keys)) - ONE
    slot = (key ^ (key >> np.uint64(29))) & mask
    while memory.slots[slot] >= 0:
        slot = (slot + ONE) & mask
    w = remember(tables, memory, tokens, t)
    memory.keys[slot] = key
    memory.slots[slot] = w
    return w


@compiled
def make_room(tables, memory, longest):  # type: ignore[no-untyped-def]
    """Forget everything when the next text might not fit; `longest` is its length in code points."""
    w = memory.used[0]
    sizes = tables.sizes[1, 1] + 1
    room = len(memory.pool) - memory.starts[w]
    if w + longest + 2 >= len(memory.concepts) or room < sizes * (3 * longest + 64):
        memory.slots[:] = -1
        memory.used[0] = 0
        memory.starts[0] = 0


@njit(inline="always")
def count(counts, tick, touched, gram, n):  # type: ignore[no-untyped-def]
    """Count one occurrence of an n-gram; return the number of different n-grams."""
    if counts[gram] <= tick:
        counts[gram] = tick + 1
        touched[n] = gram
        return n + 1
    counts[gram] += 1
    return n


@njit(inline="always")
def count_again(counts, tick, repeated, gram, n):  # type: ignore[no-untyped-def]
    """Count one occurrence of an n-gram; return the number of n-grams met more than once.

    Without a branch: whether an n-gram is new cannot be predicted. `repeated` has a place to spare.
    """
    times = max(counts[gram], tick)
    counts[gram] = times + np.int32(1)
    repeated[n] = gram
    return n + (times == tick + 1)


@compiled
def mask_actors(tables, memory, tokens, numbers, total):  # type: ignore[no-untyped-def]
    """Replace actors by placeholders, in place; return how many tokens are left."""
    actors = memory.actors
    out = 0
    t = 0
    while t < total:
        w = numbers[t]
        size = 1
        entry = actors[w]
        if entry >= 0:
            entry = actor_at(tables, tokens, t, total, entry)
        if entry >= 0:
            size = tables.actor_lengths[entry]
            put_placeholder(tokens, t, out, tables.actor_marks[entry], tables.seeds[0])
            w = find(memory.keys, memory.slots, tokens.keys[out])
            if w < 0:
                w = learn(tables, memory, tokens, out)
            numbers[out] = w
        elif out != t:
            tokens.starts[out] = tokens.starts[t]
            tokens.ends[out] = tokens.ends[t]
            tokens.keys[out] = tokens.keys[t]
            tokens.cases[out] = tokens.cases[t]
            numbers[out] = w
        out += 1
        t += size
    return out


@compiled
def put_placeholder(tokens, t, out, mark, seed):  # type: ignore[no-untyped-def]
    """Make token `out` a placeholder, where token t stood."""
    start = tokens.starts[t]
    tokens.chars[start] = mark
    tokens.starts[out] = start
    tokens.ends[out] = start + 1
    tokens.keys[out] = step(seed, mark)
    tokens.cases[out] = 0
    tokens.words[out] = 0


@compiled
def count_longer(tables, tokens, total, counts, tick, touched, n):  # type: ignore[no-untyped-def]
    """Count the n-grams of two words and more; return the number of different n-grams."""
    gram_keys, gram_ids = tables.gram_keys, tables.gram_ids
    low, high = tables.sizes[0, 0], tables.sizes[0, 1]
    keys, starts, ends, chars = tokens.keys, tokens.starts, tokens.ends, tokens.chars
    for t in range(total):
        key = keys[t]
        for size in range(2, min(high, total - t) + 1):
            key = step(key, BLANK)
            for i in range(starts[t + size - 1], ends[t + size - 1]):
                key = step(key, chars[i])
            if size >= low:
                found = find(gram_keys, gram_ids, key)
                if found >= 0:
                    n = count(counts, tick, touched, found, n)
    return n


@compiled
def find_concepts(tables, memory, tokens, numbers, total, found):  # type: ignore[no-untyped-def]
    """Write the concepts of the tokens in order; return how many there are."""
    concepts, phrases = memory.concepts, memory.phrases
    n = 0
    t = 0
    while t < total:
        size = 1
        concept = concepts[numbers[t]]
        entry = phrases[numbers[t]]
        if entry >= 0:
            entry = phrase_at(tables, tokens, t, total, entry)
            if entry >= 0:
                size = tables.phrase_lengths[entry]
                concept = tables.phrase_concepts[entry]
        if concept >= 0:
            found[n] = concept
            n += 1
        t += size
    return n


@compiled
def count_concepts(tables, found, concepts, counts, tick, touched, n):  # type: ignore[no-untyped-def]
    """Count the concept n-grams; return the number of different n-grams."""
    single, pairs = tables.concept_single, tables.concept_pairs
    low, high = tables.sizes[2, 0], tables.sizes[2, 1]
    for c in range(concepts):
        if low == 1 and single[found[c]] >= 0:
            n = count(counts, tick, touched, single[found[c]], n)
        if low <= 2 <= high and c + 1 < concepts and pairs[found[c], found[c + 1]] >= 0:
            n = count(counts, tick, touched, pairs[found[c], found[c + 1]], n)
    if high > 2:
        n = count_longer_concepts(tables, found, concepts, counts, tick, touched, n)
    return n


@compiled
def count_longer_concepts(tables, found, concepts, counts, tick, touched, n):  # type: ignore[no-untyped-def]
    """Count the n-grams of three concepts and more; return the number of different n-grams."""
    gram_keys, gram_ids = tables.gram_keys, tables.gram_ids
    names, starts = tables.concept_chars, tables.concept_starts
    low, high = tables.sizes[2, 0], tables.sizes[2, 1]
    for c in range(concepts):
        key = tables.seeds[2]
        for size in range(1, min(high, concepts - c) + 1):
            name = found[c + size - 1]
            if size > 1:
                key = step(key, BLANK)
            for i in range(starts[name], starts[name + 1]):
                key = step(key, names[i])
            if size >= max(low, 3):
                gram = find(gram_keys, gram_ids, key)
                if gram >= 0:
                    n = count(counts, tick, touched, gram, n)
    return n


@compiled
def count_shape(tables, tokens, total, counts, tick, touched, n):  # type: ignore[no-untyped-def]
    """Count the classes of length, capitals and beginning; return the number of different n-grams."""
    ids = tables.shape_ids
    length = 0
    while length < len(tables.shape_lengths) and tables.shape_lengths[length] <= total:
        length += 1
    capitals = 0
    for t in range(total):
        capitals += tokens.cases[t] > 0
    begins = 1 if tokens.cases[0] > 0 else 0
    for gram in (ids[0, length], ids[1, capitals * 4 // total], ids[2, begins]):
        if gram >= 0:
            n = count(counts, tick, touched, gram, n)
    return n


@njit(inline="always")
def frequency(times, logs):  # type: ignore[no-untyped-def]
    """Return the sublinear term frequency, 1 + ln(times)."""
    return logs[times] if times < 256 else 1.0 + math.log(times)


@compiled
def add_words(rows, ends, logs, counts, tick, touched, n, sums):  # type: ignore[no-untyped-def]
    """Weigh all n-grams but those of characters into the sums of their blocks, (4, K + 1)."""
    frames = rows.shape[1] - 1
    for i in range(n):
        gram = touched[i]
        times = counts[gram] - tick
        block = 0
        while gram >= ends[block]:
            block += 1
        scale = 1.0 if times == 1 else frequency(times, logs)
        for k in range(frames):
            sums[block, k] += scale * rows[gram, k]
        weight = scale * rows[gram, frames]
        sums[block, frames] += weight * weight


@compiled
def correct_repeated(rows, logs, counts, tick, repeated, n, sums):  # type: ignore[no-untyped-def]
    """Make of the plain count of a repeated character n-gram its sublinear frequency."""
    frames = rows.shape[1] - 1
    for i in range(n):
        gram = repeated[i]
        times = counts[gram] - tick
        scale = frequency(times, logs)
        for k in range(frames):
            sums[1, k] += (scale - times) * rows[gram, k]
        idf = np.float64(rows[gram, frames])
        sums[1, frames] += (scale * scale - times) * idf * idf


@compiled
def add_scores(sums, out):  # type: ignore[no-untyped-def]
    """Add the sums of the blocks, each divided by its norm, to the scores of a text."""
    frames = sums.shape[1] - 1
    for block in range(len(sums)):
        if sums[block, frames] > 1e-12:
            scale = 1.0 / math.sqrt(sums[block, frames])
            for k in range(frames):
                out[k] += sums[block, k] * scale


@compiled
def score_texts(codepoints, offsets, tables, memory, scores, facts):  # type: ignore[no-untyped-def]
    """Add to `scores` (n, K) and write `facts` (n, 4) of all texts of a batch."""
    longest = 0
    for n in range(len(offsets) - 1):
        longest = max(longest, offsets[n + 1] - offsets[n])
    kinds = np.empty(longest + 1, np.uint8)
    chars = np.empty(longest + 1, np.uint32)
    tokens = Tokens(
        np.empty(2 * longest + 8, np.uint32),
        np.empty(longest + 2, np.int64),
        np.empty(longest + 2, np.int64),
        np.empty(longest + 2, np.uint64),
        np.empty(longest + 2, np.int64),
        np.empty(longest + 2, np.uint8),
    )
    token_keys = tokens.keys
    numbers = np.empty(longest + 2, np.int64)
    found = np.empty(longest + 2, np.int64)
    sums = np.zeros((len(tables.sizes), tables.rows.shape[1]), np.float64)
    width = sums.shape[1]
    keys, slots, pool, starts = memory.keys, memory.slots, memory.pool, memory.starts
    counts, touched, repeated = memory.counts, memory.touched, memory.repeated
    unigrams, word_sums = memory.unigrams, memory.sums
    is_word, known, letters, familiar = (
        memory.is_word,
        memory.known,
        memory.letters,
        memory.familiar,
    )
    rows, ends, logs = tables.rows, tables.block_ends, tables.logs
    for n in range(len(offsets) - 1):
        size = offsets[n + 1] - offsets[n]
        make_room(tables, memory, size)
        step_on = (size + 2) * (tables.sizes[1, 1] + 2)
        if memory.tick[0] + 2 * step_on > TICKS:
            counts[:] = 0
            memory.tick[0] = 0
        tick = np.int32(memory.tick[0])
        length = fold(codepoints[offsets[n] : offsets[n + 1]], tables, kinds, chars)
        mark_links(kinds, chars, length)
        total = tokenise(kinds, chars, length, tokens, tables.seeds[0])
        words = known_words = all_letters = known_letters = 0
        for t in range(total):
            w = find(keys, slots, token_keys[t])
            if w < 0:
                w = learn(tables, memory, tokens, t)
            numbers[t] = w
            all_letters += letters[w]
            known_letters += familiar[w]
        total = mask_actors(tables, memory, tokens, numbers, total)
        sums[:] = 0.0
        grams = 0
        again = 0
        for t in range(total):
            w = numbers[t]
            words += is_word[w]
            known_words += known[w]
            if unigrams[w] >= 0:
                grams = count(counts, tick, touched, unigrams[w], grams)
            for k in range(width):
                sums[1, k] += word_sums[w, k]
            for i in range(starts[w], starts[w + 1]):
                again = count_again(counts, tick, repeated, pool[i], again)
        if tables.sizes[0, 1] > 1:
            grams = count_longer(tables, tokens, total, counts, tick, touched, grams)
        if tables.sizes[2, 1] > 0:
            concepts = find_concepts(tables, memory, tokens, numbers, total, found)
            grams = count_concepts(tables, found, concepts, counts, tick, touched, grams)
        if tables.sizes[3, 1] > 0 and total > 0:
            grams = count_shape(tables, tokens, total, counts, tick, touched, grams)
        add_words(rows, ends, logs, counts, tick, touched, grams, sums)
        correct_repeated(rows, logs, counts, tick, repeated, again, sums)
        add_scores(sums, scores[n])
        facts[n, 0], facts[n, 1] = words, known_words
        facts[n, 2], facts[n, 3] = all_letters, known_letters
        memory.tick[0] += step_on
