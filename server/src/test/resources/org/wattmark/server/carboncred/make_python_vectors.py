"""Writes python-vectors.tsv: JSON, and in hexadecimal the UTF-8 of what Python makes of it.

Run it with any CPython 3: python3 make_python_vectors.py > python-vectors.tsv
"""

import json
import random
import struct
import unicodedata

FIXED = [
    "{}", "[]", "null", "true", "false", "0", "-0", "-0.0", "1", "1.0", '"plain"', '"it\'s"',
    '{"project_id": 1}', '{"a": true, "b": false, "c": null}', '{"a": [1, 2.5, "x", {}, []]}',
    '{"quote": "it\'s"}', '{"double": "say \\"hi\\""}', '{"both": "it\'s \\"so\\""}',
    '{"backslash": "a\\\\b"}', '{"controls": "\\t\\n\\r\\u0000\\u0007\\u001f\\u007f"}',
    '{"latin": "caf\\u00e9", "nbsp": "a\\u00a0b", "shy": "\\u00ad", "c1": "\\u0085"}',
    '{"euro": "\\u20ac", "zwj": "\\u200d", "bom": "\\ufeff", "ls": "\\u2028", "em": "\\u2003"}',
    '{"emoji": "\\ud83c\\udf31", "lone": "\\ud800", "private": "\\ue000", "none": "\\u0378"}',
    '{"astral": "\\ud835\\udd38", "tag": "\\udb40\\udc01", "plane16": "\\udbff\\udffd"}',
    '{"": "", "\\u00e9\\n": "key"}', '{"x": NaN, "y": Infinity, "z": -Infinity}',
    '{"twice": 1, "other": 2, "twice": 3}', '{"big": 123456789012345678901234567890}',
    '{"hindi": "\\u0938\\u094c\\u0930", "arabic": "\\u0634\\u0645\\u0633", "cjk": "\\u592a\\u967d"}',
    "1e400", "-1e400", "1e-400", "5e-324", "4.9e-324", "2e23", "1e23", "9007199254740993.0",
    "1e15", "1e16", "123456789012345680.0", "0.0001", "0.00001", "0.1", "0.30000000000000004",
    "1.7976931348623157e308", "2.2250738585072014e-308", "1E5", "100000.0", "9999999999999998.0",
]


chance = random.Random(17)


def character():
    """One that has been assigned in every Unicode since, so that versions of Python agree."""
    while True:
        one = chr(chance.choice((chance.randrange(0x250), chance.randrange(0x3000))))
        if unicodedata.category(one) != "Cn":
            return one


def vectors():
    yield from FIXED
    for _ in range(400):
        number = struct.unpack("<d", chance.getrandbits(64).to_bytes(8, "little"))[0]
        if number == number and abs(number) != float("inf"):
            yield repr(number)
    for _ in range(200):
        yield repr(round(chance.uniform(-100000, 100000), chance.randrange(12)))
    for _ in range(100):
        yield repr(chance.randrange(1, 10) * 10.0 ** chance.randrange(-30, 30))
    for _ in range(300):
        text = "".join(character() for _ in range(6))
        yield json.dumps({"t": text})


for vector in vectors():
    text = str(json.loads(vector))
    print(vector, text.encode("utf-8").hex(), sep="\t")
