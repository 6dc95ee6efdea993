"""https with the throw-away authority: handshakes on loopback, the files it leaves, the steps it tells."""

from __future__ import annotations

import http.client
import socket
import ssl
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import verification

from mockserver.errors import InputError
from mockserver.web import tls
from mockserver.web.tls import VENDOR_HOST, Identity, ensure, steps

NAMES = [VENDOR_HOST, "localhost", "127.0.0.1", "::1"]


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    return ensure(tmp_path_factory.mktemp("cache"))


class Hello(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = str(self.headers["Host"]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


class QuietServer(ThreadingHTTPServer):
    def handle_error(self, *_: Any) -> None:
        """A client that refuses the certificate is what some tests want."""


@pytest.fixture(scope="module")
def port(identity: Identity) -> Iterator[int]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(identity.certificate, identity.key)
    with QuietServer(("127.0.0.1", 0), Hello) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def shake_hands(port: int, name: str, context: ssl.SSLContext) -> bytes:
    with (
        socket.create_connection(("127.0.0.1", port), timeout=5) as plain,
        context.wrap_socket(plain, server_hostname=name) as secure,
    ):
        secure.sendall(f"GET / HTTP/1.0\r\nHost: {name}\r\n\r\n".encode())
        answer = http.client.HTTPResponse(secure)
        answer.begin()
        body = answer.read()
        answer.close()
        return body


def strict(ca: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=ca)
    context.verify_flags |= ssl.VERIFY_X509_STRICT  # the default from Python 3.13 on
    return context


@pytest.mark.parametrize("name", NAMES)
def test_a_handshake_by_each_name(identity: Identity, port: int, name: str) -> None:
    assert shake_hands(port, name, strict(identity.ca)) == name.encode()


@pytest.mark.parametrize("name", ["healthjump.com", "www.api.healthjump.com", "127.0.0.2", "example.test"])
def test_other_names_are_not_covered(identity: Identity, port: int, name: str) -> None:
    with pytest.raises(ssl.SSLCertVerificationError, match=r"mismatch|not valid for"):
        shake_hands(port, name, strict(identity.ca))


def test_nobody_trusts_it_unasked(port: int, identity: Identity, tmp_path: Path) -> None:
    for context in (ssl.create_default_context(), strict(ensure(tmp_path).ca)):
        with pytest.raises(ssl.SSLCertVerificationError):
            shake_hands(port, VENDOR_HOST, context)


@pytest.fixture
def hosts_line(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the line in the hosts file and the way to port 443 do, for this process."""
    real = socket.getaddrinfo

    def resolve(host: Any, number: Any, *rest: Any, **more: Any) -> Any:
        return real(
            *(("127.0.0.1", port) if (host, number) == (VENDOR_HOST, 443) else (host, number)), *rest, **more
        )

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


@pytest.mark.usefixtures("hosts_line")
def test_a_program_with_the_address_built_in_runs_unchanged(
    identity: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(identity.ca))
    answer = requests.get("https://api.healthjump.com/hjdw/SBOX02/demographic", timeout=5)
    assert (answer.status_code, answer.text) == (200, VENDOR_HOST)


@pytest.mark.usefixtures("hosts_line")
def test_without_the_variable_it_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    with pytest.raises(requests.exceptions.SSLError):
        requests.get("https://api.healthjump.com/", timeout=5)


def certificates(identity: Identity) -> tuple[x509.Certificate, x509.Certificate]:
    ca = x509.load_pem_x509_certificate(identity.ca.read_bytes())
    return ca, x509.load_pem_x509_certificate(identity.certificate.read_bytes())


def test_the_authority_may_speak_for_loopback_and_one_host_only(identity: Identity) -> None:
    ca, shown = certificates(identity)
    allowed = ca.extensions.get_extension_for_class(x509.NameConstraints)
    assert allowed.critical and allowed.value.permitted_subtrees
    assert [str(name.value) for name in allowed.value.permitted_subtrees] == [
        VENDOR_HOST, "localhost", "127.0.0.1/32", "::1/128",
    ]  # fmt: skip
    names = shown.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert [str(name.value) for name in names] == NAMES
    basic = x509.BasicConstraints
    assert ca.extensions.get_extension_for_class(basic).value == basic(ca=True, path_length=0)
    assert shown.extensions.get_extension_for_class(basic).value == basic(ca=False, path_length=None)
    assert all("FAKE" in certificate.subject.rfc4514_string() for certificate in (ca, shown))


def test_a_foreign_name_under_this_authority_would_be_refused(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    authority, server = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    leaf = tls._builder(server, "FAKE", now, x509.BasicConstraints(ca=False, path_length=None))
    leaf = leaf.add_extension(x509.SubjectAlternativeName([x509.DNSName("bank.test")]), critical=False)
    roots = verification.Store([tls._ca(authority, now)])
    builder = verification.PolicyBuilder().store(roots).time(now)
    with pytest.raises(verification.VerificationError):
        builder.build_server_verifier(x509.DNSName("bank.test")).verify(tls._signed(leaf, authority), [])
    good = tls._leaf(server, authority, now)
    assert builder.build_server_verifier(x509.DNSName(VENDOR_HOST)).verify(good, [])


def test_files_are_for_their_owner_alone_and_the_authority_leaves_no_key(identity: Identity) -> None:
    home = identity.ca.parent
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    files = sorted(home.iterdir())
    assert [file.name for file in files] == ["ca.pem", "server-key.pem", "server.pem"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    ca, _ = certificates(identity)
    assert [file.name for file in files if b"PRIVATE" in file.read_bytes()] == ["server-key.pem"]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with pytest.raises(ssl.SSLError):
        context.load_cert_chain(identity.ca, identity.key)
    assert ca.issuer == ca.subject
    assert [path.name for path in home.parent.iterdir()] == ["tls"]


def contents(identity: Identity) -> list[bytes]:
    return [path.read_bytes() for path in (identity.ca, identity.certificate, identity.key)]


def test_it_is_kept_while_it_is_good(tmp_path: Path) -> None:
    today = datetime(2031, 5, 6, tzinfo=UTC)
    first = contents(ensure(tmp_path / "new" / "cache", today))
    for days in (0, 1, 30, 88):
        assert contents(ensure(tmp_path / "new" / "cache", today + timedelta(days=days))) == first


@pytest.mark.parametrize("days", [90, 89.5, 400, -2])
def test_it_is_made_anew_when_the_calendar_says_so(tmp_path: Path, days: float) -> None:
    today = datetime(2031, 5, 6, tzinfo=UTC)
    first = contents(ensure(tmp_path, today))
    later = ensure(tmp_path, today + timedelta(days=days))
    assert not set(contents(later)) & set(first)
    assert contents(ensure(tmp_path, today + timedelta(days=days))) == contents(later)
    assert [path.name for path in tmp_path.iterdir()] == ["tls"]


@pytest.mark.parametrize("name", ["ca.pem", "server.pem", "server-key.pem"])
@pytest.mark.parametrize("content", [None, b"", b"nonsense", "foreign"])
def test_it_is_made_anew_when_damaged(tmp_path: Path, name: str, content: bytes | str | None) -> None:
    identity = ensure(tmp_path / "one")
    path = identity.ca.parent / name
    if content is None:
        path.unlink()
    else:
        other = ensure(tmp_path / "two").ca.parent / name
        path.write_bytes(content if isinstance(content, bytes) else other.read_bytes())
    ensure(tmp_path / "one")
    ca, shown = certificates(identity)
    shown.verify_directly_issued_by(ca)
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(identity.certificate, identity.key)


def test_two_servers_starting_at_once_agree(tmp_path: Path) -> None:
    threads = [threading.Thread(target=ensure, args=(tmp_path,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ca, shown = certificates(ensure(tmp_path))
    shown.verify_directly_issued_by(ca)
    assert [path.name for path in tmp_path.iterdir()] == ["tls"]


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(InputError, match="cannot be kept there") as caught:
        ensure(blocked)
    assert str(blocked) in str(caught.value)


def test_without_the_library_it_says_what_to_install(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['cryptography'] = None\n"
        "from pathlib import Path\nfrom mockserver.web.tls import ensure\n"
        "from mockserver.errors import InputError\n"
        "try:\n    ensure(Path(sys.argv[1]))\nexcept InputError as error:\n    print(error)"
    )
    run = [sys.executable, "-c", program, str(tmp_path)]
    answer = subprocess.run(run, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "--tls: needs the package cryptography: pip install cryptography"


def test_the_steps_name_every_client_and_the_way_back(tmp_path: Path) -> None:
    identity = Identity.inside(tmp_path / "with blank")
    text = steps(identity, 8420)
    assert "127.0.0.1 api.healthjump.com" in text and "remove it" in text
    for variable in ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"):
        assert f"export {variable}='{identity.ca}'" in text
    assert f"curl --cacert '{identity.ca}' --connect-to api.healthjump.com:443:127.0.0.1:8420" in text
    assert "--port 443" in text and "TCP:127.0.0.1:8420" in text
    assert "{" not in text and "server-key" not in text


def test_on_port_443_nothing_has_to_be_passed_on(tmp_path: Path) -> None:
    text = steps(Identity.inside(tmp_path))
    assert "socat" not in text and "3." not in text
    assert "--connect-to api.healthjump.com:443:127.0.0.1:443" in text
