#!/usr/bin/env python3
"""Checks a certificate or a whole log without Wattmark's code: Python 3.8 and nothing else.

    check_log.py CERTIFICATE.json --trust keys.txt
    check_log.py PROOF.tlog-proof LEAF.bin --trust keys.txt
    check_log.py https://wattmark.example.com --trust keys.txt

It reads notes, proofs, tiles and trust files as C2SP signed-note, tlog-checkpoint, tlog-proof,
tlog-tiles and tlog-policy have them, and hashes as RFC 6962 section 2.1. It verifies Ed25519 itself
(RFC 8032). For ML-DSA-44 it needs the package `cryptography`, 48 or newer; without it such
cosignatures are named as not checked, and never counted.
Exit code: 0 all is well, 1 something is not, 2 misspelt, 3 too few cosignatures could be checked.
"""
import base64
import hashlib
import json
import struct
import sys
import urllib.request

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey
except ImportError:
    MLDSA44PublicKey = None

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
I = pow(2, (P - 1) // 4, P)


class Wrong(Exception):
    pass


def require(holds, what):
    if not holds:
        raise Wrong(what)


# Ed25519: RFC 8032 section 5.1, in extended coordinates.

def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(n, p):
    q = (0, 1, 1, 0)
    while n > 0:
        if n & 1:
            q = add(q, p)
        p, n = add(p, p), n >> 1
    return q


def same(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    require(y < P, "not a point of the curve")
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P != 0:
        x = x * I % P
    require((x * x - xx) % P == 0 and not (x == 0 and sign), "not a point of the curve")
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)


BASE = point(bytes.fromhex("58" + "66" * 31))


def ed25519(public, message, signature):
    try:
        require(len(signature) == 64, "length")
        a, r = point(public), point(signature[:32])
    except Wrong:
        return False
    s = int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    return s < L and same(times(s, BASE), add(r, times(h, a)))


# Notes, and who is believed.

class Key:
    def __init__(self, vkey):
        self.name, given, typed = vkey.split("+", 2)
        data = base64.b64decode(typed, validate=True)
        self.kind, self.public = data[0], data[1:]
        digest = hashlib.sha256(self.name.encode() + b"\n" + data).digest()
        self.id = digest[:4]
        require(self.id.hex() == given, "the key id is not that of the key: " + vkey)

    def verifies(self, text, signature):
        if self.kind == 1:
            return ed25519(self.public, text.encode(), signature)
        seconds = struct.unpack(">Q", signature[:8])[0]
        if self.kind == 6:
            return self.verifies_ml_dsa(text, signature)
        message = "cosignature/v1\ntime %d\n%s" % (seconds, text)
        return ed25519(self.public, message.encode(), signature[8:])


    def verifies_ml_dsa(self, text, signature):
        def opaque(name):
            return bytes([len(name.encode())]) + name.encode()

        origin, size, root = text.split("\n")[:3]
        message = (b"subtree/v1\n\0" + opaque(self.name) + signature[:8] + opaque(origin)
                   + struct.pack(">QQ", 0, int(size)) + base64.b64decode(root))
        try:
            MLDSA44PublicKey.from_public_bytes(self.public).verify(signature[8:], message)
            return True
        except InvalidSignature:
            return False


class Trust:
    def __init__(self, file):
        self.logs, self.named, self.quorum, self.enough = [], {}, None, True
        for line in file.split("\n"):
            words = line.split()
            if not words or words[0].startswith("#"):
                continue
            if words[0] == "log":
                self.logs.append(Key(words[1]))
            elif words[0] == "witness":
                self.named[words[1]] = Key(words[2])
            elif words[0] == "group":
                size = {"all": len(words) - 3, "any": 1}.get(words[2]) or int(words[2])
                self.named[words[1]] = (size, [self.named[name] for name in words[3:]])
            elif words[0] == "quorum":
                self.quorum = (0, []) if words[1] == "none" else self.named[words[1]]
            else:
                raise Wrong("unknown word in the trust file: " + words[0])
        require(self.quorum is not None, "the trust file has no quorum")

    def is_met(self, quorum, cosigned):
        if isinstance(quorum, Key):
            return quorum in cosigned
        return sum(self.is_met(each, cosigned) for each in quorum[1]) >= quorum[0]

    def checkpoint(self, note):
        """Returns origin, size and root of a note that a trusted log signed."""
        text, _, lines = note.rpartition("\n\n")
        text += "\n"
        origin, size, root = text.split("\n")[:3]
        witnesses = [key for key in self.named.values() if isinstance(key, Key)]
        logs, cosigned = [], []
        for line in lines.rstrip("\n").split("\n"):
            dash, name, data = line.split(" ")
            require(dash == "\u2014", "not a signature line")
            data = base64.b64decode(data, validate=True)
            for key in [log for log in self.logs if log.name == origin] + witnesses:
                if key.name != name or key.id != data[:4]:
                    continue
                if key.kind == 6 and MLDSA44PublicKey is None:
                    print("not checked: the ML-DSA-44 cosignature of " + name)
                    continue
                require(key.verifies(text, data[4:]), "the signature of " + name + " is false")
                (logs if key.kind == 1 else cosigned).append(key)
        require(logs, "no log that is trusted signed this: " + origin)
        print("signed by %s; cosigned by %s" % (
            origin, ", ".join(key.name for key in cosigned) or "no witness that was checked"))
        self.enough = self.enough and self.is_met(self.quorum, cosigned)
        return origin, int(size), base64.b64decode(root)


# Trees: RFC 6962 section 2.1.

def leaf_hash(leaf):
    return hashlib.sha256(b"\0" + leaf).digest()


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def root_of(row):
    """Pairs neighbours level by level; who has none moves up as it is."""
    while len(row) > 1:
        paired = [node(row[i], row[i + 1]) for i in range(0, len(row) - 1, 2)]
        row = paired + row[len(row) - len(row) % 2:]
    return row[0] if row else hashlib.sha256(b"").digest()


def included(leaf, index, size, hashes, root):
    """RFC 9162 section 2.1.3.2."""
    place, last, result = index, size - 1, leaf_hash(leaf)
    for sibling in hashes:
        require(last > 0, "the proof is too long")
        if place & 1 or place == last:
            result = node(sibling, result)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            result = node(result, sibling)
        place, last = place >> 1, last >> 1
    require(0 <= index < size and last == 0 and result == root, "the leaf is not in that tree")


def check_proof(proof, leaf, trust):
    head, _, note = proof.partition("\n\n")
    lines = head.split("\n")
    require(lines.pop(0) == "c2sp.org/tlog-proof@v1", "not a tlog-proof")
    if lines[0].startswith("extra "):
        lines.pop(0)
    index = int(lines.pop(0)[len("index "):])
    _, size, root = trust.checkpoint(note)
    included(leaf, index, size, [base64.b64decode(line) for line in lines], root)
    print("leaf %d is among the %d of the log" % (index, size))


def fields(data):
    while data:
        length = struct.unpack(">I", data[:4])[0]
        yield data[4:4 + length]
        data = data[4 + length:]


def check_certificate(file, trust):
    proof = json.loads(file)["proof"]
    lines = proof["tlog_proof"]
    text = lines if isinstance(lines, str) else "".join(line + "\n" for line in lines)
    leaf = base64.b64decode(proof["leaf"])
    check_proof(text, leaf, trust)
    domain, _, _, _, published = fields(leaf)
    require(domain == b"wattmark/leaf/v1", "not a leaf of Wattmark")
    said = list(fields(published))
    number = [struct.unpack(">q", said[i])[0] for i in (3, 4)]
    print("it says: %s, serials %d to %d" % (said[0].decode(), number[0], number[1]))


# The whole log, from its tiles.

def tile_name(index):
    name = "%03d" % (index % 1000)
    while index >= 1000:
        index //= 1000
        name = "x%03d/%s" % (index % 1000, name)
    return name


def check_log(url, trust):
    def fetch(path):
        with urllib.request.urlopen(url.rstrip("/") + "/log/" + path, timeout=60) as answer:
            return answer.read()

    origin, size, root = trust.checkpoint(fetch("checkpoint").decode())
    row = []
    for index in range((size + 255) // 256):
        width = min(256, size - index * 256)
        suffix = "" if width == 256 else ".p/%d" % width
        bundle, leaves = fetch("tile/entries/" + tile_name(index) + suffix), []
        while bundle:
            length = struct.unpack(">H", bundle[:2])[0]
            leaves.append(leaf_hash(bundle[2:2 + length]))
            bundle = bundle[2 + length:]
        require(len(leaves) == width, "entry bundle %d has %d leaves" % (index, len(leaves)))
        require(b"".join(leaves) == fetch("tile/0/" + tile_name(index) + suffix),
                "tile %d does not have the hashes of its entries" % index)
        row += leaves
    require(root_of(row) == root, "the leaves do not lead to the signed root")
    print("all %d leaves of %s lead to the root that was signed" % (size, origin))


def main(arguments):
    if "--trust" not in arguments or len(arguments) not in (3, 4):
        print(__doc__)
        return 2
    at = arguments.index("--trust")
    with open(arguments[at + 1], encoding="utf-8") as file:
        trust = Trust(file.read())
    what = arguments[:at] + arguments[at + 2:]
    if what[0].startswith(("http://", "https://")):
        check_log(what[0], trust)
        return verdict(trust)
    with open(what[0], encoding="utf-8", newline="") as file:
        content = file.read()
    if len(what) == 2:
        with open(what[1], "rb") as file:
            check_proof(content, file.read(), trust)
    else:
        check_certificate(content, trust)
    return verdict(trust)


def verdict(trust):
    if not trust.enough:
        print("NOT ENOUGH: too few of the cosignatures that are asked for could be checked")
    return 0 if trust.enough else 3


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Wrong as wrong:
        print("WRONG: " + str(wrong))
        sys.exit(1)
