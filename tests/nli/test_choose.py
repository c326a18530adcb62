"""Which model a name means, and that a wrong one is refused without the network."""

from __future__ import annotations

from pathlib import Path

import pytest

from stance.errors import ModelError
from stance.nli.choose import choose_model, own_folder
from stance.nli.folder import Manifest, write_manifest

WRONG = ["ana", "models/ana", "./ana", "/no/such/ana", "ana.toml", "a/b/c", "~/ana"]


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """What would be fetched from Hugging Face; the working folder has one model."""
    fetched: list[str] = []

    class Fetched:
        def __init__(self, name: str, threads: int) -> None:
            fetched.append(name)

    monkeypatch.setattr("stance.nli.torch_model.TorchNli", Fetched)
    monkeypatch.chdir(tmp_path)
    Path("models/drava").mkdir(parents=True)
    write_manifest(Path("models/drava"), Manifest(name="drava", base="tiny"))
    return fetched


@pytest.mark.parametrize("name", WRONG)
def test_a_name_that_is_no_model_is_refused_at_once(offline: list[str], name: str) -> None:
    with pytest.raises(ModelError) as caught:
        choose_model(name, 1)
    said = str(caught.value)
    assert said.startswith(f"there is no model {name!r}; there are drava")
    assert said.endswith("a model of Hugging Face is written ORGANISATION/NAME")
    assert "\n" not in said and offline == []
    with pytest.raises(ModelError, match="there is no model"):
        own_folder(name)


@pytest.mark.parametrize("name", ["facebook/bart-large-mnli", "MoritzLaurer/deberta-v3.0_x"])
def test_a_name_of_the_hub_is_fetched(offline: list[str], name: str) -> None:
    choose_model(name, 1)
    assert offline == [name]


def test_a_folder_of_any_name_is_read(offline: list[str]) -> None:
    Path("mine").mkdir()
    choose_model("mine", 1)
    assert offline == ["mine"]
