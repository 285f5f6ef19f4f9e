"""Pages are sent compressed to a browser that can take it; files that are compressed already, as they are."""

import gzip

import pytest
from django.http import HttpResponse

from malmo_intl.compression import CompressPages
from reports.renderers import FORMATS

GZIP = {"accept-encoding": "gzip, deflate, br"}


def test_a_page_is_compressed_and_is_the_same_page(client, rut):
    client.force_login(rut)
    plain = client.get("/projekt/")
    packed = client.get("/projekt/", headers=GZIP)
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert len(packed.content) < len(plain.content) / 2
    assert b"<h1>" in gzip.decompress(packed.content)


def test_its_length_differs_from_time_to_time(client, rut):
    """So that the length says little of what stands in it."""
    client.force_login(rut)
    lengths = {len(client.get("/", headers=GZIP).content) for _ in range(12)}
    assert len(lengths) > 1


@pytest.mark.parametrize("suffix", ["pdf", "docx", "xlsx"])
def test_a_file_is_not_compressed_again(rf, suffix):
    def answer(request):
        return HttpResponse(b"ord " * 1000, content_type=FORMATS[suffix].media_type)

    response = CompressPages(answer)(rf.get("/", headers=GZIP))
    assert "Content-Encoding" not in response
    assert response.content == b"ord " * 1000


@pytest.mark.parametrize("suffix", ["html", "json"])
def test_what_is_only_text_is(rf, suffix):
    def answer(request):
        return HttpResponse(b"ord " * 1000, content_type=FORMATS[suffix].media_type)

    assert CompressPages(answer)(rf.get("/", headers=GZIP))["Content-Encoding"] == "gzip"
