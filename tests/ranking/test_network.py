"""A connection goes to the address that was checked, and only to public ones."""

import shutil
import socket
import ssl
import subprocess
import time
from pathlib import Path

import pytest

from alttext.errors import ImageError
from alttext.ranking.network import Network, is_public, seconds_left
from alttext.ranking.web_address import parse
from tests.ranking.rogue import Rogue, http

PUBLIC = [
    "93.184.215.14",
    "8.8.8.8",
    "2606:2800:21f:cb07:6820:80da:af6b:8b2c",
    "2001:4860:4860::8888",
    "64:ff9b::808:808",
]
CLOSED = {
    "loopback": ["127.0.0.1", "127.8.8.8", "::1"],
    "private": ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd12::1"],
    "link-local": ["169.254.1.1", "fe80::1", "fe80::1%2"],
    "metadata of clouds": [
        "169.254.169.254",
        "fd00:ec2::254",
        "100.100.100.200",
        "192.0.0.192",
        "168.63.129.16",
    ],
    "shared by customers of a provider": ["100.64.0.1", "100.127.255.255"],
    "any": ["0.0.0.0", "0.1.2.3", "::"],
    "special and documentation": [
        "192.0.0.1",
        "192.0.2.1",
        "198.51.100.1",
        "203.0.113.1",
        "198.18.0.1",
        "2001:db8::1",
    ],
    "multicast, broadcast, reserved": [
        "224.0.0.1",
        "239.255.255.250",
        "255.255.255.255",
        "240.0.0.1",
        "ff02::1",
    ],
    "IPv4 inside of IPv6": [
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::7f00:1",
        "2002:7f00:1::",
        "2002:808:808::",
    ],
    "the other side of a translator": [
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::a00:1",
        "64:ff9b::a00:1",
    ],
    "tunnels": ["2001:0:53aa:64c:0:0:0:1", "192.88.99.1"],
    "no address": ["", "localhost", "127.1", "2130706433", "0x7f.0.0.1", "1.2.3.4.5"],
}


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_open(address):
    assert is_public(address)


@pytest.mark.parametrize(
    ("kind", "address"), [(kind, each) for kind, some in CLOSED.items() for each in some]
)
def test_no_other_address_is(kind, address):
    assert not is_public(address)


def soon() -> float:
    return time.monotonic() + 10


def v4(*hosts: str, port: int = 80):
    return [(socket.AF_INET, (host, port)) for host in hosts]


def never_opened(*_, **__):
    raise AssertionError("a socket was opened")


@pytest.mark.parametrize(
    "hosts", [["127.0.0.1"], ["93.184.215.14", "10.0.0.1"], ["169.254.169.254", "93.184.215.14"]]
)
def test_a_host_with_any_address_that_is_not_public_is_not_connected_to(monkeypatch, hosts):
    monkeypatch.setattr(socket, "socket", never_opened)
    with pytest.raises(ImageError, match="not a public address") as caught:
        Network(look_up=lambda *_: v4(*hosts)).connect(parse("https://cdn.example.org/"), soon())
    assert caught.value.reason == "remote-refused"


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f000001"])
def test_the_names_of_this_machine_are_looked_up_and_refused(monkeypatch, host):
    monkeypatch.setattr(socket, "socket", never_opened)
    with pytest.raises((ImageError, OSError)) as caught:
        Network().connect(parse(f"http://{host}/"), soon())
    assert getattr(caught.value, "reason", "remote-refused") == "remote-refused"


def test_the_address_that_was_checked_is_the_one_that_is_connected_to():
    """DNS rebinding: a second answer would be another, but nobody asks again."""
    with Rogue({"/": http()}) as server:
        answers = [v4("127.0.0.1", port=server.port), v4("169.254.169.254")]
        checked = []
        network = Network(look_up=lambda *_: answers.pop(0), is_open=lambda ip: not checked.append(ip))
        with network.connect(parse("http://cdn.test/"), soon()) as connection:
            assert connection.getpeername() == ("127.0.0.1", server.port)
    assert checked == ["127.0.0.1"]
    assert len(answers) == 1


def test_what_is_looked_up_is_the_host_and_port_of_the_address():
    asked = []
    with pytest.raises(OSError, match="no address"):
        Network(look_up=lambda *asked_for: asked.append(asked_for) or []).connect(
            parse("http://cdn.test:8080/"), soon()
        )
    assert asked == [("cdn.test", 8080)]


def test_the_next_address_is_tried_where_one_does_not_answer():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        unused = closed.getsockname()[1]
    with Rogue({}) as server:
        network = server.network(
            look_up=lambda *_: v4("127.0.0.1", port=unused) + v4("127.0.0.1", port=server.port)
        )
        with network.connect(parse("http://cdn.test/"), soon()) as connection:
            assert connection.getpeername()[1] == server.port
    with pytest.raises(ConnectionRefusedError):
        server.network(look_up=lambda *_: v4("127.0.0.1", port=unused)).connect(
            parse("http://cdn.test/"), soon()
        )


def test_nothing_is_tried_after_the_deadline():
    with Rogue({}) as server, pytest.raises(TimeoutError):
        server.network().connect(parse("http://cdn.test/"), time.monotonic() - 1)
    with pytest.raises(TimeoutError):
        seconds_left(time.monotonic() - 1)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory) -> Path:
    """A certificate of cdn.test that only who is told to trusts, with its key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not on the path")
    file = tmp_path_factory.mktemp("tls") / "cdn.pem"
    name = ["-subj", "/CN=cdn.test", "-addext", "subjectAltName=DNS:cdn.test", "-days", "2"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command = [
        "openssl",
        "req",
        "-x509",
        *key,
        *name,
        "-keyout",
        str(file),
        "-out",
        str(file.with_suffix(".crt")),
    ]
    subprocess.run(command, check=True, capture_output=True)
    with file.open("a") as both:
        both.write(file.with_suffix(".crt").read_text())
    return file


@pytest.fixture
def secure(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with Rogue({"/": http()}, context) as server:
        yield server


def trusting(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate.with_suffix(".crt")))


def test_the_certificate_has_to_be_of_the_name_that_was_asked_for(secure, certificate):
    network = secure.network(trust=lambda: trusting(certificate))
    with network.connect(parse("https://cdn.test/"), soon()) as connection:
        assert connection.getpeercert()["subjectAltName"] == (("DNS", "cdn.test"),)
    with pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"):
        network.connect(parse("https://other.test/"), soon())


def test_a_certificate_that_nobody_vouches_for_is_refused(secure):
    with pytest.raises(ssl.SSLCertVerificationError):
        secure.network().connect(parse("https://cdn.test/"), soon())


def test_without_the_extra_the_certificates_of_openssl_hold(secure, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "truststore", None)
    from alttext.ranking import network

    network._trust.cache_clear()
    with pytest.raises(ssl.SSLCertVerificationError):
        secure.network().connect(parse("https://cdn.test/"), soon())
    network._trust.cache_clear()
