"""What came along from last year waits for a word."""

import pytest

from projects.models import Network
from reports.checks import carried_over
from reports.models import CarriedItem


def test_a_project_that_nobody_has_confirmed_is_an_error(find, draft, rebus):
    CarriedItem.objects.create(submission=draft, participation=rebus)
    (found,) = find(carried_over)
    assert found.is_error
    assert found.sentence.startswith("Rebus följde med från förra gången.")
    assert found.url.endswith("/projekt/#projekt-rebus")


def test_so_is_a_network(find, draft):
    network = Network.objects.create(name="Eurocities")
    CarriedItem.objects.create(submission=draft, network=network)
    (found,) = find(carried_over)
    assert found.url.endswith(f"/aktiviteter/#id_natverk-{network.pk}")


@pytest.mark.parametrize("verdict", ["unchanged", "changed", "ended"])
def test_any_word_will_do(find, draft, rebus, verdict):
    CarriedItem.objects.create(submission=draft, participation=rebus, verdict=verdict)
    assert find(carried_over) == []
