"""Pictures of listed hosts are fetched once; nothing else is asked for, whatever a page or a server says."""

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from alttext.errors import ConfigError, ImageError
from alttext.ranking import remote
from alttext.ranking.cache import of_remote
from alttext.ranking.remote import AT_ONCE, PATIENCE, REDIRECTS, Limits, Remote
from tests.ranking.rogue import Rogue, http, redirect

PICTURE, OTHER = b"\x89PNG and so on", b"GIF89a and so on"
LIMITS = Limits(1000, 5)


@pytest.fixture
def cache(tmp_path):
    return of_remote(tmp_path)


@pytest.fixture
def server():
    answers = {
        "/a.png": http(PICTURE),
        "/same.png": http(PICTURE),
        "/b.gif": http(OTHER),
        "/void.png": http(),
    }
    with Rogue(answers) as rogue:
        yield rogue


def reach(server: Rogue, cache, *hosts: str, limits=LIMITS, **more) -> Remote:
    return Remote(hosts or [server.host()], cache, limits, server.network(**more))


def reason(fetcher: Remote, url: str) -> str:
    with pytest.raises(ImageError) as caught:
        fetcher.fetch(url)
    return caught.value.reason


def test_a_picture_of_a_listed_host_is_fetched(server, cache):
    assert reach(server, cache).fetch(f"{server.host()}/a.png") == PICTURE
    assert server.paths == ["/a.png"]


@pytest.mark.parametrize(
    "url", ["https://cdn.test/a.png", "http://cdn.test/a.png", "http://other.test:{port}/a.png"]
)
def test_no_other_host_hears_of_it(server, cache, url):
    fetcher = reach(server, cache)
    with pytest.raises(ImageError, match="`remote` does not list") as caught:
        fetcher.fetch(url.format(port=server.port))
    assert (caught.value.reason, server.requests) == ("remote-image", [])


def test_an_address_that_may_be_read_in_two_ways_is_refused(server, cache):
    assert reason(reach(server, cache), f"http://cdn.test:{server.port}@other.test/a.png") == "remote-refused"
    assert server.requests == []


def test_this_machine_is_not_reached_by_what_is_listed(server, cache):
    """Without the network of the tests, which no setting brings about."""
    for host in ("localhost", "127.0.0.1"):
        fetcher = Remote([server.host(host)], cache, LIMITS)
        assert reason(fetcher, f"{server.host(host)}/a.png") == "remote-refused"
    assert server.requests == []


def test_an_entry_that_is_no_host_is_an_error_from_the_start(cache):
    with pytest.raises(ConfigError):
        Remote(["https://cdn.example.org/pictures"], cache, Limits())


# Redirects


def test_redirects_within_the_listed_hosts_are_followed(server, cache):
    server.answers |= {
        "/old.png": redirect("/older.png"),
        "/older.png": redirect(f"{server.host('img.test')}/a.png", "308 Moved"),
    }
    fetcher = reach(server, cache, server.host(), server.host("img.test"))
    assert fetcher.fetch(f"{server.host()}/old.png") == PICTURE
    assert server.paths == ["/old.png", "/older.png", "/a.png"]


@pytest.mark.parametrize(
    "location",
    [
        "http://other.test:{port}/a.png",
        "http://cdn.test/a.png",
        "https://cdn.test:{port}/a.png",
        "//other.test/a.png",
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:{port}/a.png",
        "http://[::1]:{port}/a.png",
        "http://cdn.test:{port}@other.test/a.png",
        "http://cdn.test:{port}\\@other.test/a.png",
        "file:///etc/passwd",
        "gopher://cdn.test/",
        "data:image/png;base64,AAAA",
        "http://[",
    ],
)
def test_a_redirect_leads_nowhere_else(server, cache, location):
    server.answers |= {"/moved.png": redirect(location.format(port=server.port))}
    assert reason(reach(server, cache), f"{server.host()}/moved.png") == "remote-refused"
    assert server.paths == ["/moved.png"]


def test_a_redirect_to_a_listed_host_in_a_private_network_is_refused(server, cache):
    server.answers |= {"/moved.png": redirect(f"{server.host('inner.test')}/a.png")}
    usual = server.network()
    fetcher = reach(
        server,
        cache,
        server.host(),
        server.host("inner.test"),
        look_up=lambda host, port: (
            [(2, ("10.0.0.1", port))] if host == "inner.test" else usual.look_up(host, port)
        ),
    )
    assert reason(fetcher, f"{server.host()}/moved.png") == "remote-refused"
    assert server.paths == ["/moved.png"]


@pytest.mark.parametrize(("hops", "arrives"), [(REDIRECTS, True), (REDIRECTS + 1, False)])
def test_only_so_many_redirects_are_followed(server, cache, hops, arrives):
    server.answers |= {f"/{left}": redirect(f"/{left - 1}") for left in range(1, hops + 1)}
    server.answers["/0"] = http(PICTURE)
    fetcher, url = reach(server, cache), f"{server.host()}/{hops}"
    if arrives:
        assert fetcher.fetch(url) == PICTURE
    else:
        assert reason(fetcher, url) == "remote-unavailable"
    assert len(server.requests) == REDIRECTS + 1


def test_a_circle_of_redirects_ends(server, cache):
    server.answers |= {"/x": redirect("/y"), "/y": redirect("/x")}
    assert reason(reach(server, cache), f"{server.host()}/x") == "remote-unavailable"


# Limits


def test_the_limits_are_those_that_were_given(server, cache):
    server.answers |= {"/large.png": http(b"x" * 1001), "/slow.png": lambda connection: connection.recv(1)}
    assert reason(reach(server, cache), f"{server.host()}/large.png") == "image-too-large"
    hurried = reach(server, cache, limits=Limits(1000, 0.2))
    assert reason(hurried, f"{server.host()}/slow.png") == "remote-unavailable"


def test_one_host_is_asked_for_few_pictures_at_a_time(server, cache):
    now, most = [], []

    def answer(connection):
        now.append(1)
        most.append(len(now))
        time.sleep(0.01)
        now.pop()
        connection.sendall(http(PICTURE))

    urls = [f"{server.host()}/{number}.png" for number in range(30)]
    server.answers |= {f"/{number}.png": answer for number in range(30)}
    with ThreadPoolExecutor(15) as threads:
        assert set(threads.map(reach(server, cache).fetch, urls)) == {PICTURE}
    assert max(most) <= AT_ONCE


# What was fetched or failed is not asked for again


def test_many_threads_that_want_one_picture_ask_once(server, cache):
    fetcher = reach(server, cache)
    with ThreadPoolExecutor(8) as threads:
        fetched = list(threads.map(fetcher.fetch, [f"{server.host()}/a.png"] * 40))
    assert fetched == [PICTURE] * 40
    assert server.paths == ["/a.png"]


@pytest.mark.parametrize("path", ["/a.png", "/void.png"])
def test_later_runs_take_it_from_the_cache(server, tmp_path, path):
    url = f"{server.host()}{path}"
    first, second = (reach(server, of_remote(tmp_path)).fetch(url) for _ in range(2))
    assert first == second
    assert server.paths == [path]


def test_spellings_of_one_address_are_one(server, cache):
    fetcher = reach(server, cache)
    for url in ("/a.png", "/a.png#top"):
        fetcher.fetch(f"http://CDN.test:{server.port}{url}")
    assert server.paths == ["/a.png"]


def test_a_picture_at_two_addresses_is_kept_once(server, cache):
    fetcher = reach(server, cache)
    assert {fetcher.fetch(f"{server.host()}{path}") for path in ("/a.png", "/same.png")} == {PICTURE}
    assert cache.info().entries == {"addresses": 2, "pictures": 1}


def test_a_host_that_is_not_listed_any_more_is_not_served_from_the_cache(server, cache):
    url = f"{server.host()}/a.png"
    reach(server, cache).fetch(url)
    assert reason(reach(server, cache, "cdn.example.org"), url) == "remote-image"


def test_after_a_week_it_is_fetched_again(server, cache, monkeypatch):
    url = f"{server.host()}/a.png"
    reach(server, cache).fetch(url)
    server.answers["/a.png"] = http(OTHER)
    now = time.time()
    for days, expected in ((6.9, PICTURE), (7.1, OTHER)):
        monkeypatch.setattr(remote.time, "time", lambda: now + days * 24 * 60 * 60)  # noqa: B023 - used at once
        assert reach(server, cache).fetch(url) == expected


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE entries SET value = x'00' WHERE kind = 'pictures'",
        "UPDATE entries SET value = x'00' WHERE kind = 'addresses'",
        'UPDATE entries SET value = \'{"digest": "zz", "fetched": 1}\' WHERE kind = \'addresses\'',
        "DELETE FROM entries WHERE kind = 'pictures'",
    ],
)
def test_what_is_damaged_in_the_cache_is_fetched_again(server, cache, damage):
    url = f"{server.host()}/a.png"
    reach(server, cache).fetch(url)
    cache.close()
    with sqlite3.connect(cache.path) as database:
        assert database.execute(damage).rowcount == 1
    database.close()
    assert reach(server, cache).fetch(url) == PICTURE
    assert server.paths == ["/a.png"] * 2


def test_what_failed_is_tried_again_only_by_the_next_run(server, cache):
    url = f"{server.host()}/new.png"
    fetcher = reach(server, cache)
    assert [reason(fetcher, url) for _ in range(3)] == ["remote-unavailable"] * 3
    assert server.paths == ["/new.png"]
    server.answers["/new.png"] = http(PICTURE)
    assert reach(server, cache).fetch(url) == PICTURE


def test_a_host_that_stays_silent_is_not_asked_for_everything(server, cache):
    server.answers |= {f"/{number}.png": b"" for number in range(9)}
    fetcher = reach(server, cache, server.host(), server.host("img.test"))
    silent = [reason(fetcher, f"{server.host()}/{number}.png") for number in range(9)]
    assert silent == ["remote-unavailable"] * 9
    assert len(server.requests) == PATIENCE
    assert fetcher.fetch(f"{server.host('img.test')}/a.png") == PICTURE


def test_a_host_that_says_no_is_not_silent(server, cache):
    fetcher = reach(server, cache)
    for number in range(PATIENCE + 1):
        assert reason(fetcher, f"{server.host()}/gone{number}.png") == "remote-unavailable"
    assert fetcher.fetch(f"{server.host()}/a.png") == PICTURE
