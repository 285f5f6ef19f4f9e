"""A year's settings put into the database: only what differs, with one Event that says what."""

from django.core.exceptions import ValidationError

from reports.entry.stored import put
from reports.models import MailText, Milestone, Question, ReportingYear, Submission
from reports.yearsetup.plan import Plan
from reports.yearsetup.settings import SettingsForm, locked_questions

CHANGED = "ändrade inställningarna för"
# Above every number that a question can have; it is held only within a save.
ASIDE = 20_000
LONGEST = 40  # letters of a value that the trail repeats


def save(form: SettingsForm, by) -> str:
    """Save a valid form; what was changed, in words, or "" when nothing was.

    Call it in a transaction that holds the year's row. Raises ValidationError when somebody has begun what
    the form would remove; the transaction is then to be rolled back.
    """
    year, plan, before = form.reporting_year, form.plan(), dict(form.stored)
    expected(year, plan, by)  # first: it holds what is asked about next
    questions(year, plan, form.is_ordered)
    for kind, mail in plan.mails.items():
        found = year.mail_texts.filter(kind=kind).first() or MailText(year=year, kind=kind)
        put(found, subject=mail.subject, body=mail.body, days=mail.days)
    for step, pace in plan.paces.items():
        found = year.milestones.filter(step=step).first() or Milestone(year=year, step=step)
        put(found, workdays=pace.workdays, day=pace.day)
    dates = {
        name: getattr(plan, name) for name in ("goal_set", "opens_on", "last_day", "council_on")
    }
    for name, value in dates.items():
        setattr(year, name, value)
    after = SettingsForm(year)
    comment = told(before, form, after)
    if comment:
        year._note(by, CHANGED, {"status": year.status}, comment, **dates)
    return comment


def questions(year: ReportingYear, plan: Plan, is_ordered: bool):
    """`is_ordered`: whether they are numbered anew; else each keeps its number and new ones come last."""
    there = {item.pk: item for item in year.questions.all()}
    kept = [asked.pk for asked in plan.questions if asked.pk in there]
    gone = [question for pk, question in there.items() if pk not in kept]
    locks = locked_questions(year) if gone else {}
    for question in gone:
        if why := locks.get(str(question.pk)):
            raise ValidationError(f"Fråga {question.number}: {why}")
        question.delete()
    last = max((item.number for item in there.values()), default=0)
    wanted = []
    for place, asked in enumerate(plan.questions, start=1):
        question = there.get(asked.pk) or Question(year=year)
        if not is_ordered and not question.pk:
            last += 1
        wanted.append((question, asked, place if is_ordered else question.number or last))
    for question, _, number in wanted:
        if question.pk and question.number != number:
            put(question, number=question.number + ASIDE)
    for question, asked, number in wanted:
        put(
            question, number=number, text=asked.text, lists_projects=asked.lists_projects,
            continues_id=asked.continues_id,
        )  # fmt: skip


def expected(year: ReportingYear, plan: Plan, by):
    """One submission for each expected administration; one is removed only while it has not begun."""
    # Held until the save is done, so that nobody begins what is being removed.
    there = {
        item.administration_id: item
        for item in year.submissions.select_for_update(of=("self",)).select_related(
            "administration"
        )
    }
    for unit, submission in there.items():
        if unit not in plan.boards:
            if submission.status != Submission.Status.NOT_STARTED:
                raise ValidationError(
                    f"{submission.administration} har börjat och kan inte tas bort."
                )
            submission._history_user = by
            submission.delete()
    for unit, board_on in plan.boards.items():
        submission = there.get(unit) or Submission(year=year, administration_id=unit)
        submission._history_user = by
        put(submission, board_on=board_on)


# --- What the trail says -----------------------------------------------------------------------------


def told(before: dict[str, str], form: SettingsForm, after: SettingsForm) -> str:
    """ "Sista dag att lämna in: 2025-01-31 blev 2025-02-07. Text, Godkänd." """
    found, names = [], dict.fromkeys([*before, *after.stored])
    for name in names:
        old, new = before.get(name, ""), after.stored.get(name, "")
        if old != new:
            found.append(_change(name, old, new, form, after))
    return " ".join(dict.fromkeys(sentence for sentence in found if sentence))


def _change(name, old, new, form, after) -> str:
    if name.endswith(f"-{form.questions.ORDER}"):
        return "Frågornas ordning." if old and new else ""
    if name not in after.fields:
        return f"Borttagen fråga: {old}" if name.endswith("-text") else ""
    label = after.fields[name].label
    if name.startswith("forvaltning-"):
        return f"{label} {'tillagd' if new else 'borttagen'}."
    if max(len(old), len(new)) > LONGEST or not name.startswith(
        ("oppnar", "sista", "kf", "namnd", "steg")
    ):
        return f"{label}."
    return f"{label}: {old or 'tomt'} blev {new or 'tomt'}."
