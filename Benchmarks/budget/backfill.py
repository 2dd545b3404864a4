"""The pasts that `nines backfill` computes of the histories, against what truly happened. `backfill.py NINES`."""

import datetime
import pathlib
import subprocess
import sys
import tempfile
import time

import histories
import prometheus
from run import EVALUATIONS, HERE, consumed, error, percent

WINDOW = "30d"


def instant(seconds):
    return datetime.datetime.fromtimestamp(int(seconds), datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def spent(server, name):
    """The share of the budget, from the ledgers alone, read as rules read them."""
    sums = []
    for side in ("bad", "total"):
        ledger = f'slo:{side}:ledger{{slo="histories/{name}-availability"}}'
        query = f"{ledger} - {ledger} offset {WINDOW}"
        found = server.instant(query, int(EVALUATIONS[-1]))
        sums.append(float(found[0]["value"][1]) if found else float("nan"))
    return sums[0] / sums[1] / (1 - histories.TARGET)


def main(nines):
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        data = scratch / "data"
        configuration = scratch / "prometheus.yml"
        configuration.write_text("global: {}\n")
        known = histories.handed() + histories.harder()
        histories.write_openmetrics(known, scratch / "raw.om")
        prometheus.load(scratch / "raw.om", data)
        ledgers = scratch / "ledgers.om"
        started = time.monotonic()
        with prometheus.server(data, configuration) as server:
            command = [nines, "backfill", "-C", HERE, "--prometheus", server.url, "-o", ledgers]
            command += ["--from", instant(EVALUATIONS[0]), "--to", instant(EVALUATIONS[-1])]
            subprocess.run(command, check=True, timeout=3600, stdout=subprocess.DEVNULL)
        seconds = time.monotonic() - started
        size = ledgers.stat().st_size
        prometheus.load(ledgers, data)
        errors = []
        print("| history | budget spent | backfill |")
        print("| --- | --- | --- |")
        with prometheus.server(data, configuration) as server:
            for history in known:
                truth = consumed(history.bad, history.total)[-1]
                errors.append(float(error(spent(server, history.name), truth)))
                print(f"| {history.name} | {truth * 100:.2f}% | {percent(errors[-1])} |")
    largest = max(abs(found) for found in errors)
    print(f"\n{len(known)} ledgers of 31 days in {seconds:.0f} s, {size / 1e6:.0f} MB of OpenMetrics")
    print(f"Largest error: {largest * 100:.3f}%")
    return 0 if largest <= 0.005 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
