"""Which characters may be printed is a setting, and what to write instead is proposed."""

from __future__ import annotations

from pathlib import Path

import pytest

from dxkpi_xl.checks.text_policy import POLICY_FILE, TextPolicy, load_text_policy
from dxkpi_xl.errors import TemplateBroken
from dxkpi_xl.workspace import templates_folder

SHIPPED = (templates_folder() / "shiryo-2-4" / POLICY_FILE).read_text(encoding="utf-8")


def policy_of(folder: Path, name: str) -> TextPolicy:
    (folder / POLICY_FILE).write_text(SHIPPED.replace('policy = "jis-x-0213"', f'policy = "{name}"'), encoding="utf-8")
    return load_text_policy(folder)


@pytest.mark.parametrize(
    ("character", "jis_x_0213", "jis_x_0208"),
    [
        ("高", None, None),
        ("①", None, "1"),
        ("Ⅱ", None, "II"),
        ("㈱", None, "(株)"),
        ("㎡", None, "m2"),
        ("髙", "高", "高"),
        ("𠮷", "吉", "吉"),
        ("～", None, None),
        ("－", None, None),
        ("~", None, None),
        ("ｱ", None, None),
        ("😀", "", ""),
        ("⑴", "(1)", "(1)"),
    ],
)
def test_a_character_is_allowed_or_its_replacement_proposed(
    tmp_path: Path, character: str, jis_x_0213: str | None, jis_x_0208: str | None
) -> None:
    for name, expected in (("jis-x-0213", jis_x_0213), ("jis-x-0208", jis_x_0208), ("none", None)):
        folder = tmp_path / name
        folder.mkdir()
        policy = policy_of(folder, name)
        assert (None if policy.allows(character) else policy.replacement(character)) == expected, name


def test_no_proposed_replacement_is_itself_refused(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, "jis-x-0208")
    for character, replacement in policy.replacements.items():
        assert not policy.allows(character), character
        assert policy.replacement(character) == replacement


@pytest.mark.parametrize("name", ["jis-x-9999", ""])
def test_an_unknown_policy_is_refused_when_it_is_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(TemplateBroken, match=POLICY_FILE):
        policy_of(tmp_path, name)


@pytest.mark.parametrize(
    ("text", "ditto", "undecided"),
    [
        ("〃", True, False),
        ("〃〃", True, False),
        ("同 上", True, False),
        ("(未定)", False, True),
        ("ＴＢＤ", False, True),
        ("同上の取組", False, False),
        ("", False, False),
    ],
)
def test_words_that_are_no_answer_are_known_by_the_whole_cell(text: str, ditto: bool, undecided: bool) -> None:
    policy = load_text_policy(templates_folder() / "shiryo-2-4")
    assert (policy.is_ditto(text), policy.is_undecided(text)) == (ditto, undecided)
