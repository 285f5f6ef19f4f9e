"""Reading in answers from Word or text: choose the file, see what goes where, save."""

from html import unescape

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import strip_tags
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from malmo_intl.inputs import ProseField
from reports.entry import carry, saving
from reports.entry.answer import AnswerForm
from reports.entry.form import NOTHING, REASON
from reports.importing import answers
from reports.importing.placing import Piece, State
from reports.importing.upload import LARGEST, Refused
from reports.models import Saving
from reports.views.own import own_submission, trail

MOST_PIECES = 100
TOO_LATE = "Någon annan sparade samtidigt. Försök igen."
REPLACE, AFTER = "ersatt", "efter"


class PieceForm(forms.Form):
    """Where one piece of the file goes."""

    to = forms.TypedChoiceField(label="Lägg under", coerce=int, required=False, empty_value=None)
    how = forms.ChoiceField(
        label="Frågan har redan ett svar",
        choices=[(AFTER, "Lägg det nya efter"), (REPLACE, "Byt ut det")],
        widget=forms.RadioSelect,
        initial=AFTER,
        required=False,
    )
    nothing = forms.BooleanField(label="Ange som inget att rapportera", required=False)
    text = ProseField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, questions, **options):
        super().__init__(*args, label_suffix="", **options)
        self.fields["to"].choices = [
            ("", "Ta inte med"),
            *((item.number, f"{item.number}. {item.text}") for item in questions),
        ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_answers(request: HttpRequest, year, administration):
    submission = own_submission(request.user, year, administration)
    if not submission.is_editable:
        raise PermissionDenied
    if "pieces" in request.POST:
        return _save(request, submission)
    if request.method == "POST":
        return _preview(request, submission)
    return _page(request, submission)


def _page(request, submission, error="", status=200):
    context = {"submission": submission, "breadcrumbs": trail(submission), "error": error}
    return render(request, "reports/entry/import_answers.html", context, status=status)


def _preview(request, submission):
    file = request.FILES.get("file")
    if file is None:
        return _page(request, submission, "Välj en fil först.", 422)
    try:
        plan = answers.plan(file.read(LARGEST + 1), submission.year, submission.administration)
    except Refused as error:
        return _page(request, submission, str(error), 422)
    code = submission.administration.code
    own = [piece for piece in plan.answers if piece.administration == code]
    pieces = [piece for piece in own if piece.state != State.EMPTY] + list(plan.texts)
    if not pieces:
        return _page(request, submission, "Filen har ingen text att läsa in.", 422)
    if len(pieces) > MOST_PIECES:
        return _page(request, submission, "Filen har för många rubriker för att läsas in.", 422)
    rows = [
        (piece, _form(submission, index, initial=_initial(piece)))
        for index, piece in enumerate(pieces)
    ]
    others = sorted({piece.administration for piece in plan.answers} - {code, ""})
    return _show(request, submission, rows, others=others)


def _initial(piece: Piece) -> dict:
    return {
        "to": piece.question,
        "text": piece.html,
        "nothing": piece.question is not None and piece.state == State.NOTHING,
    }


def _form(submission, index, **data) -> PieceForm:
    return PieceForm(prefix=f"bit-{index}", questions=list(submission.year.questions.all()), **data)


def _show(request, submission, rows, status=200, **more):
    context = {
        "submission": submission,
        "breadcrumbs": trail(submission),
        "rows": rows,
        "answered": set(
            submission.answers.exclude(text="").values_list("question__number", flat=True)
        ),
        **more,
    }
    return render(request, "reports/entry/import_preview.html", context, status=status)


def _save(request, submission):
    count = request.POST["pieces"]
    count = min(int(count), MOST_PIECES) if count.isdecimal() and len(count) < 4 else 0
    forms_ = [_form(submission, index, data=request.POST) for index in range(count)]
    rows = [(None, form) for form in forms_]
    checked = [form.is_valid() for form in forms_]  # each, so that every error is shown
    if not all(checked):
        return _show(request, submission, rows, status=422)
    try:
        stored = _store(submission, [form.cleaned_data for form in forms_], request.user)
    except (answers.NotStored, saving.Conflict):
        return _show(request, submission, rows, status=409, error=TOO_LATE)
    except ValidationError as error:
        return _show(request, submission, rows, status=409, error=" ".join(error.messages))
    messages.success(
        request, f"{stored} svar är inlästa. Läs igenom dem och markera delarna som klara."
    )
    return redirect(submission)


def _store(submission, chosen, user) -> int:
    """All answers or none. What several pieces say about one question is put one after the other."""
    with carry.writing(submission, user):
        return _store_each(submission, chosen, user)


def _store_each(submission, chosen, user) -> int:
    writer = saving.Writer(user, timezone.now(), Saving.How.IMPORTED)
    numbers = sorted({piece["to"] for piece in chosen if piece["to"] is not None})
    for number in numbers:
        key = f"fragor/{number}"
        pieces = [piece for piece in chosen if piece["to"] == number]
        form = AnswerForm(submission, key, _answer(AnswerForm(submission, key), pieces))
        if not form.is_valid():
            sentences = [text for texts in form.errors.values() for text in texts]
            raise answers.NotStored([answers.Problem(f"Fråga {number}", " ".join(sentences))])
        saving.save(form, form.version, writer)
    return len(numbers)


def _answer(now: AnswerForm, pieces) -> dict[str, str]:
    texts = [piece["text"] for piece in pieces]
    kept = "" if any(piece["how"] == REPLACE for piece in pieces) else now.stored["svar"]
    if all(piece["nothing"] for piece in pieces) and not kept:
        from_file = " ".join(unescape(strip_tags(text)) for text in texts)
        return {"svar": "", NOTHING: "on", REASON: from_file[:300]}
    return {"svar": "".join([kept, *texts]), NOTHING: "", REASON: ""}
