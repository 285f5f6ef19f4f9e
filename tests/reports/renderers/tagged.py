"""A PDF's tags with their text, as poppler's `pdfinfo -struct-text` dumps them; but poppler draws a page anew for
every tag, forty seconds for a report. That both say the same is tested (test_files.py)."""

import re
from functools import cache

import pikepdf


@cache
def structure_of(path) -> str:
    """A line for each tag, a line in quotes for each of its texts; what is below is further in."""
    with pikepdf.open(path) as pdf:
        texts = {page.objgen: _marked(page) for page in pdf.pages}
        return "\n".join(_lines(pdf.Root.StructTreeRoot, texts, None, -1))


def _lines(element, texts, page, depth):
    if "/S" in element:
        yield "  " * depth + str(element.S).removeprefix("/")
        page = element.get("/Pg", page)
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            if text := texts[page.objgen].get(kid):
                yield "  " * (depth + 1) + f'"{text}"'
        elif kid.get("/Type") == "/MCR":
            if text := texts[kid.get("/Pg", page).objgen].get(kid.MCID):
                yield "  " * (depth + 1) + f'"{text}"'
        elif kid.get("/Type") != "/OBJR":
            yield from _lines(kid, texts, page, depth + 1)


def _marked(page) -> dict[int, str]:
    """The page's text by the number of its marked content."""
    fonts = {name: _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
    found, open_marks, letters = {}, [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC":
                about = operands[1]
                number = about.get("/MCID") if isinstance(about, pikepdf.Dictionary) else None
                open_marks.append(number)
            case "BMC":
                open_marks.append(None)
            case "EMC":
                open_marks.pop()
            case "Tf":
                letters = fonts[str(operands[0])]
            case "Tj" | "TJ":
                number = next((mark for mark in reversed(open_marks) if mark is not None), None)
                pieces = operands[0] if str(operator) == "TJ" else [operands[0]]
                for piece in pieces if number is not None else ():
                    if isinstance(piece, pikepdf.String):
                        codes = re.findall(rb"..", bytes(piece), re.DOTALL)
                        found[number] = found.get(number, "") + "".join(
                            letters[code] for code in codes
                        )
    return found


@cache
def _code(text: bytes) -> str:
    return bytes.fromhex(text.decode()).decode("utf-16-be")


def _letters(font) -> dict[bytes, str]:
    """Two bytes → the letters that the font shows for them, by its ToUnicode table."""
    table = bytes(font.ToUnicode.read_bytes())
    pairs = re.findall(rb"^<(\w{4})> <(\w+)>$", table, re.MULTILINE)
    return {bytes.fromhex(code.decode()): _code(text) for code, text in pairs}
