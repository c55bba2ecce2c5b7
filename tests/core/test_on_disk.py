"""What is kept on the disk comes back as it was put, whatever the names."""

from hypothesis import given
from hypothesis import strategies as st

from dxkpi_xl.on_disk import kept_on_disk


@given(puts=st.lists(st.tuples(st.text(max_size=3), st.binary(max_size=50))), gone=st.sets(st.text(max_size=3)))
def test_it_holds_what_a_dictionary_would(puts: list[tuple[str, bytes]], gone: set[str]) -> None:
    expected: dict[str, bytes] = {}
    with kept_on_disk() as files:
        for name, data in puts:
            expected[name] = files[name] = data
        for name in gone & expected.keys():
            del expected[name], files[name]
        assert list(files.items()) == list(expected.items())
        assert len(files) == len(expected)
