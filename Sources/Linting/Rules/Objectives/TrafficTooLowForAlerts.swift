import Diagnostics
import Quantities
import SpecCatalog

struct TrafficTooLowForAlerts: LintRule {
  private static let failures = RuleFigure.count(
    "failures",
    in: 1...1_000,
    standard: 1,
    unit: "failure",
    "how few failures in an hour must not page, with classic burn alerts"
  )

  let descriptor = DiagnosticDescriptor(
    code: "SLO309",
    name: "traffic-too-low-for-alerts",
    severity: .warning,
    summary: "There is enough traffic for a page to mean something.",
    rationale: """
      With a handful of events an hour one failure is a large share of them. Either every failure pages, or the guard \
      against chance keeps even an outage silent. A longer window, a lower target, synthetic requests or a ticket \
      instead of a page serve better.
      """,
    flagged: """
      indicators:
        reports:
          good: reports_total{outcome="success"}
          valid: reports_total
      objectives:
        «success-rate»:
          objective: reports >= 99% over 28d
          traffic: 10 per day
      """,
    accepted: """
      indicators:
        reports:
          good: reports_total{outcome="success"}
          valid: reports_total
      objectives:
        success-rate:
          objective: reports >= 99% over 28d
          traffic: 500 per day
      """,
    source: "Google, The Site Reliability Workbook, chapter 5, on low-traffic services and error budget alerting.",
    options: [failures.option]
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let failures = Rational(Self.failures.value(of: descriptor, in: catalog))
    return catalog.objectives.compactMap { objective in
      let share = objective.target.value.errorBudget.share.fraction
      guard !share.isZero, catalog.countsEvents(objective), let traffic = catalog.traffic(of: objective) else {
        return nil
      }
      var finding: Finding? =
        switch objective.alerting.scheme {
        case .none: nil
        case .classic: fewFailures(failures, objective, traffic, share)
        case .budget: silentOutage(objective, traffic, share)
        }
      finding?.notes = catalog.notesOnTraffic(of: objective)
      return finding
    }
  }

  /// The Workbook's fast page: a burn rate of 14.4 over an hour.
  private func fewFailures(
    _ failures: Rational,
    _ objective: Objective,
    _ traffic: EventRate,
    _ share: Rational
  ) -> Finding? {
    let threshold = share * Rational(numerator: 144, denominator: 10)
    let events = traffic.events(in: .hours(1))
    guard events * threshold < failures else { return nil }
    return Finding(
      """
      '\(objective.name.value)' has \(Self.eventCount(events)) an hour, of which \
      \(failures == .one ? "a single failure pages" : "\(failures.figureText) failures page"); from \
      \(Rational((failures / threshold).ceiling).figureText) an hour on \(failures == .one ? "it does" : "they do") not
      """,
      at: objective.name.span
    )
  }

  /// The slowest page asks for more than chance explains.
  private func silentOutage(_ objective: Objective, _ traffic: EventRate, _ share: Rational) -> Finding? {
    let page = SlowestPage(of: objective.window.value.nominalLength)
    let threshold = share * page.pace
    let events = traffic.events(in: page.looked)
    guard threshold < .one, !pages(outageOf: events, threshold) else { return nil }
    let enough = leastPagingOutage(threshold)
    let floor = enough.map { "; from \(Rational(Int128($0)).figureText) on it would" } ?? ""
    return Finding(
      """
      '\(objective.name.value)' has \(Self.eventCount(events)) in \(page.looked.seconds.durationFigureText), too few for a \
      total outage to page\(floor)
      """,
      at: objective.name.span
    )
  }

  private static func eventCount(_ events: Rational) -> String {
    "\(events.figureText) \(events == .one ? "event" : "events")"
  }

  /// The fewest events of which a total outage pages, up to a million; more events never page later.
  private func leastPagingOutage(_ threshold: Rational) -> Int? {
    var (silent, loud) = (0, 1_000_000)
    guard pages(outageOf: Rational(loud), threshold) else { return nil }
    while loud - silent > 1 {
      let middle = (silent + loud) / 2
      if pages(outageOf: Rational(middle), threshold) { loud = middle } else { silent = middle }
    }
    return loud
  }

  /// Whether so many failures exceed three standard deviations and two failures above the threshold.
  private func pages(outageOf events: Rational, _ threshold: Rational) -> Bool {
    let expected = events * threshold
    let excess = events - expected - 2
    return !excess.isNegative && excess * excess > expected * 9
  }
}

extension Catalog {
  fileprivate func countsEvents(_ objective: Objective) -> Bool {
    switch self[objective.indicator].kind {
    case .ratio, .distribution: true
    case .time, .gauge, .attested: false
    }
  }
}
