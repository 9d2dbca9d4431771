"""The model folder: data only, and refused when it is not whole."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

from framescope.errors import ModelError, OutputError
from framescope.model.folder import MANIFEST, read_model


@pytest.fixture
def folder(small, tmp_path):
    return small.save(tmp_path / "model", name="mine", version="3")


def test_nothing_in_the_folder_can_execute_code(folder):
    assert {file.suffix for file in folder.iterdir()} <= {".json", ".npy", ".txt", ".md"}
    for file in folder.glob("*.npy"):
        np.load(file, allow_pickle=False)


def test_the_manifest_names_versions_and_settings_but_no_time_of_day(folder):
    manifest = json.loads((folder / MANIFEST).read_text())
    assert manifest["format"] == 1
    assert {"framescope", "scikit-learn", "numpy"} <= set(manifest["libraries"])
    assert manifest["frames"] == ["peace", "war"]
    assert not any(word in json.dumps(manifest) for word in ("created", "time", "date"))


def test_the_least_support_is_kept_and_older_folders_have_none(folder, small):
    manifest = json.loads((folder / MANIFEST).read_text())
    assert manifest["least_support"] is None
    del manifest["least_support"]
    (folder / MANIFEST).write_text(json.dumps(manifest))
    assert read_model(folder).least_support is None
    (folder / MANIFEST).write_text(json.dumps(manifest | {"least_support": -1.5}))
    assert read_model(folder).least_support == -1.5
    (folder / MANIFEST).write_text(json.dumps(manifest | {"least_support": float("nan")}))
    with pytest.raises(ModelError, match="nan is no least support"):
        read_model(folder)


def test_every_missing_file_is_named(folder):
    for file in sorted(folder.iterdir()):
        held = file.read_bytes()
        file.unlink()
        with pytest.raises(ModelError, match=file.name):
            read_model(folder)
        file.write_bytes(held)
    read_model(folder)


def test_a_changed_file_is_refused(folder):
    (folder / "ngrams.txt").write_text("other")
    with pytest.raises(ModelError, match=r"ngrams.txt differs from what manifest.json says"):
        read_model(folder)


def test_another_format_number_is_refused(folder):
    manifest = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps(manifest | {"format": 99}))
    with pytest.raises(ModelError, match="format 99; this version of framescope reads format 1"):
        read_model(folder)


@pytest.mark.parametrize("content", ["", "[]", "{", "null"])
def test_a_broken_manifest_is_refused(folder, content):
    (folder / MANIFEST).write_text(content)
    with pytest.raises(ModelError, match=r"cannot be read as JSON|has model format None"):
        read_model(folder)


def test_a_folder_that_is_no_model_is_refused(tmp_path):
    with pytest.raises(ModelError, match="is no model folder: found a folder without"):
        read_model(tmp_path)
    with pytest.raises(ModelError, match="found nothing"):
        read_model(tmp_path / "no")


def test_an_existing_model_is_replaced_only_when_asked(small, folder):
    with pytest.raises(OutputError, match="use --force"):
        small.save(folder)
    small.save(folder, force=True)
    read_model(folder)


def test_a_folder_with_other_things_in_it_is_never_replaced(small, tmp_path):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "diary.txt").write_text("mine")
    with pytest.raises(OutputError, match="is not a model folder"):
        small.save(tmp_path / "notes", force=True)
    assert (tmp_path / "notes" / "diary.txt").read_text() == "mine"


def test_a_failed_save_leaves_no_folder_that_looks_whole(small, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(OutputError, match="cannot write the model"):
        small.save(blocked / "model")
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_a_copied_folder_is_the_same_model(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "copy")
    assert read_model(tmp_path / "copy").frames == read_model(folder).frames
