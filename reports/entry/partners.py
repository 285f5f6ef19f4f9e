"""Samverkansparter: how many outside parties, per sector."""

from malmo_intl.inputs import CountField
from reports.entry.form import PartForm
from reports.models import PartnerCount, Sector


class PartnersForm(PartForm):
    """One number per sector. An empty field says nothing; 0 says that there were none (rule 4)."""

    heading = "Samverkansparter"
    lead = "Hur många parter utanför Malmö stad har förvaltningen samverkat med internationellt under året?"
    template = "reports/entry/_partners.html"

    def read(self):
        counts = self.submission.partner_counts.all()
        return {f"parter-{row.sector}": row.count for row in counts}

    def lay_out(self):
        return {
            f"parter-{sector}": CountField(label=label, required=False, most=100_000)
            for sector, label in Sector.choices
        }

    def write(self, by):
        for sector in Sector:
            count = self.cleaned_data[f"parter-{sector}"]
            rows = PartnerCount.objects.filter(submission=self.submission, sector=sector)
            if count is None:
                for row in rows:  # one by one, for the history
                    row.delete()
            else:
                PartnerCount.objects.update_or_create(
                    submission=self.submission, sector=sector, defaults={"count": count}
                )
