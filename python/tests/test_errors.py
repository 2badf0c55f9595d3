"""What keeps a check from being made is told, with what to do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import dlde


@pytest.mark.parametrize(
    ("arguments", "kind", "said"),
    [
        ({"pdf": "/no/such/paper.pdf"}, dlde.InputError, "no such file"),
        ({"venue": "dlde-2032"}, dlde.VenueError, "did you mean `dlde-2023`"),
        ({"venue": Path("no-such.toml")}, dlde.VenueError, "cannot be read"),
        ({"stage": "draft"}, dlde.ChoiceError, "known: submission, camera-ready, preprint"),
        ({"track": "demo"}, dlde.ChoiceError, "known: regular"),
        ({"audience": "all"}, dlde.ChoiceError, "known: author, chair, reviewer"),
        ({"timeout": 0}, dlde.ChoiceError, "pass a timeout of some seconds"),
        ({"identities": {"authors": [{"name": ["Ada Orr"]}]}}, dlde.IdentitiesError, "did you mean `names`"),
        ({"identities": "/no/such/who.json"}, dlde.IdentitiesError, "cannot be read"),
        ({"identities": {"authors": [{"names": ["A B"]}]}, "audience": "reviewer"}, dlde.IdentitiesError, "leave"),
    ],
)
def test_an_error_says_what_to_do(
    arguments: dict[str, Any], kind: type[dlde.DldeError], said: str, clean: Path
) -> None:
    with pytest.raises(kind) as error:
        dlde.check(**{"pdf": clean, **arguments})
    assert isinstance(error.value, dlde.DldeError)
    assert error.value.remedy and said in str(error.value)
    assert "Ada Orr" not in str(error.value).replace(error.value.remedy, "")


@pytest.mark.parametrize(
    "arguments",
    [
        {"pdf": 3},
        {"pdf": None},
        {"source": 3},
        {"supplements": [3]},
        {"supplements": "code.zip"},
        {"supplements": b"PK"},
        {"supplements": bytearray(b"PK")},
        {"supplements": memoryview(b"PK")},
        {"supplements": Path("code.zip")},
        {"venue": 3},
        {"stage": 3},
        {"identities": ["Ada Orr"]},
        {"timeout": "30"},
        {"memory": None},
    ],
)
def test_another_type_is_a_type_error(arguments: dict[str, Any], clean: Path) -> None:
    with pytest.raises(TypeError):
        dlde.check(**{"pdf": clean, **arguments})


@pytest.mark.parametrize(
    ("name", "number"),
    [("timeout", number) for number in (True, 0, -1, float("nan"), -float("inf"))]
    + [("memory", number) for number in (True, 0, -1, 1 << 20, 1 << 63, float("nan"), float("inf"))],
)
def test_a_limit_that_no_check_can_be_held_to_is_refused_with_a_remedy(name: str, number: Any, clean: Path) -> None:
    for isolate in (True, False):
        with pytest.raises(dlde.ChoiceError, match=f"; pass a {name} of "):
            dlde.check(clean, isolate=isolate, **{name: number})


def test_a_venue_with_mistakes_is_told_with_them(clean: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("id = 'own-2030'\n")
    with pytest.raises(dlde.VenueError, match="own.toml: "):
        dlde.check(clean, venue=own)


def test_what_is_no_paper_is_not_fixed(tmp_path: Path) -> None:
    with pytest.raises(dlde.FixError, match="is no PDF"):
        dlde.fix(b"no paper")


@pytest.mark.parametrize(("module", "needs"), [("openreview", "openreview"), ("ray", "ray"), ("ray", "pyarrow")])
def test_without_its_extra_a_part_tells_which_to_install(module: str, needs: str) -> None:
    words = ["--venue-id", "Nowhere.cc"] if module == "openreview" else ["papers", "results"]
    program = f"import runpy, sys; sys.modules[{needs!r}] = None; sys.argv[1:] = {words}; "
    run = f"runpy.run_module('dlde.{module}', run_name='__main__')"
    ended = subprocess.run([sys.executable, "-c", program + run], capture_output=True, text=True)
    assert ended.returncode == 2
    assert f"its extra `{module}` names: pip install " in ended.stderr and "Traceback" not in ended.stderr
    said = f"import dlde\ntry:\n    import dlde.{module}\nexcept dlde.DldeError as error:\n    print(error)"
    ended = subprocess.run([sys.executable, "-c", program + "\n" + said], capture_output=True, text=True)
    assert f"its extra `{module}` names: pip install " in ended.stdout
