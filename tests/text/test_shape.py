"""The shape of a text: length, capitals, beginning."""

import pytest

from framescope.text.normalise import tokenise
from framescope.text.shape import KINDS, shape_of


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("", []),
        ("peace", ["length0", "capitals0", "begins_lower"]),
        ("NEVER AGAIN", ["length1", "capitals4", "begins_upper"]),
        ("A word " * 100, ["length12", "capitals2", "begins_upper"]),
    ],
)
def test_the_shape_has_three_classes(text, shape):
    assert shape_of(tokenise(text)) == shape


def test_every_length_has_a_class():
    for words in range(1, 200):
        assert shape_of(tokenise("word " * words))[0] in KINDS[0]


def test_swapped_actors_leave_the_shape_as_it_is(model):
    reader = model.trained.reader
    assert reader.shape("The United States attacks Iran") == reader.shape("The Russia attacks Iran")
