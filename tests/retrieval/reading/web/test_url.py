"""An address is read by one strict rule, or refused: never read in two ways."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.reading.web.errors import NoPageError, WebError, naming
from retrieval.reading.web.url import Place, read_place
from tests.support.web.forms import ASKED, REFUSED

ALLOWED = frozenset({"wiki", "docs.example.com:8080", "127.0.0.1:81", "[::1]:8080", "fd00::1"})


def canonical(url: str) -> str:
    """The spelling of an address under which its page is one document."""
    with naming(url):
        return read_place(url).url


@pytest.mark.parametrize(("url", "asked"), ASKED.items(), ids=ascii)
def test_addresses_of_public_hosts_are_read(url: str, asked: str) -> None:
    place = read_place(url)
    assert f"{place.host}:{place.port}" == asked


@pytest.mark.parametrize("url", REFUSED, ids=lambda url: ascii(url[:60]))
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(NoPageError):
        read_place(url)


def test_no_form_is_both_asked_and_refused_and_there_are_many() -> None:
    assert not ASKED.keys() & set(REFUSED)
    assert len(ASKED) + len(set(REFUSED)) >= 170


@pytest.mark.parametrize("url", ASKED, ids=ascii)
def test_what_is_said_of_a_place_is_what_is_read(url: str) -> None:
    assert read_place(read_place(url).url) == read_place(url)


@given(
    st.sampled_from(["http://a.example.com", "HTTPS://Faß.de:443", "https://8.8.8.8"]),
    st.text(max_size=20) | st.text("/.%2eE~?#:@&=+é", max_size=30).map(lambda text: f"/{text}"),
)
def test_an_address_in_its_one_spelling_stays_as_it_is(host: str, rest: str) -> None:
    try:
        place = read_place(host + rest)
    except NoPageError:
        return
    assert read_place(place.url) == place
    assert place.url.isascii()
    assert place.target.startswith("/")
    assert not {".", ".."} & set(place.target.partition("?")[0].split("/"))


@given(st.text(max_size=60))
def test_whatever_is_given_is_read_or_refused(text: str) -> None:
    for url in (text, f"http://{text}", f"https://{text}.example.com:{text}/"):
        with suppress(NoPageError):
            assert read_place(url).url.isascii()


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("HTTPS://Example.COM", "https://example.com/"),
        ("https://example.com:443/a#part", "https://example.com/a"),
        ("http://example.com./a?", "http://example.com/a"),
        ("https://example.com/a/../b/./c/..", "https://example.com/b/"),
        ("https://example.com/a/%2e%2E/b", "https://example.com/b"),
        ("https://example.com/../..", "https://example.com/"),
        ("https://example.com//a", "https://example.com//a"),
        ("https://example.com/%7euser/%c3%bc", "https://example.com/~user/%C3%BC"),
        ("https://example.com/ü?q=ü", "https://example.com/%C3%BC?q=%C3%BC"),
        ("https://example.com/a%2fb%", "https://example.com/a%2Fb%25"),
        ("https://example.com/%%341", "https://example.com/%2541"),
        ("https://example.com/?q=%7e&r=100%", "https://example.com/?q=%7e&r=100%"),
        ("http://[2606:4700::0:1]/", "http://[2606:4700::1]/"),
    ],
)
def test_spellings_of_one_page_are_one_document(url: str, same: str) -> None:
    assert canonical(url) == same


@pytest.mark.parametrize(
    "url",
    [
        "http://wiki/",
        "http://WIKI:80/a",
        "https://wiki/",
        "http://docs.example.com:8080/",
        "http://127.0.0.1:81/",
        "http://[::1]:8080/",
        "http://[fd00::1]/",
    ],
)
def test_hosts_that_the_operator_named_are_asked(url: str) -> None:
    assert read_place(url, ALLOWED).is_among(ALLOWED)


@pytest.mark.parametrize(
    "url",
    [
        "http://wiki:81/",
        "http://docs.example.com:8081/",
        "http://127.0.0.1/",
        "http://thewiki/",
        "http://[::1]/",
        "http://[fd00::1]:8080/",
        "http://user@wiki/",
    ],
)
def test_nothing_else_is_asked_because_of_them(url: str) -> None:
    with pytest.raises(NoPageError):
        read_place(url, ALLOWED)


def test_a_port_that_does_not_exist_cannot_be_allowed() -> None:
    with pytest.raises(NoPageError):
        read_place("http://wiki:99999/", frozenset({"wiki:99999"}))


@pytest.mark.parametrize("host", ["discord.com", "ptb.discord.com", "canary.discordapp.com"])
@pytest.mark.parametrize("path", ["channels/1/2/3", "x/../%63hannels/1/2/3"])
def test_discord_messages_are_not_taken_for_pages(host: str, path: str) -> None:
    with pytest.raises(WebError, match="use Apps → Add to Footnote on it"):
        canonical(f"https://{host}/{path}")


@pytest.mark.parametrize("url", ["https://discord.com/safety", "https://notdiscord.com/channels/1"])
def test_other_pages_of_discord_are_pages(url: str) -> None:
    assert canonical(url) == url


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("", "An empty text is not a web address: those begin with https:// or http://."),
        (
            "http://user:secret@example.com/",
            "http://…@example.com/ has a user name or password in it. Leave that out.",
        ),
        (
            "http://example.com:22/",
            "http://example.com:22/ names port 22, and Footnote asks at the usual ones. "
            "Whoever runs Footnote can allow example.com:22.",
        ),
        (
            "http://localhost/",
            "http://localhost/ lies inside a network, where Footnote does not read. "
            "Whoever runs Footnote can allow its host.",
        ),
        (
            "http://a.com/\r\nX: 1",
            "http://a.com/��X: 1 has a space, a backslash or a control character in it. "
            "Check the address.",
        ),
        ("http://127.1/", "http://127.1/ has a number for a host. Give the host’s name."),
        ("http://[::1", "http://[::1 is not a web address. Check it."),
        ("http://a..com", "http://a..com names no host that can be read. Check the address."),
        (
            f"http://a.com/{'x' * 9000}",
            f"http://a.com/{'x' * 287}… has more than 2048 characters, which is too long. "
            "Check the address.",
        ),
    ],
)
def test_whoever_gave_an_address_is_told_what_is_wrong_with_it(url: str, sentence: str) -> None:
    with pytest.raises(WebError) as caught:
        canonical(url)
    assert str(caught.value) == sentence


def test_a_place_with_an_unusual_port_says_so() -> None:
    assert Place("https", "::1", 8080, "/a?b").url == "https://[::1]:8080/a?b"
