"""Which projects and administrations a text speaks of."""

from types import SimpleNamespace

from reports import naming


def unit(pk, name, board, code, board_code, leads=False):
    return SimpleNamespace(
        pk=pk, name=name, board_name=board, code=code, board_code=board_code, leads_the_year=leads
    )


MILJO = unit(1, "Miljöförvaltningen", "Miljönämnden", "MF", "MN")
OFFICE = unit(2, "Stadskontoret", "Kommunstyrelsen", "STK", "KS", leads=True)


def test_the_longer_name_is_found_and_not_the_shorter_within_it():
    known = naming.longest_first([("Malmökraften", 1), ("Malmökraften 2.0", 2), ("ESF", 3)])
    assert naming.found(known, "I Malmökraften 2.0 (ESF) var vi med.") == {2: "Malmökraften 2.0"}


def test_an_administration_is_named_in_all_the_ways_people_write():
    known = naming.administrations([MILJO, OFFICE])
    for text in ("miljöförvaltningens arbete", "Miljönämnden beslutar", "hos MF.", "MN:s arbete"):
        assert set(naming.found(known, text)) == {1}, text
    assert not naming.found(known, "MFF vann, och miljöförvaltningarna gladdes.")


def test_the_citys_own_board_is_not_the_office():
    known = naming.administrations([OFFICE])
    assert not naming.found(known, "Kommunstyrelsen föreslår (KS).")
    assert set(naming.found(known, "stadskontorets bedömning")) == {2}
