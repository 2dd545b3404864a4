"""Proof that ledger rules are running sums: a stretch of a history, evaluated rule by rule by Prometheus's own rule engine."""

import pathlib
import subprocess

import numpy as np
import yaml

from histories import SCRAPE, SCRAPE_PHASE, START

LENGTH = 360


def stretch(history, first):
    """The series of some minutes, by the minute; None where there was no scrape."""
    found = []
    for labels, times, values in history.series:
        minutes = (times - START - SCRAPE_PHASE) // SCRAPE - first
        inside = (minutes >= 0) & (minutes < LENGTH)
        if inside.any():
            row = np.full(LENGTH, None, object)
            row[minutes[inside]] = values[inside]
            found.append((labels, row))
    return found


def counted(rows):
    """What the scrapes of each minute add: what was there in the first minute is where counting begins."""
    added = np.zeros(LENGTH, int)
    for row in rows:
        before = None
        for minute, value in enumerate(row):
            if value is None:
                continue
            if before is None:
                added[minute] += value if minute > 0 else 0
            else:
                added[minute] += value - before if value >= before else value
            before = value
    return np.cumsum(added)


def replay(history, rules, folder, first):
    """Raises unless the ledgers are what was counted, at every tenth minute. How many readings were compared."""
    series = stretch(history, first)
    ledgers = {
        "slo:total:ledger": counted([row for _, row in series]),
        "slo:bad:ledger": counted([row for labels, row in series if labels["code"].startswith("5")]),
    }
    recordings = [rule for rule in rules if rule.get("record", "").endswith((":delta", ":ledger"))]
    group = {"name": "ledgers", "rules": recordings}
    (folder / "rules.yaml").write_text(yaml.safe_dump({"groups": [group]}))
    # A sample is counted by the evaluation after it, when it has surely arrived.
    checks = [
        {"expr": f"sum({record})", "eval_time": f"{minute}m", "exp_samples": [{"labels": "{}", "value": int(sums[minute - 1])}]}
        for record, sums in ledgers.items()
        for minute in range(10, LENGTH, 10)
    ]
    test = {"interval": "1m", "input_series": [samples(history, *one) for one in series], "promql_expr_test": checks}
    file = {"rule_files": ["rules.yaml"], "evaluation_interval": "1m", "tests": [test]}
    path = pathlib.Path(folder) / "tests.yaml"
    path.write_text(yaml.safe_dump(file))
    subprocess.run(["promtool", "test", "rules", path], check=True, timeout=300, stdout=subprocess.DEVNULL)
    return len(checks)


def samples(history, labels, row):
    named = ",".join(f'{name}="{value}"' for name, value in {"job": history.name, **labels}.items())
    values = " ".join("_" if value is None else str(value) for value in row)
    return {"series": f"http_requests_total{{{named}}}", "values": values}
