"""The two usual ways to a 30-day ratio, written down from their definitions, to compare with."""

WINDOWS = ("5m", "30m", "1h", "2h", "6h", "1d", "3d")


def bad(job):
    return f'http_requests_total{{job="{job}", code=~"5.."}}'


def total(job):
    return f'http_requests_total{{job="{job}"}}'


def ratio(job, window):
    return f"sum(rate({bad(job)}[{window}])) / sum(rate({total(job)}[{window}]))"


def recorded(job):
    return f'ratio_5m{{job="{job}"}}'


def record_ratios(evaluate, server, history, output, evaluations):
    """What there is of ratios, `NaN` too, which is what a quotient without traffic is."""
    values, present = evaluate(server, ratio(history.name, "5m"))
    present &= ~history.stopped
    output.add(recorded(history.name), evaluations[present], values[present])


def mean_ratio(job):
    """Ratios of five minutes, averaged over the window."""
    return f"sum_over_time({recorded(job)}[30d]) / count_over_time({recorded(job)}[30d])"


def increase_ratio(job):
    return f"(sum(increase({bad(job)}[30d])) or vector(0)) / sum(increase({total(job)}[30d]))"


def mean_of_ratios(job):
    """The rules that such a set evaluates: a ratio for each window of the Workbook's alerts, and the mean."""
    return [ratio(job, window) for window in WINDOWS] + [mean_ratio(job)]


def increase_over_window(job):
    return [ratio(job, window) for window in WINDOWS] + [increase_ratio(job)]
