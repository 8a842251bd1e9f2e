"""A name is looked up once, all its addresses are checked, and those that were are dialled."""

import logging
import socket
from collections.abc import Iterable
from threading import Event

import pytest

from retrieval.reading.limits import FetchLimits
from retrieval.reading.web.errors import NoPageError
from retrieval.reading.web.fetch import Fetcher
from retrieval.reading.web.resolve import Network
from tests.support.web.serving import PUBLIC, Lookalike, Reply, Site, fetcher, moved

NAME = "http://a.example.com/"
LOCAL = pytest.mark.allow_hosts(["127.0.0.1"])


class Unanswered(Lookalike):
    """A network that looks names up, and in which no address answers."""

    def __init__(self, answers: Iterable[list[str]] | None = None, own: str = "") -> None:
        super().__init__(0, answers)
        self.own = own

    def is_own(self, address: str) -> bool:
        return address == self.own

    def dial(self, address: str, port: int, seconds: float) -> socket.socket:
        self.dialled.append((address, port))
        raise ConnectionRefusedError


def test_an_address_that_changes_between_two_questions_changes_nothing() -> None:
    network = Unanswered([["93.184.215.14"], ["127.0.0.1"]])
    fetching = Fetcher(network)
    with pytest.raises(NoPageError, match="doesn’t answer"):
        fetching.get(NAME)
    assert network.looked_up == ["a.example.com."]
    assert network.dialled == [("93.184.215.14", 80)]
    with pytest.raises(NoPageError, match="lies inside a network"):
        fetching.get(NAME)
    assert len(network.dialled) == 1


@LOCAL
def test_an_address_that_changes_between_redirects_is_checked_anew(site: Site) -> None:
    site.replies["/"] = moved("/again")
    with pytest.raises(NoPageError, match="lies inside a network"):
        fetcher(site, answers=[[PUBLIC], ["10.0.0.1"]]).get(NAME)
    assert site.paths == ["/"]


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.0.0.1", "::ffff:8.8.8.8", "fe80::1%eth0"])
def test_one_address_inside_condemns_them_all(inside: str) -> None:
    network = Unanswered([["8.8.8.8", inside]])
    with pytest.raises(NoPageError, match="lies inside a network"):
        Fetcher(network).get(NAME)
    assert network.dialled == []


def test_what_lies_inside_is_told_to_the_log_only(caplog: pytest.LogCaptureFixture) -> None:
    with (
        caplog.at_level(logging.INFO, "retrieval.reading.web"),
        pytest.raises(NoPageError) as caught,
    ):
        Fetcher(Unanswered([["10.1.2.3"]])).get(NAME)
    assert "10.1.2.3" not in str(caught.value)
    assert "a.example.com leads to 10.1.2.3" in caplog.text


def test_this_machines_own_public_address_is_inside() -> None:
    with pytest.raises(NoPageError, match="lies inside a network"):
        Fetcher(Unanswered([[PUBLIC]], own=PUBLIC)).get(NAME)


@LOCAL
def test_this_machine_knows_its_own_addresses() -> None:
    assert Network().is_own("127.0.0.1")


def test_addresses_are_dialled_one_after_the_other_and_not_for_ever() -> None:
    found = ["8.8.8.8", "8.8.8.8", "2606:4700::1", "8.8.4.4", "1.1.1.1", "1.0.0.1"]
    network = Unanswered([found])
    with pytest.raises(NoPageError, match="doesn’t answer"):
        Fetcher(network).get("https://a.example.com/")
    assert [address for address, _ in network.dialled] == [
        "8.8.8.8",
        "2606:4700::1",
        "8.8.4.4",
        "1.1.1.1",
    ]
    assert {port for _, port in network.dialled} == {443}


def test_a_number_is_not_looked_up() -> None:
    network = Unanswered()
    with pytest.raises(NoPageError):
        Fetcher(network).get("http://[2606:4700:0::1]/")
    assert network.looked_up == []
    assert network.dialled == [("2606:4700::1", 80)]


class Lost(Network):
    """Can't look up a name."""

    def __init__(self, error: OSError) -> None:
        self.error = error

    def look_up(self, name: str, port: int) -> list[str]:
        raise self.error


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (socket.EAI_NONAME, "there is no host a.example.com. Check the address"),
        (socket.EAI_AGAIN, "a.example.com can’t be looked up. Try again later"),
    ],
)
def test_a_name_that_leads_nowhere_is_said_to(number: int, says: str) -> None:
    with pytest.raises(NoPageError, match=says):
        Fetcher(Lost(socket.gaierror(number, "…"))).get(NAME)


def test_a_name_without_addresses_is_no_host() -> None:
    with pytest.raises(NoPageError, match="there is no host"):
        Fetcher(Unanswered([[]])).get(NAME)


class Silent(Network):
    """Takes its time to look up a name."""

    def __init__(self) -> None:
        self.done = Event()
        self.answered = False

    def look_up(self, name: str, port: int) -> list[str]:
        self.done.wait()
        self.answered = True
        return []


def test_looking_up_is_not_waited_for_for_ever() -> None:
    network = Silent()
    with pytest.raises(NoPageError, match=r"took longer than 0\.1 seconds"):
        Fetcher(network, limits=FetchLimits(seconds=0.1)).get(NAME)
    assert not network.answered
    network.done.set()


@LOCAL
@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "fd00::1"])
def test_a_host_that_the_operator_named_may_lie_inside(site: Site, address: str) -> None:
    site.replies["/"] = Reply(b"inside")
    fetching = fetcher(site, answers=[[address]], allowed=frozenset({"Wiki"}))
    assert fetching.get("http://wiki/").answer.body == b"inside"
    assert isinstance(fetching.network, Lookalike)
    assert fetching.network.looked_up == ["wiki"]


@LOCAL
def test_it_may_not_send_on_to_others_inside(site: Site) -> None:
    site.replies["/"] = moved("http://other/")
    with pytest.raises(NoPageError, match="leads to an address that lies inside a network"):
        fetcher(site, allowed=frozenset({"wiki"})).get("http://wiki/")


@pytest.mark.parametrize("address", ["169.254.169.254", "fd00:ec2::254", "::ffff:a9fe:a9fe"])
def test_a_clouds_keys_are_never_asked_for(address: str) -> None:
    network = Unanswered([[address]])
    named = frozenset({"wiki", address})
    host = f"[{address}]" if ":" in address else address
    for url in ("http://wiki/", f"http://{host}/"):
        with pytest.raises(NoPageError, match="where a cloud keeps its keys"):
            Fetcher(network, named).get(url)
    assert network.dialled == []


def test_the_system_is_asked_for_names(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **how: found)
    assert Network().look_up("a.example.com.", 80) == ["8.8.8.8"]


def test_a_name_that_the_system_cannot_even_spell_is_no_host(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*asked: object, **how: object) -> None:
        raise UnicodeError

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with pytest.raises(socket.gaierror):
        Network().look_up("a..example.com", 80)
