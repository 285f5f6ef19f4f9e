"""Two entries of one project made one, and exactly back."""

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import serializers
from django.core.exceptions import ValidationError
from django.utils import timezone

from funding.models import Grant, Payout
from malmo_intl.models import Event
from projects.models import Measure, Participation, Project, ProjectAlias
from reports import merging
from reports.models import Comment, Merge, Part, ReportingYear
from tests import make

NOW = timezone.now()
OWNER = Participation.Role.OWNER


@pytest.fixture
def kept(miljo):
    made = make.project("Gröna tak", "grona-tak", funded_by=make.fund())
    make.participation(made, miljo, paid={2022: 100})
    return made


@pytest.fixture
def year(db):
    return make.year(2024)


@pytest.fixture
def removed(miljo, kultur, year):
    """The same project under another name, with a row of everything that can belong to it."""
    made = make.project("Gröna taken", "grona-taken", funded_by=make.fund(), aim="Svalka.")
    mine = make.participation(made, miljo, OWNER, paid={2022: 100, 2023: 250}, contribution="Tak.")
    mine.allocations.create(goal=year.goal_set.goals.first(), share=40)
    make.participation(made, kultur, paid={2023: 70})
    Grant.objects.create(project=made, fund=make.fund("KIC", "Climate-KIC"), amount_sek=5)
    ProjectAlias.objects.create(project=made, name="Taken")
    Measure.objects.create(project=made, kind="target", what="tak", value=10)
    report = make.submission(year, miljo)
    make.memo(year, miljo, about=made)
    report.carried.create(participation=mine)
    Part.objects.create(submission=report, key="projekt/grona-taken")
    Comment.objects.create(submission=report, key="projekt", project=made, text="?", by_name="Sam")
    make.project("Efter taken", continues=made)
    return made


def everything():
    left_out = (Merge, Event, Session)
    models = [
        model
        for model in apps.get_models()
        if model not in left_out and not model.__name__.startswith("Historical")
    ]
    rows = [row for model in models for row in model._base_manager.order_by("pk")]
    return serializers.serialize("json", rows)


def test_all_that_belonged_to_the_one_belongs_to_the_other(kept, removed, miljo, kultur, sam):
    made = merging.merge(kept, removed, sam, NOW)
    assert set(kept.aliases.values_list("name", flat=True)) == {"Gröna taken", "Taken"}
    parts = {row.administration: row for row in kept.participations.all()}
    assert set(parts) == {miljo, kultur}
    assert parts[miljo].role == OWNER
    paid = dict(parts[miljo].payouts.values_list("year", "amount"))
    assert paid == {2022: 100, 2023: 250}
    assert parts[miljo].allocations.get().share == 40
    assert parts[miljo].carried.count() == 1
    assert set(kept.grants.values_list("fund__code", flat=True)) == {"ESF", "KIC"}
    assert kept.measures.count() == kept.memos.count() == kept.comments.count() == 1
    assert kept.continued_by.get().name == "Efter taken"
    assert Part.objects.get().key == "projekt/grona-tak"
    kept.refresh_from_db()
    assert kept.aim == "Svalka."
    assert not Project.objects.filter(slug="grona-taken").exists()
    assert (made.merged_name, made.merged_slug) == ("Gröna taken", "grona-taken")
    assert Event.objects.about(kept).get().verb == "förde samman"


def test_what_the_kept_one_does_not_say_comes_along(kept, removed, miljo, sam):
    first = make.project("Det första")
    Project.objects.filter(pk=removed.pk).update(continues=first)
    removed.participations.filter(administration=miljo).update(ends_on="2024-06-30")
    Payout.objects.filter(participation__project=removed, year=2022).update(comment="Slutlig.")
    merging.merge(kept, Project.objects.get(pk=removed.pk), sam, NOW)
    kept.refresh_from_db()
    mine = kept.participations.get(administration=miljo)
    assert kept.continues == first
    assert mine.ends_on.isoformat() == "2024-06-30"
    assert mine.payouts.get(year=2022).comment == "Slutlig."


def test_two_in_one_line_are_not_merged(kept, removed, sam):
    between = make.project("Mellan", continues=removed)
    Project.objects.filter(pk=kept.pk).update(continues=between)
    with pytest.raises(ValidationError, match="fortsätter det andra"):
        merging.merge(Project.objects.get(pk=kept.pk), removed, sam, NOW)


def test_a_participation_of_two_different_times_is_not_merged(kept, removed, miljo, sam):
    kept.participations.update(ends_on="2023-12-31")
    removed.participations.filter(administration=miljo).update(ends_on="2024-06-30")
    with pytest.raises(ValidationError, match="deltar under olika tid"):
        merging.merge(kept, removed, sam, NOW)


def test_taken_back_everything_is_as_it_was(kept, removed, sam):
    before = everything()
    made = merging.merge(kept, removed, sam, NOW)
    assert everything() != before
    merging.undo(made, sam, NOW)
    assert everything() == before
    assert made.undone_at == NOW
    assert Event.objects.about(kept).first().verb == "tog tillbaka sammanförandet"


def test_it_is_taken_back_once(kept, removed, sam):
    made = merging.merge(kept, removed, sam, NOW)
    merging.undo(made, sam, NOW)
    with pytest.raises(ValidationError, match="redan taget tillbaka"):
        merging.undo(made, sam, NOW)


def test_the_preview_says_the_same_and_changes_nothing(kept, removed, sam):
    before = everything()
    told = merging.rehearse(kept, removed)
    assert everything() == before
    assert not Event.objects.exists()
    assert "Miljöförvaltningens två medverkanden blir en." in told
    assert told == merging.merge(kept, removed, sam, NOW).moved["told"]


def _two_amounts(kept, removed):
    Payout.objects.filter(participation__project=kept).update(amount=101)
    return "olika utbetalningar 2022"


def _two_owners(kept, removed):
    make.participation(kept, make.administration("FSF", "Förskole", "Förskole"), OWNER)
    return "var sin ägare"


def _one_outside(kept, removed):
    kept.external_owner = apps.get_model("projects.Organisation").objects.create(
        name="Lunds kommun"
    )
    kept.save()
    return "var sin ägare"


def _two_memos(kept, removed):
    memo = removed.memos.get()
    make.memo(memo.year, memo.administration, about=kept)
    return "tjänsteskrivelse 2024 om vart och ett"


def _two_grants(kept, removed):
    Grant.objects.filter(project=kept).update(amount_sek=1)
    Grant.objects.filter(project=removed, fund__code="ESF").update(amount_sek=2)
    return "olika belopp från Europeiska socialfonden"


def _two_measures(kept, removed):
    Measure.objects.create(project=kept, kind="target", what="tak", value=11)
    return "olika värden för ”tak”"


def _one_after_the_other(kept, removed):
    kept.continues = removed
    kept.save()
    return "fortsätter det andra"


@pytest.mark.parametrize(
    "make_clash",
    [
        _two_amounts,
        _two_owners,
        _one_outside,
        _two_memos,
        _two_grants,
        _two_measures,
        _one_after_the_other,
    ],
)
def test_what_says_two_things_is_refused_and_nothing_done(kept, removed, sam, make_clash):
    sentence = make_clash(kept, removed)
    before = everything()
    with pytest.raises(ValidationError, match=sentence):
        merging.merge(kept, removed, sam, NOW)
    assert everything() == before
    assert not Merge.objects.exists()


def test_a_published_years_figures_are_never_changed(kept, removed, sam, miljo):
    year = make.year(2022, status=ReportingYear.Status.PUBLISHED)
    make.submission(year, miljo, "approved")
    before = everything()
    with pytest.raises(ValidationError, match="Siffrorna för 2022, som är publicerade"):
        merging.merge(kept, removed, sam, NOW)
    assert everything() == before


def test_a_project_with_published_documents_is_kept(kept, removed, sam):
    apps.get_model("reports.Publication").objects.create(
        kind="projekt", year=removed.memos.get().year, project=removed, data={}, sha256="0" * 64,
        administration=removed.memos.get().administration, published_by=sam, published_by_name="Sam",
    )  # fmt: skip
    with pytest.raises(ValidationError, match="publicerade dokument"):
        merging.merge(kept, removed, sam, NOW)
    with pytest.raises(ValidationError):
        merging.rehearse(kept, removed)


@pytest.mark.parametrize(
    "change",
    [
        lambda kept, kultur: kept.participations.filter(administration=kultur).delete(),
        lambda kept, kultur: kept.aliases.filter(name="Gröna taken").update(name="Taken II"),
        lambda kept, kultur: kept.memos.update(project=None),
        lambda kept, kultur: make.project("Ny", "grona-taken"),
    ],
)
def test_it_is_not_taken_back_over_what_has_been_changed_since(kept, removed, sam, kultur, change):
    made = merging.merge(kept, removed, sam, NOW)
    Payout.objects.filter(participation__administration=kultur).delete()
    change(kept, kultur)
    after = everything()
    with pytest.raises(ValidationError, match="inte att ta tillbaka"):
        merging.undo(made, sam, NOW)
    assert everything() == after
    made.refresh_from_db()
    assert made.undone_at is None


def test_a_merge_below_another_is_taken_back_after_it(kept, removed, sam, kultur):
    first = merging.merge(kept, removed, sam, NOW)
    top = make.project("Tak")
    second = merging.merge(top, kept, sam, NOW)
    first.refresh_from_db()
    with pytest.raises(ValidationError):
        merging.undo(first, sam, NOW)
    merging.undo(second, sam, NOW)
    first.refresh_from_db()
    merging.undo(first, sam, NOW)
    assert Project.objects.filter(slug="grona-taken").exists()


def test_names_that_are_alike_are_suspects_but_not_those_that_continue(kept, removed):
    after = make.project("Gröna takens", continues=removed)
    projects = list(Project.objects.prefetch_related("aliases").order_by("pk"))
    pairs = {frozenset((one.name, other.name)) for one, other in merging.suspects(projects)}
    assert frozenset(("Gröna tak", "Gröna taken")) in pairs
    assert frozenset((removed.name, after.name)) not in pairs
