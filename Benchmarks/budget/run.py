"""The budget benchmark: what generated rules make of histories, against what truly happened.

`run.py NINES [HISTORY…]`
"""

import pathlib
import subprocess
import sys
import tempfile
import time

import numpy as np
import yaml

import conventional
import histories
import prometheus
import replay
from histories import EVALUATION_PHASE, MINUTES, START

HERE = pathlib.Path(__file__).parent
WINDOW = 30 * 1440
EVALUATIONS = START + np.arange(MINUTES) * 60 + EVALUATION_PHASE
# Every six hours from the second day on, and at the end.
MOMENTS = np.array([*range(1440, MINUTES, 360), MINUTES - 1])
LIMIT = 0.005
# A server answers with at most 11,000 points; series that live for minutes cost less in short ranges.
CHUNK = 1440


def compile_rules(nines, folder):
    """The groups of generated rules by the objective that they are of."""
    command = [nines, "compile", "-C", HERE, "-o", folder / "generated", "--format", "json"]
    subprocess.run(command, check=True, timeout=120, stdout=subprocess.DEVNULL)
    rules = {}
    for path in sorted(folder.glob("generated/**/*.rules.yaml")):
        for group in yaml.safe_load(path.read_text())["groups"]:
            for rule in group["rules"]:
                objective = rule.get("labels", {}).get("objective")
                if objective:
                    rules.setdefault(objective.removesuffix("-availability"), []).append(rule)
    return rules


def named(rules, record, **labels):
    return next(rule for rule in rules if rule.get("record") == record and labels.items() <= rule["labels"].items())


def series(rule):
    return rule["record"] + "{" + ",".join(f'{name}="{value}"' for name, value in rule["labels"].items()) + "}"


class Output:
    """Recorded series, on their way back into Prometheus."""

    def __init__(self, path):
        self.path = path
        self.file = open(path, "w")

    def add(self, rule, times, values):
        name = rule if isinstance(rule, str) else series(rule)
        self.file.writelines(f"{name} {value!r} {time}\n" for time, value in zip(times.tolist(), values.tolist()))

    def load(self, folder):
        self.file.write("# EOF\n")
        self.file.close()
        prometheus.load(self.path, folder)


def evaluate(server, query):
    """The value at every evaluation, and whether there is one."""
    values, present = np.zeros(MINUTES), np.zeros(MINUTES, bool)
    for first in range(0, MINUTES, CHUNK):
        last = min(first + CHUNK, MINUTES) - 1
        found = server.range(query, int(EVALUATIONS[first]), int(EVALUATIONS[last]), 60)
        if len(found) > 1:
            raise RuntimeError(f"{len(found)} series for {query}")
        for time_, value in found[0]["values"] if found else []:
            place = (int(time_) - START) // 60
            values[place], present[place] = float(value), True
    return values, present


def at_moments(server, query):
    values = np.full(len(MOMENTS), np.nan)
    for place, moment in enumerate(MOMENTS):
        found = server.instant(query, int(EVALUATIONS[moment]))
        if found:
            values[place] = float(found[0]["value"][1])
    return values


def consumed(bad, total):
    """The share of the budget that is spent at each moment, by what there was in each minute before."""
    bad, total = (np.concatenate([[0], np.cumsum(events)]) for events in (bad, total))
    start = np.maximum(MOMENTS - WINDOW, 0)
    ratio = (bad[MOMENTS] - bad[start]) / np.maximum(total[MOMENTS] - total[start], 1)
    return ratio / (1 - histories.TARGET)


def error(found, truth):
    """Relative; NaN where nothing was found, and of nothing spent anything is infinitely wrong."""
    with np.errstate(divide="ignore", invalid="ignore"):
        off = np.where(truth == 0, np.where(found == 0, 0, np.inf), (found - truth) / truth)
    return np.where(np.isnan(found), np.nan, off)


def record_ledgers(server, history, rules, output):
    """Evaluates the deltas and feeds their running sums back, which is what the ledger rules do."""
    evaluated = ~history.stopped
    for side in ("total", "bad"):
        deltas, present = evaluate(server, named(rules, f"slo:{side}:delta")["expr"])
        if np.isnan(deltas).any() or not present.all():
            raise RuntimeError(f"{history.name}: slo:{side}:delta is absent {np.sum(~present)} times, or NaN")
        if side == "bad":
            output.add(named(rules, "slo:bad:delta"), EVALUATIONS[evaluated], deltas[evaluated])
        ledger = np.cumsum(np.where(evaluated, deltas, 0))
        output.add(named(rules, f"slo:{side}:ledger"), EVALUATIONS[evaluated], ledger[evaluated])
    output.add(named(rules, "slo:ledger:start"), EVALUATIONS[evaluated], np.full(evaluated.sum(), EVALUATIONS[0]))


def record_windows(server, rules, output):
    for side in ("total", "bad"):
        rule = named(rules, f"slo:{side}:window")
        output.add(rule, EVALUATIONS[MOMENTS], at_moments(server, rule["expr"]))


def percent(value):
    return "NaN" if np.isnan(value) else "∞" if np.isinf(value) else f"{value * 100:+.2f}%"


def worst(errors):
    return errors[np.argmax(np.where(np.isnan(errors), np.inf, np.abs(errors)))]


def report(rows):
    formulations = ("this", "this, of what was scraped", "mean of 5-minute ratios", "increase over 30d")
    print("| history | budget spent |", " | ".join(f"{name} | worst" for name in formulations), "|")
    print("| --- | --- |", " | ".join(["---"] * 2 * len(formulations)), "|")
    for name, truth, *formulations in rows:
        cells = [percent(cell) for found in formulations for cell in (found[-1], worst(found))]
        print("|", " | ".join([name, f"{truth[-1] * 100:.2f}%", *cells]), "|")


def report_samples(server, rules, history):
    now = int(EVALUATIONS[-1])
    ours = sum(server.samples_read(rule["expr"], now) for rule in rules)
    mean = sum(server.samples_read(query, now) for query in conventional.mean_of_ratios(history.name))
    increase = sum(server.samples_read(query, now) for query in conventional.increase_over_window(history.name))
    print(f"\nSamples read by one evaluation of all rules of '{history.name}' ({len(history.series)} raw series):\n")
    print("| rules | samples | times this |")
    print("| --- | --- | --- |")
    for name, samples in (("this", ours), ("mean of 5-minute ratios", mean), ("increase over 30d", increase)):
        print(f"| {name} | {samples:,} | {samples / ours:.1f} |")


def replay_ledgers(known, rules, scratch):
    for history in known:
        if history.name in ("churn6h", "churn30m", "reset1d"):
            compared = replay.replay(history, rules[history.name], scratch, first=1300)
            print(f"{history.name}: {compared} readings of ledgers over six hours are what was scraped")


def main(nines, *names):
    started = time.monotonic()

    def progress(text):
        print(f"{time.monotonic() - started:4.0f} s  {text}", file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        data = scratch / "data"
        configuration = scratch / "prometheus.yml"
        configuration.write_text("global: {}\n")
        rules = compile_rules(nines, scratch)
        known = [one for one in histories.handed() + histories.harder() if not names or one.name in names]
        histories.write_openmetrics(known, scratch / "raw.om")
        prometheus.load(scratch / "raw.om", data)
        progress(f"{len(known)} histories loaded")

        output = Output(scratch / "ledgers.om")
        with prometheus.server(data, configuration) as server:
            increases = {}
            for history in known:
                record_ledgers(server, history, rules[history.name], output)
                conventional.record_ratios(evaluate, server, history, output, EVALUATIONS)
                increases[history.name] = at_moments(server, conventional.increase_ratio(history.name))
                progress(f"{history.name} evaluated")
        output.load(data)

        output = Output(scratch / "windows.om")
        with prometheus.server(data, configuration) as server:
            for history in known:
                record_windows(server, rules[history.name], output)
        output.load(data)
        progress("windows evaluated")

        rows = []
        with prometheus.server(data, configuration) as server:
            for history in known:
                truth = consumed(history.bad, history.total)
                scraped = consumed(*histories.scraped(history))
                remaining = at_moments(server, named(rules[history.name], "slo:error_budget:remaining")["expr"])
                mean = at_moments(server, conventional.mean_ratio(history.name)) / (1 - histories.TARGET)
                spent = increases[history.name] / (1 - histories.TARGET)
                errors = [error(1 - remaining, truth), error(1 - remaining, scraped), error(mean, truth), error(spent, truth)]
                rows.append((history.name, truth, *errors))
            report(rows)
            report_samples(server, rules[known[-1].name], known[-1])
        progress("done")
        replay_ledgers(known, rules, scratch)
    at_end = max(abs(row[2][-1]) for row in rows)
    ever = max(abs(worst(row[3])) for row in rows)
    print(f"\nLargest error at the end: {at_end:.3%}; at any moment, of what was scraped: {ever:.3%}")
    # Not `>`, which nothing is that is NaN.
    return 0 if at_end <= LIMIT and ever <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
