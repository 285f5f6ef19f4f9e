"""A project has one owner: an administration, or an organisation outside the city."""

from malmo_intl.formats import in_sentence, join_words
from projects.models import Participation, Project
from reports.checks.case import Case


def check(case: Case):
    for entry in case.entries:
        owners = list(_owners(entry))
        if len(owners) > 1:
            sentence = (
                f"{entry.name} har två ägare: {join_words(owners)}. Ett projekt kan bara ha en."
            )
            yield case.error("tva-agare", sentence, entry.part, "#medverkan", entry.project.slug)
        elif not owners and entry.project.kind == Project.Kind.PROJECT:
            sentence = f"{entry.name} har ingen ägare. Ange förvaltning eller extern organisation."
            yield case.warning(
                "ingen-agare", sentence, entry.part, "#medverkan", entry.project.slug
            )


def _owners(entry):
    for row in entry.participants:
        if row.role == Participation.Role.OWNER:
            yield in_sentence(row.administration)
    if outside := entry.project.external_owner:
        yield outside
