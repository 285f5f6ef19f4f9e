"""A project has a fund or another payer; without one it is no EU project (counting rule 2).

Asked of the owner: partners cannot write it.
"""

from projects.models import Project
from reports.checks.case import Case


def check(case: Case):
    for entry in case.entries:
        if entry.is_others or entry.fact.project.grants:
            continue
        if entry.project.kind == Project.Kind.PROJECT:
            yield case.warning(
                "utan-fond",
                f"{entry.name} har ingen fond eller annan finansiär och räknas därför inte som EU-projekt.",
                entry.part,
                "#finansiering" if entry.is_owner else "#om",
                entry.project.slug,
            )
