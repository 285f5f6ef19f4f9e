"""Files that were drawn: kept until there is no room, and only where nobody else can reach them."""

import os
import time

import pytest

from reports.renderers import kept


@pytest.fixture
def folder(settings, tmp_path):
    settings.RENDER_CACHE = str(tmp_path / "kept")
    settings.RENDER_CACHE_MEGABYTES = 1
    return tmp_path / "kept"


def test_what_is_put_can_be_had(folder):
    kept.put("a", b"innehall")
    assert kept.get("a") == b"innehall"
    assert kept.get("b") is None
    assert [file.name for file in folder.iterdir()] == ["a"]


def test_it_is_for_this_user_alone(folder):
    kept.put("a", b"innehall")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "a").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_others_can_reach_is_not_used(folder):
    folder.mkdir(mode=0o700)
    folder.chmod(0o750)
    kept.put("a", b"innehall")
    assert not list(folder.iterdir())
    (folder / "a").write_bytes(b"planterat")
    assert kept.get("a") is None


def test_a_link_to_a_folder_is_not_followed(folder, tmp_path):
    (tmp_path / "other").mkdir(mode=0o700)
    folder.symlink_to(tmp_path / "other")
    kept.put("a", b"innehall")
    assert not list((tmp_path / "other").iterdir())


def test_what_was_used_last_is_swept_last(folder):
    for number, name in enumerate("abc"):
        kept.put(name, bytes(400_000))
        os.utime(folder / name, (time.time() - 100 + number,) * 2)
    kept.get("a")
    kept.sweep()
    assert {file.name for file in folder.iterdir()} == {"a", "c"}


def test_what_nobody_has_asked_for_in_a_week_is_removed(folder):
    kept.put("a", b"innehall")
    os.utime(folder / "a", (time.time() - kept.IDLE - 1,) * 2)
    kept.put("b", b"innehall")
    kept.sweep()
    assert [file.name for file in folder.iterdir()] == ["b"]


def test_nothing_is_kept_where_nothing_may_be(folder, settings):
    settings.RENDER_CACHE_MEGABYTES = 0
    kept.put("a", b"innehall")
    kept.sweep()
    assert kept.get("a") is None
    assert not folder.exists()


def test_a_full_disk_is_no_error(folder, monkeypatch):
    def full(*_, **__):
        raise OSError("No space left on device")

    monkeypatch.setattr(kept.tempfile, "mkstemp", full)
    kept.put("a", b"innehall")
    assert kept.get("a") is None


def test_a_name_tells_what_was_drawn_and_by_what(monkeypatch):
    assert kept.key("pdf", "a") == kept.key("pdf", "a")
    assert len({kept.key("pdf", "a"), kept.key("docx", "a"), kept.key("pdf", "b")}) == 3
    assert kept.key("ab", "c") != kept.key("a", "bc")
    before = kept.key("a")
    monkeypatch.setattr(kept, "_drawn_by", lambda: "another version")
    assert kept.key("a") != before
