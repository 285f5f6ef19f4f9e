"""Other ways to a PDF of the same content, each started beforehand and warm, for comparison."""

import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright
from weasyprint import HTML

from reports.document import Document
from reports.renderers import docx, html, pdf_paint

CHROMIUM = "/usr/bin/chromium-headless-shell"


def plain(document: Document):
    """WeasyPrint as it comes: no tags, no archive format, nothing read beforehand."""
    child = os.fork()
    if child == 0:
        try:
            page = HTML(string=html.page(document), url_fetcher=pdf_paint.StaticFiles())
            page.write_pdf(stylesheets=[str(pdf_paint.STATIC / name) for name in pdf_paint.SHEETS])
        finally:
            os._exit(0)
    os.waitpid(child, 0)


@contextmanager
def chromium() -> Callable[[Document], None]:
    """The same HTML, style and typefaces, printed by a browser that is running."""
    imports = "".join(
        f'@import url("{(pdf_paint.STATIC / name).as_uri()}");' for name in pdf_paint.SHEETS
    )
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        file = Path(folder, "document.html")

        def draw(document: Document):
            file.write_text(html.page(document, imports))
            tab = browser.new_page()
            tab.goto(file.as_uri())
            tab.pdf(prefer_css_page_size=True, tagged=False)
            tab.close()

        yield draw
        browser.close()


def libreoffice(document: Document, copies: int) -> float:
    """Seconds to turn the Word file into PDF once the program is started: what one copy more takes."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, f"{number}.docx") for number in range(copies + 1)]
        for file in files:
            file.write_bytes(docx.render(document))
        _convert(folder, files[:1])  # makes its profile
        return (_convert(folder, files) - _convert(folder, files[:1])) / copies


def _convert(folder: str, files: list[Path]) -> float:
    began = time.perf_counter()
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
            "--convert-to", "pdf", "--outdir", f"{folder}/pdf", *files,
        ],
        check=True, capture_output=True, env={**os.environ, "HOME": folder},
    )  # fmt: skip
    return time.perf_counter() - began
