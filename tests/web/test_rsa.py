"""Both ways of signing, against each other and against the rules of RFC 8017."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mockserver
from mockserver.web.keys import FAKE_TEST_KEY, RsaKey
from mockserver.web.rsa import IntegerRs256, LibraryRs256, Rs256, rs256

MESSAGE = b"eyJ0eXAiOiJKV1QifQ.e30"
WAYS: list[Rs256] = [IntegerRs256(), LibraryRs256()]
both = pytest.mark.parametrize("way", WAYS, ids=["integers", "library"])


def foreign_key() -> RsaKey:
    from cryptography.hazmat.primitives.asymmetric import rsa

    made = rsa.generate_private_key(65537, 2048).private_numbers()
    public = made.public_numbers
    return RsaKey(public.n, public.e, made.d, made.p, made.q, made.dmp1, made.dmq1, made.iqmp)


def test_the_key_is_a_sound_pair_of_4096_bits() -> None:
    key = FAKE_TEST_KEY
    assert key.n.bit_length() == 4096 and key.size == 512 and key.e == 65537
    assert key.p * key.q == key.n
    assert key.d * key.e % (key.p - 1) == 1 and key.d * key.e % (key.q - 1) == 1
    assert (key.dp, key.dq) == (key.d % (key.p - 1), key.d % (key.q - 1))
    assert key.q * key.qinv % key.p == 1


def test_the_primes_are_prime() -> None:
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = FAKE_TEST_KEY
    public = rsa.RSAPublicNumbers(key.e, key.n)
    numbers = rsa.RSAPrivateNumbers(key.p, key.q, key.d, key.dp, key.dq, key.qinv, public)
    assert numbers.private_key().key_size == 4096  # checks everything, unlike the way a server loads it


def test_a_key_shows_only_its_public_half() -> None:
    shown = repr(FAKE_TEST_KEY)
    assert str(FAKE_TEST_KEY.n) in shown
    hidden = [part.name for part in fields(RsaKey) if not part.repr]
    assert hidden == ["d", "p", "q", "dp", "dq", "qinv"]
    assert not any(str(getattr(FAKE_TEST_KEY, name)) in shown for name in hidden)


def test_no_key_file_is_shipped() -> None:
    mark = b"PRIVATE" + b" KEY-----"
    sources = [
        path
        for path in Path(mockserver.__file__).parent.rglob("*")
        if path.suffix in {".py", ".yaml", ".pem"}
    ]
    assert sources and not [path for path in sources if mark in path.read_bytes()]


@settings(max_examples=5, deadline=None)
@given(st.binary(max_size=200))
def test_both_ways_give_the_same_bytes(message: bytes) -> None:
    signatures = {way.sign(message) for way in WAYS}
    assert len(signatures) == 1
    signature = signatures.pop()
    assert len(signature) == 512
    assert all(way.verify(message, signature) for way in WAYS)


def test_a_signature_opens_to_the_padding_of_the_rfc() -> None:
    opened = pow(int.from_bytes(rs256().sign(MESSAGE), "big"), FAKE_TEST_KEY.e, FAKE_TEST_KEY.n).to_bytes(
        512, "big"
    )
    digest_info = bytes.fromhex("3031300d060960864801650304020105000420") + sha256(MESSAGE).digest()
    assert opened == b"\x00\x01" + b"\xff" * (512 - 3 - len(digest_info)) + b"\x00" + digest_info


@both
@settings(max_examples=30, deadline=None)
@given(place=st.integers(0, 511), bit=st.integers(0, 7))
def test_one_changed_bit_is_seen(way: Rs256, place: int, bit: int) -> None:
    signature = bytearray(GOOD)
    signature[place] ^= 1 << bit
    assert not way.verify(MESSAGE, bytes(signature))


@both
@pytest.mark.parametrize("cut", [b"", b"\x00", b"\x00" * 512, b"\xff" * 512, b"\x00" * 513])
def test_odd_signatures_are_refused(way: Rs256, cut: bytes) -> None:
    assert not way.verify(MESSAGE, cut)


@both
def test_length_and_range_are_part_of_the_check(way: Rs256) -> None:
    assert not way.verify(MESSAGE, b"\x00" + GOOD)
    assert not way.verify(MESSAGE, GOOD + b"\x00")
    assert not way.verify(MESSAGE, GOOD[:-1])
    shifted = int.from_bytes(GOOD, "big") + FAKE_TEST_KEY.n
    assert not way.verify(MESSAGE, shifted.to_bytes(513, "big"))


@both
def test_another_key_and_another_message_are_refused(way: Rs256) -> None:
    assert not way.verify(MESSAGE + b"!", GOOD)
    assert not way.verify(MESSAGE, IntegerRs256(foreign_key()).sign(MESSAGE))


def test_a_foreign_key_works_both_ways_too() -> None:
    key = foreign_key()
    assert IntegerRs256(key).sign(MESSAGE) == LibraryRs256(key).sign(MESSAGE)
    assert len(LibraryRs256(key).sign(MESSAGE)) == 256
    assert rs256(key).verify(MESSAGE, IntegerRs256(key).sign(MESSAGE))


def test_the_library_is_taken_where_it_is() -> None:
    assert isinstance(rs256(), LibraryRs256)


def test_integers_serve_where_the_library_is_not() -> None:
    program = (
        "import sys; sys.modules['cryptography'] = None\n"
        "from mockserver.web.rsa import rs256\n"
        "way = rs256(); print(type(way).__name__, way.sign(b'abc').hex())"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["IntegerRs256", LibraryRs256().sign(b"abc").hex()]


GOOD = LibraryRs256().sign(MESSAGE)
