"""Code points and tables over them say of each character what Python says of it."""

from hypothesis import given
from hypothesis import strategies as st

from qualcode.text.characters import Lookup, code_points

any_text = st.text(alphabet=st.characters(), max_size=40)  # lone surrogates and astral characters too
alphabetic = Lookup(lambda text: map(str.isalpha, text), "u1")


@given(any_text)
def test_points_are_code_points(text: str) -> None:
    assert code_points(text).tolist() == [ord(character) for character in text]


@given(any_text)
def test_a_lookup_asks_of_each_character(text: str) -> None:
    assert alphabetic(code_points(text)).tolist() == [character.isalpha() for character in text]
