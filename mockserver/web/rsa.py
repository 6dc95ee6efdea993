"""RS256 behind one seam: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518, 3.3; RFC 8017, 8.2 and 9.2).

``cryptography`` does the sums where it can be imported, plain integers where it cannot. The scheme draws no
random numbers, so both ways give the same bytes.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Protocol

from mockserver.web.keys import FAKE_TEST_KEY, RsaKey

# The DER head of a DigestInfo that names SHA-256 (RFC 8017, section 9.2, note 1).
_DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")


class Rs256(Protocol):
    """Signs and checks with one key. A signature is as long as the modulus."""

    def sign(self, message: bytes) -> bytes: ...

    def verify(self, message: bytes, signature: bytes) -> bool: ...


def rs256(key: RsaKey = FAKE_TEST_KEY) -> Rs256:
    """The faster way that works here. It is imported here, because starting up needs no signature."""
    try:
        return LibraryRs256(key)
    except ImportError:
        return IntegerRs256(key)


class IntegerRs256:
    """RS256 with nothing but ``pow``."""

    def __init__(self, key: RsaKey = FAKE_TEST_KEY) -> None:
        self._key = key

    def sign(self, message: bytes) -> bytes:
        key = self._key
        padded = int.from_bytes(_padded(message, key.size), "big")
        low, high = pow(padded, key.dq, key.q), pow(padded, key.dp, key.p)
        number = low + key.q * ((high - low) * key.qinv % key.p)
        return number.to_bytes(key.size, "big")

    def verify(self, message: bytes, signature: bytes) -> bool:
        key = self._key
        number = int.from_bytes(signature, "big")
        if len(signature) != key.size or number >= key.n:
            return False
        return pow(number, key.e, key.n).to_bytes(key.size, "big") == _padded(message, key.size)


class LibraryRs256:
    """RS256 by ``cryptography``. Raises ImportError where that is not installed or does not load."""

    def __init__(self, key: RsaKey = FAKE_TEST_KEY) -> None:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric import padding, rsa
        from cryptography.hazmat.primitives.hashes import SHA256

        public = rsa.RSAPublicNumbers(key.e, key.n)
        numbers = rsa.RSAPrivateNumbers(key.p, key.q, key.d, key.dp, key.dq, key.qinv, public)
        # Proving the primes takes longer than a hundred signatures; the key is ours and tested.
        self._private = numbers.private_key(unsafe_skip_rsa_key_validation=True)
        self._public = public.public_key()
        self._padding, self._hash, self._invalid = padding.PKCS1v15(), SHA256(), InvalidSignature

    def sign(self, message: bytes) -> bytes:
        return self._private.sign(message, self._padding, self._hash)

    def verify(self, message: bytes, signature: bytes) -> bool:
        try:
            self._public.verify(signature, message, self._padding, self._hash)
        except self._invalid:
            return False
        return True


def _padded(message: bytes, size: int) -> bytes:
    """EMSA-PKCS1-v1_5: 00 01 ff ... ff 00, then the DigestInfo."""
    info = _DIGEST_INFO + sha256(message).digest()
    return b"\x00\x01" + b"\xff" * (size - len(info) - 3) + b"\x00" + info
