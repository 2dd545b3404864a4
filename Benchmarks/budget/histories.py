"""31 days of counters scraped every minute, for shapes of traffic and kinds of incidents, with what truly happened.

A history is a service with requests that fail or not. Its truth is the number of requests, and of failures, in each minute.
"""

import dataclasses

import numpy as np

SCRAPE = 60
# Scrapes and evaluations fall on other seconds of the minute.
SCRAPE_PHASE = 17
EVALUATION_PHASE = 41
DAYS = 31
MINUTES = DAYS * 1440
END = 1760000400 // 3600 * 3600
START = END - DAYS * 86400
TARGET = 0.999
MEAN_PER_SECOND = 20.0
BACKGROUND = 0.0002

SCRAPES = START + np.arange(MINUTES) * SCRAPE + SCRAPE_PHASE
HOUR = np.arange(MINUTES) / 60 % 24


@dataclasses.dataclass
class History:
    """What truly happened in each minute, and the series that were scraped: labels, times, values."""

    name: str
    total: np.ndarray
    bad: np.ndarray
    series: list = dataclasses.field(default_factory=list)
    # Minutes in which nothing was evaluated.
    stopped: np.ndarray = dataclasses.field(default_factory=lambda: np.zeros(MINUTES, bool))

    def scraped(self, pod, code, times, values):
        self.series.append(({"pod": pod, "code": code}, times, values))


def minute(day, hour):
    return int((day * 24 + hour) * 60)


def traffic(shape):
    """Requests in each minute on average."""
    if shape == "flat":
        curve = np.ones(MINUTES)
    elif shape == "diurnal10":
        curve = 1 + 9 / 11 * np.cos(2 * np.pi * (HOUR - 15) / 24)
    elif shape == "diurnal50":
        curve = np.exp(0.5 * np.log(50) * np.cos(2 * np.pi * (HOUR - 15) / 24))
    else:
        curve = np.clip(np.cos(2 * np.pi * (HOUR - 14) / 24), 0, None)
        curve[(HOUR >= 22) | (HOUR < 6)] = 0
    return curve / curve.mean() * MEAN_PER_SECOND * 60


def failing(incident, per_minute):
    """The probability of failure in each minute."""
    share = np.full(MINUTES, BACKGROUND)
    if incident in ("night", "both"):
        share[minute(12, 3) : minute(12, 3) + 30] = 1.0
    if incident in ("peak", "both"):
        share[minute(20, 15) : minute(20, 15) + 30] = 0.2
    if incident == "load":
        share[per_minute > 1.3 * MEAN_PER_SECOND * 60] = 0.003
    return share


def so_far(events):
    """What a counter reads at each scrape: everything up to the minute before."""
    return np.concatenate([[0], np.cumsum(events)])[:MINUTES]


def one_pod(name, total, bad, initialised=True):
    """Without initialisation the series of failures begins with the first of them."""
    history = History(name, total, bad)
    failures = so_far(bad)
    seen = np.ones(MINUTES, bool) if initialised else failures > 0
    history.scraped("p0", "500", SCRAPES[seen], failures[seen])
    history.scraped("p0", "200", SCRAPES, so_far(total - bad))
    return history


def shaped(random, shape, incident):
    per_minute = traffic(shape)
    total = random.poisson(per_minute)
    return one_pod(f"{shape}-{incident}", total, random.binomial(total, failing(incident, per_minute)))


def churn(random, name, lifetime, initialised, pods=6, same_name=False):
    """Pods that live for so many minutes: new series each time, or resets of the same."""
    per_minute = traffic("diurnal10")
    share = failing("both", per_minute)
    history = History(name, np.zeros(MINUTES, int), np.zeros(MINUTES, int))
    for pod in range(pods):
        total = random.poisson(per_minute / pods)
        bad = random.binomial(total, share)
        history.total += total
        history.bad += bad
        first = pod * lifetime // pods or lifetime
        cuts = [0, *range(first, MINUTES, lifetime), MINUTES]
        lives = [life(total, bad, begin, end) for begin, end in zip(cuts, cuts[1:]) if end - begin >= 3]
        if same_name:
            times, good, failed = (np.concatenate(part) for part in zip(*lives))
            history.scraped(f"p{pod}", "200", times, good)
            history.scraped(f"p{pod}", "500", times, failed)
            continue
        for generation, (times, good, failed) in enumerate(lives):
            seen = np.ones(len(times), bool) if initialised else failed > 0
            history.scraped(f"p{pod}-{generation}", "200", times, good)
            if seen.any():
                history.scraped(f"p{pod}-{generation}", "500", times[seen], failed[seen])
    return history


def life(total, bad, begin, end):
    """A pod's scrapes: the first after a minute of traffic, the last before its last minute is over."""
    count = end - begin - 1
    times = SCRAPES[begin] + SCRAPE * np.arange(1, count + 1)
    return times, np.cumsum((total - bad)[begin:end])[:count], np.cumsum(bad[begin:end])[:count]


def late_failures(random):
    total = random.poisson(traffic("diurnal10"))
    share = np.zeros(MINUTES)
    share[minute(25, 15) : minute(25, 15) + 10] = 0.2
    return one_pod("late-failures", total, random.binomial(total, share), initialised=False)


def low_traffic(random, name, initialised):
    total = random.poisson(np.full(MINUTES, 0.1))
    bad = np.zeros(MINUTES, int)
    for day, hour in ((10, 4.2), (15, 13.1), (22, 20.7)):
        total[minute(day, hour)] = max(total[minute(day, hour)], 1)
        bad[minute(day, hour)] = 1
    return one_pod(name, total, bad, initialised)


def missed_scrapes(random):
    """A tenth of the scrapes is lost, and now and then five in a row."""
    history = shaped(random, "diurnal10", "both")
    history.name = "missed-scrapes"
    seen = random.random(MINUTES) > 0.1
    for start in random.integers(60, MINUTES - 60, 60):
        seen[start : start + 5] = False
    return without(history, seen)


def stopped(random, name, length, starts):
    """Prometheus is down for so many minutes at some times, and the process restarts meanwhile."""
    history = shaped(random, "diurnal10", "both")
    history.name = name
    seen = np.ones(MINUTES, bool)
    for start in starts:
        seen[start : start + length] = False
        history.stopped[start : start + length] = True
        middle = start + length // 2
        for _, _, values in history.series:
            values[middle + 1 :] -= values[middle]
    return without(history, seen)


def without(history, seen):
    history.series = [(labels, times[seen], values[seen]) for labels, times, values in history.series]
    return history


def many_pods(random, name="sixty-series", pods=20):
    """20 pods with three codes each, one of which is a failure: 60 series all the time."""
    per_minute = traffic("diurnal10") / pods
    share = failing("both", traffic("diurnal10"))
    history = History(name, np.zeros(MINUTES, int), np.zeros(MINUTES, int))
    for pod in range(pods):
        total = random.poisson(per_minute)
        bad = random.binomial(total, share)
        missing = random.binomial(total - bad, 0.05)
        history.total += total
        history.bad += bad
        for code, events in (("200", total - bad - missing), ("404", missing), ("500", bad)):
            history.scraped(f"p{pod}", code, SCRAPES, so_far(events))
    return history


def handed():
    """The 27 histories that the goal is stated for."""
    random = np.random.default_rng(20240601)
    histories = [
        shaped(random, shape, incident)
        for shape in ("flat", "diurnal10", "diurnal50", "nightzero")
        for incident in ("base", "night", "peak", "both", "load")
    ]
    histories += [
        churn(random, "churn6h-initialised", 360, True),
        churn(random, "churn6h", 360, False),
        churn(random, "churn30m", 30, False),
        churn(random, "reset1d", 1440, True, same_name=True),
        late_failures(random),
        low_traffic(random, "low6rph-initialised", True),
        low_traffic(random, "low6rph", False),
    ]
    return histories


def harder():
    """What goes wrong between a service and its rules."""
    random = np.random.default_rng(20261123)
    return [
        missed_scrapes(random),
        stopped(random, "down5m", 5, range(minute(1, 5), MINUTES - 60, 2000)),
        stopped(random, "down2h", 120, [minute(4, 9), minute(18, 1)]),
        many_pods(random),
    ]


def scraped(history):
    """Failures and requests in each minute as far as scrapes show them: not what a pod did after its last one."""
    sums = {"bad": np.zeros(MINUTES, int), "total": np.zeros(MINUTES, int)}
    for labels, times, values in history.series:
        before = np.concatenate([[0], values[:-1]])
        added = np.where(values >= before, values - before, values)
        minutes = (times - START - SCRAPE_PHASE) // SCRAPE
        # What scrape k shows happened in the minute before it.
        happened = np.maximum(minutes - 1, 0)
        np.add.at(sums["total"], happened, added)
        if labels["code"].startswith("5"):
            np.add.at(sums["bad"], happened, added)
    return sums["bad"], sums["total"]


def write_openmetrics(histories, path):
    with open(path, "w") as file:
        file.write("# HELP http_requests Requests.\n# TYPE http_requests counter\n")
        for history in histories:
            for labels, times, values in history.series:
                named = ",".join(f'{name}="{value}"' for name, value in {"job": history.name, **labels}.items())
                head = f"http_requests_total{{{named}}}"
                file.writelines(f"{head} {value} {time}\n" for time, value in zip(times.tolist(), values.tolist()))
        file.write("# EOF\n")
