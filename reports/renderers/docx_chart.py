"""A chart in a Word file: drawn by Word from its figures, which stand in a small workbook inside it."""

import datetime
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from malmo_intl import richtext
from reports.document import Chart
from reports.renderers import charts
from reports.renderers.docx_styles import ACCENT, SANS, WIDTH

_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BAR, _MARGIN = (
    9.5,
    4,
)  # millimetres: a bar with what is between two of them, above and below them all
_ROOM = 1.35  # of the longest bar: for its figure beside it


def draw(paragraph, chart: Chart, number: int):
    """Puts the chart in the paragraph. `number` tells the charts of a file apart."""
    chart_part = _parts(paragraph.part, chart, number)
    height = Mm(_BAR * len(chart.bars) + _MARGIN)
    drawing = _DRAWING.format(
        ns=nsdecls("wp", "a", "r"), width=Mm(WIDTH), height=height, number=number,
        text=quoteattr(richtext.plain(chart.sentence)), id=paragraph.part.relate_to(chart_part, RELATIONSHIP_TYPE.CHART),
    )  # fmt: skip
    paragraph.add_run()._r.append(parse_xml(f"<w:drawing {nsdecls('w')}>{drawing}</w:drawing>"))


def _parts(document_part, chart: Chart, number: int) -> Part:
    package = document_part.package
    workbook = Part(
        PackURI(f"/word/embeddings/diagram{number}.xlsx"), _WORKBOOK, _workbook(chart), package
    )
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART, b"", package)
    workbook_id = part.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE)
    part._blob = _chart(chart, workbook_id).encode()
    return part


def _workbook(chart: Chart) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)})
        sheet = book.add_worksheet("Diagram")
        columns = _columns(chart)
        sheet.write_row(0, 0, ["", *(name for name, _ in columns)])
        for row, bar in enumerate(chart.bars, start=1):
            sheet.write_string(row, 0, charts.label(bar))
            for at, (_, lengths) in enumerate(columns, start=1):
                sheet.write_number(row, at, lengths[row - 1])
    return out.getvalue()


def _columns(chart: Chart) -> list[tuple[str, list[float]]]:
    """Name and lengths of each series. Steps stand on what is not drawn, and have room for their figures
    in a third series, since Word puts none beside bars that stand on others."""
    spans = [charts.span(bar) for bar in chart.bars]
    unit = {"kr": "Kronor", "percent": "Procent"}.get(chart.unit, "Antal")
    drawn = (unit, [length for _, length in spans])
    if not charts.has_steps(chart):
        return [drawn]
    room = charts.reach(chart) * (_ROOM - 1)
    return [
        ("Från", [start for start, _ in spans]),
        drawn,
        ("Plats för siffran", [room for _ in spans]),
    ]


def _chart(chart: Chart, workbook_id: str) -> str:
    steps = charts.has_steps(chart)
    columns = _columns(chart)
    figures = len(columns) - 1  # the series that carries the figures in words
    series = "".join(
        _series(chart, at, name, lengths, at == figures)
        for at, (name, lengths) in enumerate(columns)
    )
    return _SPACE.format(
        series=series,
        grouping="stacked" if steps else "clustered",
        overlap='<c:overlap val="100"/>' if steps else "",
        most=charts.reach(chart) * _ROOM,
        font=SANS,
        workbook=workbook_id,
    )


def _series(chart: Chart, at: int, name: str, lengths: list[float], has_figures: bool) -> str:
    last = len(chart.bars) + 1
    steps = charts.has_steps(chart)
    visible = not steps or at == 1
    hollow = [index for index, bar in enumerate(chart.bars) if visible and charts.is_step_down(bar)]
    return _SERIES.format(
        at=at,
        column="BCD"[at],
        name=name,
        last=last,
        count=len(chart.bars),
        look=_SOLID if visible else _UNSEEN,
        points="".join(_HOLLOW.format(at=index) for index in hollow),
        figures=_figures(chart, "inBase" if steps else "outEnd") if has_figures else "",
        labels="".join(map(_point, range(last), map(escape, map(charts.label, chart.bars)))),
        numbers="".join(map(_point, range(last), lengths)),
    )


def _figures(chart: Chart, place: str) -> str:
    each = (
        _FIGURE.format(at=at, words=escape(charts.words(bar, chart.unit)), font=SANS, place=place)
        for at, bar in enumerate(chart.bars)
    )
    return _FIGURES.format(each="".join(each), place=place)


def _point(at: int, value) -> str:
    return f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>'


_DRAWING = (
    '<wp:inline {ns} distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="{number}" name="Diagram {number}" descr={text}/><wp:cNvGraphicFramePr/>'
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
    '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="{id}"/>'
    "</a:graphicData></a:graphic></wp:inline>"
)

# The figure beside a bar is written out: "ca 16 miljoner kronor" is more than a number with a format.
_SHOWN = (
    '<c:dLblPos val="{place}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
    '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)
_FIGURE = (
    '<c:dLbl><c:idx val="{at}"/><c:tx><c:rich><a:bodyPr wrap="none"/><a:p><a:r>'
    '<a:rPr lang="sv-SE" sz="900" b="1"><a:latin typeface="{font}"/></a:rPr><a:t>{words}</a:t>'
    f"</a:r></a:p></c:rich></c:tx>{_SHOWN}</c:dLbl>"
)
_FIGURES = (
    '<c:dLbls>{each}<c:txPr><a:bodyPr wrap="none"/><a:p><a:pPr><a:defRPr sz="900" b="1"/></a:pPr>'
    f'<a:endParaRPr lang="sv-SE"/></a:p></c:txPr>{_SHOWN}</c:dLbls>'
)

_NO_LINE = "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"
_SOLID = f'<c:spPr><a:solidFill><a:srgbClr val="{ACCENT}"/></a:solidFill></c:spPr>'
_UNSEEN = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
_HOLLOW = (
    '<c:dPt><c:idx val="{at}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/><c:spPr><a:noFill/>'
    f'<a:ln w="19050"><a:solidFill><a:srgbClr val="{ACCENT}"/></a:solidFill></a:ln></c:spPr></c:dPt>'
)

_SERIES = (
    '<c:ser><c:idx val="{at}"/><c:order val="{at}"/>'
    '<c:tx><c:strRef><c:f>Diagram!${column}$1</c:f><c:strCache><c:ptCount val="1"/>'
    '<c:pt idx="0"><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    '{look}<c:invertIfNegative val="0"/>{points}{figures}'
    '<c:cat><c:strRef><c:f>Diagram!$A$2:$A${last}</c:f><c:strCache><c:ptCount val="{count}"/>{labels}'
    "</c:strCache></c:strRef></c:cat>"
    "<c:val><c:numRef><c:f>Diagram!${column}$2:${column}${last}</c:f><c:numCache>"
    '<c:formatCode>General</c:formatCode><c:ptCount val="{count}"/>{numbers}</c:numCache></c:numRef>'
    "</c:val></c:ser>"
)

# Horizontal bars, the first on top; no axis of figures, since every bar has its own.
_SPACE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<c:date1904 val="0"/><c:lang val="sv-SE"/><c:roundedCorners val="0"/>'
    '<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
    '<c:barChart><c:barDir val="bar"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>{series}'
    '<c:gapWidth val="60"/>{overlap}<c:axId val="1"/><c:axId val="2"/></c:barChart>'
    '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
    '<c:axPos val="l"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
    f'<c:tickLblPos val="low"/>{_NO_LINE}<c:crossAx val="2"/><c:lblOffset val="60"/></c:catAx>'
    '<c:valAx><c:axId val="2"/><c:scaling><c:max val="{most}"/><c:min val="0"/></c:scaling>'
    '<c:delete val="1"/><c:axPos val="t"/><c:crossAx val="1"/></c:valAx>'
    '</c:plotArea><c:plotVisOnly val="1"/></c:chart>'
    "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
    '<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900"><a:latin typeface="{font}"/></a:defRPr></a:pPr>'
    '<a:endParaRPr lang="sv-SE"/></a:p></c:txPr>'
    '<c:externalData r:id="{workbook}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
)
