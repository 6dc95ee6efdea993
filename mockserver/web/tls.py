"""https with a throw-away certificate authority, for programs that have the vendor's address built in.

The authority's private key is dropped as soon as it has signed one certificate, and the authority may only
speak for the names below. Nothing here touches the trust store of the system. Certificates are judged by the
real calendar, because the clients are.
"""

from __future__ import annotations

import os
import shutil
import ssl
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from mockserver.errors import InputError

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec

VENDOR_HOST = "api.healthjump.com"
NAMES = (VENDOR_HOST, "localhost")
ADDRESSES = ("127.0.0.1", "::1")
LIFE = timedelta(days=90)

_MARGIN = timedelta(days=1)  # of validity that must be left, and of clocks that may run behind
_CA_NAME = "healthjump-kit FAKE throw-away CA"


@dataclass(frozen=True)
class Identity:
    """Three PEM files, for their owner's eyes: what clients trust, what the server shows, its key."""

    ca: Path
    certificate: Path
    key: Path

    @classmethod
    def inside(cls, directory: Path) -> Identity:
        return cls(directory / "ca.pem", directory / "server.pem", directory / "server-key.pem")


def ensure(cache: Path, today: datetime | None = None) -> Identity:
    """The identity kept in ``cache``/tls; made anew where it is absent, damaged or has less than a day left.

    Raises InputError if ``cryptography`` is missing or the directory cannot be written.
    """
    now = today or datetime.now(UTC)
    home = cache / "tls"
    try:
        if not _usable(Identity.inside(home), now):
            _replace(home, _issued(now))
    except ImportError:
        raise InputError("needs the package cryptography: pip install cryptography", "--tls") from None
    except OSError as error:
        raise InputError(f"the certificate cannot be kept there ({error.strerror})", str(home)) from None
    return Identity.inside(home)


def _usable(identity: Identity, now: datetime) -> bool:
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature

    try:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(identity.certificate, identity.key, password="")
        ca = x509.load_pem_x509_certificate(identity.ca.read_bytes())
        shown = x509.load_pem_x509_certificate(identity.certificate.read_bytes())
        shown.verify_directly_issued_by(ca)
        names = shown.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    fresh = all(c.not_valid_before_utc <= now <= c.not_valid_after_utc - _MARGIN for c in (ca, shown))
    return fresh and tuple(names.get_values_for_type(x509.DNSName)) == NAMES


def _replace(home: Path, contents: Mapping[str, bytes]) -> None:
    """Puts the files in place together, so that no certificate ever lies beside a foreign authority."""
    home.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(dir=home.parent, prefix="tls-"))
    try:
        fresh = scratch / "fresh"
        fresh.mkdir(mode=0o700)
        for name, content in contents.items():
            with os.fdopen(os.open(fresh / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content)
        with suppress(FileNotFoundError):
            home.rename(scratch / "stale")
        _settle(fresh, home)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _settle(fresh: Path, home: Path) -> None:
    try:
        fresh.rename(home)
    except OSError:
        if not home.is_dir():  # otherwise another server was faster, and its identity is as good
            raise


def _issued(now: datetime) -> dict[str, bytes]:
    """The contents of the three files, fresh from the generator of the system."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    authority, server = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    pem = serialization.Encoding.PEM
    private = serialization.PrivateFormat.PKCS8
    key = server.private_bytes(pem, private, serialization.NoEncryption())
    files = Identity.inside(Path())
    return {
        files.ca.name: _ca(authority, now).public_bytes(pem),
        files.certificate.name: _leaf(server, authority, now).public_bytes(pem),
        files.key.name: key,
    }


def _ca(key: ec.EllipticCurvePrivateKey, now: datetime) -> x509.Certificate:
    from cryptography import x509

    builder = _builder(key, _CA_NAME, now, x509.BasicConstraints(ca=True, path_length=0))
    networks = [x509.IPAddress(ip_network(address)) for address in ADDRESSES]
    only = x509.NameConstraints([*map(x509.DNSName, NAMES), *networks], None)
    builder = builder.add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
    return _signed(builder.add_extension(only, critical=True), key)


def _leaf(
    key: ec.EllipticCurvePrivateKey, authority: ec.EllipticCurvePrivateKey, now: datetime
) -> x509.Certificate:
    from cryptography import x509

    constraints = x509.BasicConstraints(ca=False, path_length=None)
    builder = _builder(key, "healthjump-kit FAKE server", now, constraints)
    addresses = [x509.IPAddress(ip_address(address)) for address in ADDRESSES]
    names = x509.SubjectAlternativeName([*map(x509.DNSName, NAMES), *addresses])
    purpose = x509.ExtendedKeyUsage([x509.oid.ExtendedKeyUsageOID.SERVER_AUTH])
    builder = builder.add_extension(_usage(digital_signature=True), critical=True)
    return _signed(builder.add_extension(names, False).add_extension(purpose, False), authority)


def _builder(
    key: ec.EllipticCurvePrivateKey, name: str, now: datetime, constraints: x509.BasicConstraints
) -> x509.CertificateBuilder:
    from cryptography import x509

    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    builder = x509.CertificateBuilder(serial_number=x509.random_serial_number(), public_key=key.public_key())
    builder = builder.subject_name(_named(name)).issuer_name(_named(_CA_NAME))
    builder = builder.not_valid_before(now - _MARGIN).not_valid_after(now + LIFE)
    return builder.add_extension(constraints, critical=True).add_extension(own, critical=False)


def _signed(builder: x509.CertificateBuilder, authority: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256

    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key())
    return builder.add_extension(issuer, critical=False).sign(authority, SHA256())


def _named(text: str) -> x509.Name:
    from cryptography import x509

    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])


def _usage(
    digital_signature: bool = False, key_cert_sign: bool = False, crl_sign: bool = False
) -> x509.KeyUsage:
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        encipher_only=False,
        decipher_only=False,
    )


def steps(identity: Identity, port: int = 443) -> str:
    """What to do so that a program with the vendor's address built in runs unchanged against this port.

    Every step is for one shell or one line of a file, and can be taken back.
    """
    ca = quote(str(identity.ca))
    listen = "" if port == 443 else _LISTEN.format(port=port)
    return _STEPS.format(host=VENDOR_HOST, ca=ca, port=port, listen=listen)


_STEPS = """\
To run a program with https://{host} built in, unchanged:
1. Send the name here: add this line to the hosts file (/etc/hosts; on Windows
   C:\\Windows\\System32\\drivers\\etc\\hosts), and remove it when you are done:
     127.0.0.1 {host}
2. Let the program trust the throw-away CA; set this in its own shell only:
     export REQUESTS_CA_BUNDLE={ca}    # Python: requests
     export SSL_CERT_FILE={ca}         # Python: httpx, urllib, aiohttp
     export NODE_EXTRA_CA_CERTS={ca}   # Node
{listen}Or without any of this, with curl:
     curl --cacert {ca} --connect-to {host}:443:127.0.0.1:{port} \\
       https://{host}/authenticate -d email=... -d password=...
"""

_LISTEN = """\
3. The name leads to port 443, and this server listens on {port}. Either let it listen on 443:
     sudo sysctl net.ipv4.ip_unprivileged_port_start=443   # Linux, until the next start
     hjkit serve --tls --port 443
   or pass port 443 on to it:
     sudo socat TCP-LISTEN:443,bind=127.0.0.1,fork,reuseaddr TCP:127.0.0.1:{port}
"""
