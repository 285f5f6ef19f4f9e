"""The catalogue of open data, by DCAT-AP-SE 3: https://docs.dataportal.se/dcat/ (3.0.1).

Mandatory there, and all in place: for the catalogue its title, description, publisher, licence and datasets;
for a publisher its name and type; for a dataset its title, description and publisher; for a distribution its
accessURL and licence; for a contact its kind, name and e-mail. The contact is a function, never a person.
"""

import datetime
from dataclasses import dataclass

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, XSD

from reports.dataout.table import Table

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
LICENCE = URIRef("http://creativecommons.org/publicdomain/zero/1.0/")
LANGUAGE = URIRef("http://publications.europa.eu/resource/authority/language/SWE")
THEMES = Namespace("http://publications.europa.eu/resource/authority/data-theme/")
FILE_TYPES = {"csv": "text/csv", "json": "application/json"}
MALMO = URIRef("http://sws.geonames.org/2692969/")
PUBLIC = URIRef("http://publications.europa.eu/resource/authority/access-right/PUBLIC")
YEARLY = URIRef("http://publications.europa.eu/resource/authority/frequency/ANNUAL")
LOCAL_AUTHORITY = URIRef("http://purl.org/adms/publishertype/LocalAuthority")
TITLE = "Malmö stads internationella arbete"
CONTACT_NAME = "Stadskontoret, internationell redovisning"
EMAIL = "internationell-redovisning@malmo.se"


@dataclass(frozen=True)
class Open:
    """An open table, and since when."""

    table: Table
    since: datetime.date


def catalogue(tables: list[Open], site: str) -> Graph:
    """The graph. `site` is the address of the open data, with a slash at its end; files stand below it."""
    graph = Graph()
    for prefix, namespace in {
        "dcat": DCAT,
        "dcterms": DCTERMS,
        "foaf": FOAF,
        "vcard": VCARD,
    }.items():
        graph.bind(prefix, namespace)
    graph.bind("dcatap", DCATAP)
    catalog, publisher = URIRef(f"{site}dcat.rdf#katalog"), URIRef(f"{site}dcat.rdf#utgivare")
    contact = URIRef(f"{site}dcat.rdf#kontakt")
    _add(graph, publisher, (RDF.type, FOAF.Agent), (FOAF.name, Literal("Malmö stad", lang="sv")))
    _add(graph, publisher, (DCTERMS.type, LOCAL_AUTHORITY))
    _add(graph, contact, (RDF.type, VCARD.Organization), (VCARD.fn, Literal(CONTACT_NAME)))
    _add(graph, contact, (VCARD.hasEmail, URIRef(f"mailto:{EMAIL}")))
    _add(
        graph,
        catalog,
        (RDF.type, DCAT.Catalog),
        (DCTERMS.title, Literal(TITLE, lang="sv")),
        (DCTERMS.title, Literal("International work of the City of Malmö", lang="en")),
        (
            DCTERMS.description,
            Literal("Det som Malmö stad har öppnat ur sin internationella redovisning.", lang="sv"),
        ),
        (DCTERMS.publisher, publisher),
        (DCTERMS.license, LICENCE),
        (DCTERMS.language, LANGUAGE),
        (DCTERMS.spatial, MALMO),
        (DCAT.themeTaxonomy, URIRef(str(THEMES).rstrip("/"))),
        (FOAF.homepage, URIRef(site)),
        (DCTERMS.issued, _day(min(item.since for item in tables))),
        (DCTERMS.modified, _day(max(item.since for item in tables))),
    )
    for item in tables:
        dataset = _dataset(graph, item, site, publisher, contact)
        graph.add((catalog, DCAT.dataset, dataset))
    return graph


def _dataset(graph, item, site, publisher, contact):
    table = item.table
    dataset = URIRef(f"{site}{table.key}")
    _add(
        graph,
        dataset,
        (RDF.type, DCAT.Dataset),
        (DCTERMS.title, Literal(table.title, lang="sv")),
        (DCTERMS.title, Literal(table.title_en, lang="en")),
        (DCTERMS.description, Literal(table.description, lang="sv")),
        (DCTERMS.publisher, publisher),
        (DCAT.contactPoint, contact),
        (DCTERMS.language, LANGUAGE),
        (DCAT.theme, THEMES[table.theme]),
        (DCTERMS.issued, _day(item.since)),
        (DCTERMS.accessRights, PUBLIC),
        (DCTERMS.accrualPeriodicity, YEARLY),
        (DCTERMS.spatial, MALMO),
        (DCAT.landingPage, URIRef(f"{site}#{table.key}")),
    )
    for word in ("internationellt arbete", *table.keywords):
        graph.add((dataset, DCAT.keyword, Literal(word, lang="sv")))
    for suffix, file_type in FILE_TYPES.items():
        graph.add(
            (dataset, DCAT.distribution, _distribution(graph, table, site, suffix, file_type))
        )
    return dataset


def _distribution(graph, table, site, suffix, file_type):
    file = URIRef(f"{site}{table.key}.{suffix}")
    distribution = URIRef(f"{site}{table.key}#{suffix}")
    _add(
        graph,
        distribution,
        (RDF.type, DCAT.Distribution),
        (DCTERMS.title, Literal(f"{table.title} som {suffix.upper()}", lang="sv")),
        (
            DCTERMS.description,
            Literal(f"{table.description} Kolumnerna förklaras på landningssidan.", lang="sv"),
        ),
        (DCAT.accessURL, file),
        (DCAT.downloadURL, file),
        (DCTERMS.license, LICENCE),
        (DCTERMS["format"], Literal(file_type)),
        (
            DCATAP.availability,
            URIRef("http://publications.europa.eu/resource/authority/planned-availability/STABLE"),
        ),
    )
    return distribution


def _add(graph, subject, *facts):
    for predicate, value in facts:
        graph.add((subject, predicate, value))


def _day(day: datetime.date) -> Literal:
    return Literal(day.isoformat(), datatype=XSD.date)
