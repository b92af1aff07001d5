"""Writes simulated-ledger.tsv: a ledger as CarbonCred would have written it. All of it is made up.

The hashes are Python's own, by the formula that CarbonCred uses:
sha256(f"{event_type}{credit_id}{from_entity}{to_entity}{metadata}{prev_hash}").

    python3 make_simulated_ledger.py > simulated-ledger.tsv
"""

import hashlib
import json
import uuid

previous = "GENESIS"
row = 0


def enter(event, credit, sender, receiver, metadata):
    global previous, row
    row += 1
    text = f"{event}{credit}{sender}{receiver}{metadata}{previous}"
    digest = hashlib.sha256(text.encode()).hexdigest()
    columns = (row, event, uuid.UUID(str(credit)).hex, sender, receiver, json.dumps(metadata),
               previous, digest)
    print(*columns, sep="\t")
    previous = digest


def credit(number):
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"https://simulated.example/credit/{number}"))


for number in range(12):
    enter("MINT", credit(number), "1", "MARKET", {"project_id": 1})
for number in range(12, 16):
    enter("MINT", credit(number), "2", "MARKET",
          {"project_id": 2, "note": "Müller's \"roof\"", "kwh": 1e16, "rate": 0.7, "ok": True,
           "more": [None, -0.0, "\n\u200d🌱"]})
for number in range(6):
    enter("TRADE", credit(number), "MARKET", "3", {})
enter("TRADE", credit(12).upper(), "MARKET", "4", {})
enter("RETIRE", credit(0), "3", "RETIRED", {})
enter("RETIRE", credit(1), "3", "RETIRED", {})
enter("TRADE", credit(2), "3", "4", {"price": 12.5, "currency": "€"})
# What CarbonCred would have refused, had nobody written it into the database.
enter("RETIRE", credit(13), "4", "RETIRED", {})
