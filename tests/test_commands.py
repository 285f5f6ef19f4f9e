"""What is done from the command line: one sentence and no file when it cannot be done."""

import io
import json
import os
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from malmo_intl.models import User
from reports.document import from_data
from reports.documents import build


@pytest.mark.usefixtures("known_years")
class TestRenderDocument:
    def render(self, tmp_path, *words, **options):
        file = tmp_path / f"fil.{options.get('format', 'json')}"
        options = {"format": "json", "output": str(file), "stdout": io.StringIO(), **options}
        call_command("render_document", *words, **options)
        return file

    def test_the_file_holds_the_document_that_was_asked_for(self, tmp_path):
        file = self.render(tmp_path, "forvaltning", "2019", administration="ASF")
        assert from_data(json.loads(file.read_bytes())) == build("forvaltning", 2019, "ASF")

    @pytest.mark.parametrize(
        ("words", "options", "sentence"),
        [
            (("stad", "tjugo"), {}, "är inget år"),
            (("stad", "1999"), {}, "finns inte"),
            (("roman", "2019"), {}, "Dokumentet roman finns inte"),
            (("stad", "2023"), {"format": "odt"}, "Formatet odt finns inte"),
            (("forvaltning", "2019"), {}, "Ange förvaltningens kortnamn"),
            (("stad", "2023"), {"output": "/ingenstans/fil.json"}, "Mappen /ingenstans finns inte"),
        ],
    )
    def test_bad_words_give_one_sentence_and_leave_no_file(
        self, tmp_path, words, options, sentence
    ):
        with pytest.raises(CommandError, match=sentence) as refused:
            self.render(tmp_path, *words, **options)
        assert "\n" not in str(refused.value)
        assert list(tmp_path.iterdir()) == []

    def test_a_file_that_stands_there_is_kept_when_the_new_one_fails(self, tmp_path):
        (tmp_path / "fil.json").write_text("det gamla")
        with pytest.raises(CommandError):
            self.render(tmp_path, "stad", "1999")
        assert (tmp_path / "fil.json").read_text() == "det gamla"


def run_manage(*words, **environment):
    """manage.py in a process of its own, with nothing in the environment but what is given."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        env={**kept, "DEBUG": "false", **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_production_refuses_to_start_without_key_hosts_and_database():
    done = run_manage("check")
    assert done.returncode != 0
    assert "SECRET_KEY, ALLOWED_HOSTS, DATABASE_URL" in done.stderr


def test_a_bad_document_ends_with_a_status_that_is_not_0_and_one_line_on_stderr(tmp_path):
    database = f"sqlite:///{tmp_path}/tom.sqlite3"
    run_manage("migrate", "-v0", DEBUG="true", DATABASE_URL=database)
    done = run_manage(
        "render_document", "stad", "2023", "--output", str(tmp_path / "x.pdf"),
        DEBUG="true", DATABASE_URL=database,
    )  # fmt: skip
    assert done.returncode != 0
    assert done.stderr.strip().splitlines() == [
        "Fel: Redovisningsåret 2023 finns inte. Välj bland: inget."
    ]
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize("words", [(), ("stad",), ("stad", "2023"), ("stad", "2023", "--annat")])
def test_arguments_that_cannot_be_read_are_answered_in_one_swedish_line(words):
    done = run_manage("render_document", *words, DEBUG="true")
    assert done.returncode == 2
    assert done.stderr.startswith("Fel: Argumenten går inte att läsa. Skriv: manage.py")
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.django_db
def test_demo_people_are_never_made_in_production(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="aldrig in i drift"):
        call_command("make_demo_people")
    assert not User.objects.exists()


@pytest.mark.usefixtures("known_years")
def test_demo_people_are_made_once_and_can_log_in(settings, client):
    settings.DEBUG = True
    call_command("make_demo_people")
    before = set(User.objects.values_list("pk", "password"))
    call_command("make_demo_people")
    assert set(User.objects.values_list("pk", "password")) == before
    assert len(before) == 6
    assert client.login(username="samordnare@exempel.malmo.se", password="demo-malmo-2024")


@pytest.mark.parametrize("words", [("workbook", "ASF", "tjugo"), ("year_workbook", "tjugo")])
def test_a_year_that_is_none_is_said_in_a_sentence(db, tmp_path, words):
    with pytest.raises(CommandError, match="”tjugo” är inget år"):
        call_command(*words, output=str(tmp_path / "fil.xlsx"))
    assert list(tmp_path.iterdir()) == []
