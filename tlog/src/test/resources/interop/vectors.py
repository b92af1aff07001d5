#!/usr/bin/env python3
"""Makes the vectors of InteropTest, by an implementation of its own.

It shares no code with Wattmark: RFC 6962 hashes by their recursive definition, tiles cut as C2SP
tlog-tiles says, Ed25519 and ML-DSA-44 by the Python package `cryptography`. Run it in this folder;
it writes beside itself. The ML-DSA-44 signatures differ from run to run, everything else does not.
"""
import base64
import hashlib
import os
import struct

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

ORIGIN = "interop.example/log"
SIZE, EARLIER = 66_000, 700
TIME = 1_767_323_045  # 2026-01-02T03:04:05Z
LOG_SEED = bytes(range(32))
NEXT_SEED = bytes(range(32, 64))
NORTH_SEED = bytes(range(64, 96))
SOUTH_SEED = bytes(range(96, 128))


def b64(data):
    return base64.b64encode(data).decode()


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


LEAVES = [b"entry %d of the interop log" % i for i in range(SIZE)]
ROW = [hashlib.sha256(b"\x00" + leaf).digest() for leaf in LEAVES]
CACHE = {}


def split(n):
    k = 1
    while 2 * k < n:
        k *= 2
    return k


def mth(start, end):
    """MTH(D[start:end]) of RFC 6962 section 2.1."""
    if end - start == 0:
        return hashlib.sha256(b"").digest()
    if end - start == 1:
        return ROW[start]
    if (start, end) not in CACHE:
        k = split(end - start)
        CACHE[start, end] = node(mth(start, start + k), mth(start + k, end))
    return CACHE[start, end]


def path(m, start, end):
    """PATH(m, D[start:end]) of section 2.1.1."""
    n = end - start
    if n == 1:
        return []
    k = split(n)
    if m < k:
        return path(m, start, start + k) + [mth(start + k, end)]
    return path(m - k, start + k, end) + [mth(start, start + k)]


def subproof(m, start, end, whole):
    """SUBPROOF(m, D[start:end], b) of section 2.1.2."""
    n = end - start
    if m == n:
        return [] if whole else [mth(start, end)]
    k = split(n)
    if m <= k:
        return subproof(m, start, start + k, whole) + [mth(start + k, end)]
    return subproof(m - k, start + k, end, False) + [mth(start, start + k)]


def key_id(name, kind, public):
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


def vkey(name, kind, public):
    return f"{name}+{key_id(name, kind, public).hex()}+{b64(bytes([kind]) + public)}"


def line(name, kind, public, signature):
    return f"\u2014 {name} {b64(key_id(name, kind, public) + signature)}\n"


def ed(seed):
    private = Ed25519PrivateKey.from_private_bytes(seed)
    return private, private.public_key().public_bytes_raw()


def text_of(size):
    return f"{ORIGIN}\n{size}\n{b64(mth(0, size))}\n"


def signed_by_log(seed, text):
    private, public = ed(seed)
    return line(ORIGIN, 1, public, private.sign(text.encode()))


def cosigned_ed25519(name, seed, text):
    private, public = ed(seed)
    signature = private.sign(f"cosignature/v1\ntime {TIME}\n{text}".encode())
    return line(name, 4, public, struct.pack(">Q", TIME) + signature)


def opaque(name):
    return bytes([len(name.encode())]) + name.encode()


def cosigned_message(name, size):
    return (b"subtree/v1\n\0" + opaque(name) + struct.pack(">Q", TIME) + opaque(ORIGIN)
            + struct.pack(">QQ", 0, size) + mth(0, size))


def ml_dsa(seed):
    private = MLDSA44PrivateKey.from_seed_bytes(seed)
    return private, private.public_key().public_bytes_raw()


def cosigned_ml_dsa(name, seed, size):
    private, public = ml_dsa(seed)
    signature = private.sign(cosigned_message(name, size))
    return line(name, 6, public, struct.pack(">Q", TIME) + signature)


def checkpoint(size):
    text = text_of(size)
    return (text + "\n" + signed_by_log(LOG_SEED, text) + signed_by_log(NEXT_SEED, text)
            + cosigned_ml_dsa("north.example/w", NORTH_SEED, size)
            + cosigned_ed25519("south.example/w", SOUTH_SEED, text))


def tlog_proof(index, size):
    hashes = "".join(b64(each) + "\n" for each in path(index, 0, size))
    return f"c2sp.org/tlog-proof@v1\nindex {index}\n{hashes}\n{checkpoint(size)}"


def add_checkpoint(old, size):
    hashes = "".join(b64(each) + "\n" for each in subproof(old, 0, size, True))
    text = text_of(size)
    return f"old {old}\n{hashes}\n{text}\n{signed_by_log(LOG_SEED, text)}"


def tile_name(index):
    name = f"{index % 1000:03d}"
    while index >= 1000:
        index //= 1000
        name = f"x{index % 1000:03d}/" + name
    return name


def tiles(size):
    """The SHA-256 of every tile of a tree, by its path."""
    listing = []
    level, count = 0, size
    while count > 0:
        span = 256**level
        hashes = [mth(i * span, (i + 1) * span) for i in range(count)]
        for index in range((count + 255) // 256):
            row = hashes[index * 256:(index + 1) * 256]
            suffix = "" if len(row) == 256 else f".p/{len(row)}"
            content = hashlib.sha256(b"".join(row)).hexdigest()
            listing.append(f"{content}  tile/{level}/{tile_name(index)}{suffix}\n")
        level, count = level + 1, count // 256
    return "".join(listing)


def private_key(name, kind, public, seed):
    return f"PRIVATE+KEY+{name}+{key_id(name, kind, public).hex()}+{b64(bytes([kind]) + seed)}\n"


def write(name, text):
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), name), "w",
              encoding="utf-8", newline="") as file:
        file.write(text)


def main():
    write("log.keys", "".join(private_key(ORIGIN, 1, ed(seed)[1], seed)
                              for seed in (LOG_SEED, NEXT_SEED)))
    write("policy.txt", f"log {vkey(ORIGIN, 1, ed(LOG_SEED)[1])}\n"
          + f"witness north {vkey('north.example/w', 6, ml_dsa(NORTH_SEED)[1])}\n"
          + f"witness south {vkey('south.example/w', 4, ed(SOUTH_SEED)[1])}\n"
          + "group both all north south\nquorum both\n")
    write("north.key", private_key("north.example/w", 6, ml_dsa(NORTH_SEED)[1], NORTH_SEED))
    write("south.key", private_key("south.example/w", 4, ed(SOUTH_SEED)[1], SOUTH_SEED))
    write("checkpoint", checkpoint(SIZE))
    write("entry-12345.tlog-proof", tlog_proof(12_345, SIZE))
    write("add-checkpoint", add_checkpoint(EARLIER, SIZE))
    write("earlier", text_of(EARLIER))
    write("tiles.sha256", tiles(SIZE))
    write("cosigned-message.hex", cosigned_message("north.example/w", SIZE).hex() + "\n")
    proofs = ""
    for size in (1, 2, 3, 7, 255, 256, 257, 700, 65_536, 66_000):
        for index in sorted({0, 1, size // 2, size - 1} & set(range(size))):
            hashes = " ".join(b64(each) for each in path(index, 0, size))
            proofs += f"inclusion {index} {size} {hashes}".rstrip() + "\n"
        for old in sorted({1, 2, 6, 128, 256, 699, 65_536} & set(range(1, size + 1))):
            hashes = " ".join(b64(each) for each in subproof(old, 0, size, True))
            proofs += f"consistency {old} {size} {hashes}".rstrip() + "\n"
        proofs += f"root {size} {b64(mth(0, size))}\n"
    write("proofs.txt", proofs)


main()
