import Diagnostics
import Quantities

/// A reference to what never changes: rules look at every objective again and again, and copies of so many fields would
/// take longer than what they are looked at for.
package final class Objective: Sendable {
  package let service: ServiceID
  package let journey: JourneyID?
  package let name: Located<String>
  /// `service/journey/objective`, or `service/objective`.
  package let fullName: String
  /// The whole expression, as written.
  package let expression: Located<String>
  package let indicator: IndicatorID
  /// The indicator's name where the expression says it.
  package let indicatorSpan: SourceSpan
  package let measure: Measure
  /// The share that has to be good; its span is the bound or percentile that says so.
  package let target: Located<Target>
  package let window: Located<TimeWindow>
  package let splitBy: [Located<String>]
  package let policy: PolicyChoice
  package let alerting: BurnAlerting
  package let title: String?
  package let meaning: String?
  package let rationale: String?
  package let labels: [NamedValue]
  package let runbook: String?
  package let owner: String?
  package let traffic: Located<EventRate>?
  package let burnLevels: [BurnLevel]
  package let budgetFigures: [BudgetFigure]
  /// Why a target of 100% is meant.
  package let zeroTolerance: String?
  package let windowReason: String?
  /// The whole entry.
  package let span: SourceSpan

  package init(
    service: ServiceID,
    journey: JourneyID?,
    name: Located<String>,
    fullName: String,
    expression: Located<String>,
    indicator: IndicatorID,
    indicatorSpan: SourceSpan,
    measure: Measure,
    target: Located<Target>,
    window: Located<TimeWindow>,
    splitBy: [Located<String>],
    policy: PolicyChoice,
    alerting: BurnAlerting,
    description: Description,
    span: SourceSpan
  ) {
    self.service = service
    self.journey = journey
    self.name = name
    self.fullName = fullName
    self.expression = expression
    self.indicator = indicator
    self.indicatorSpan = indicatorSpan
    self.measure = measure
    self.target = target
    self.window = window
    self.splitBy = splitBy
    self.policy = policy
    self.alerting = alerting
    title = description.title
    meaning = description.meaning
    rationale = description.rationale
    labels = description.labels
    runbook = description.runbook
    owner = description.owner
    traffic = description.traffic
    burnLevels = description.burnLevels
    budgetFigures = description.budgetFigures
    zeroTolerance = description.zeroTolerance
    windowReason = description.windowReason
    self.span = span
  }

  /// What is said of an objective beside what it promises.
  package struct Description: Sendable {
    package var title: String?
    package var meaning: String?
    package var rationale: String?
    package var labels: [NamedValue] = []
    package var runbook: String?
    package var owner: String?
    package var traffic: Located<EventRate>?
    package var burnLevels: [BurnLevel] = []
    package var budgetFigures: [BudgetFigure] = []
    package var zeroTolerance: String?
    package var windowReason: String?

    package init() {}
  }

  /// What of the indicator is bounded.
  package enum Measure: Sendable {
    /// The good share, or the share of slices that were up, with the comparison that its author wrote: `<` bounds what
    /// is bad.
    case share(Located<Comparison>)
    /// The value below or above which the percentile's share of events has to lie.
    case percentile(Percentile, Comparison, Located<MetricBound>)
    /// The value within which a gauge has to be.
    case value(Comparison, Located<MetricBound>)
    case attested
  }

  package var percentile: Percentile? {
    switch measure {
    case .percentile(let percentile, _, _): percentile
    case .share, .value, .attested: nil
    }
  }

  package var bound: Located<MetricBound>? {
    switch measure {
    case .percentile(_, _, let bound), .value(_, let bound): bound
    case .share, .attested: nil
    }
  }
}

/// A bound on a metric's value.
package struct MetricBound: Sendable, Hashable {
  /// In the unit of the metric.
  package var value: Rational
  /// As the author wrote it.
  package var text: String

  package init(value: Rational, text: String) {
    self.value = value
    self.text = text
  }
}

/// Which policy rules the deploys of an objective's service.
package enum PolicyChoice: Sendable, Hashable {
  case named(PolicyID)
  /// The author said that there is none.
  case none
  /// Nobody said anything.
  case absent
}

/// How an objective's generated alerts behave.
package struct BurnAlerting: Sendable {
  package enum Scheme: String, Sendable {
    case budget, classic, none
  }

  package var scheme: Scheme
  package var page: Route
  package var ticket: Route

  /// Severity and channels of an alert.
  package struct Route: Sendable {
    package var severity: SeverityID?
    package var channels: [ChannelID]

    package init(severity: SeverityID? = nil, channels: [ChannelID] = []) {
      self.severity = severity
      self.channels = channels
    }
  }

  package init(scheme: Scheme = .budget, page: Route = Route(), ticket: Route = Route()) {
    self.scheme = scheme
    self.page = page
    self.ticket = ticket
  }
}

/// A stated figure, exact or rounded by its author.
package struct StatedFigure: Sendable, Hashable {
  package var value: Rational
  package var isApproximate: Bool
  /// As written.
  package var text: String

  package init(value: Rational, isApproximate: Bool, text: String) {
    self.value = value
    self.isApproximate = isApproximate
    self.text = text
  }
}

/// A stated range of figures: `< 5h`, `1.2% .. 2.4%`, or one figure where both ends are equal.
package struct StatedRange: Sendable, Hashable {
  package var from: Rational?
  package var to: Rational?
  package var isApproximate: Bool
  /// As written.
  package var text: String

  package init(from: Rational?, to: Rational?, isApproximate: Bool, text: String) {
    self.from = from
    self.to = to
    self.isApproximate = isApproximate
    self.text = text
  }
}

/// A stated part of an objective's error budget: events, or seconds for time indicators, or the share itself.
package struct BudgetFigure: Sendable {
  package enum Span: String, Sendable {
    case share
    case window = "per-window"
    case month = "per-month"
    case week = "per-week"
    case day = "per-day"
    case hour = "per-hour"
  }

  package enum Unit: Sendable {
    case share, events, seconds
  }

  package var span: Span
  package var unit: Unit
  package var figure: Located<StatedFigure>

  package init(span: Span, unit: Unit, figure: Located<StatedFigure>) {
    self.span = span
    self.unit = unit
    self.figure = figure
  }
}

/// A range of loss per hour that a plan gives a name.
package struct BurnLevel: Sendable {
  package enum Unit: Sendable {
    /// Events per hour.
    case events
    /// Seconds per hour.
    case seconds
  }

  package var name: Located<String>
  package var unit: Unit
  /// Loss per hour from which the level holds; nil from nothing.
  package var from: Rational?
  /// Loss per hour up to which the level holds; nil without limit.
  package var to: Rational?
  package var range: Located<String>
  /// How soon the budget is said to be gone at this level, in seconds.
  package var exhausts: Located<StatedRange>?
  /// The share of all traffic that the level is said to be.
  package var failureRatio: Located<StatedRange>?

  package init(
    name: Located<String>,
    unit: Unit,
    from: Rational?,
    to: Rational?,
    range: Located<String>,
    exhausts: Located<StatedRange>?,
    failureRatio: Located<StatedRange>?
  ) {
    self.name = name
    self.unit = unit
    self.from = from
    self.to = to
    self.range = range
    self.exhausts = exhausts
    self.failureRatio = failureRatio
  }
}

/// An example of budget arithmetic in a plan, held to be right.
package struct WorkedExample: Sendable {
  package var service: ServiceID
  package var target: Located<Target>
  package var events: Located<Rational>
  package var failures: Rational?
  package var budget: Located<StatedFigure>?
  package var remaining: Located<StatedFigure>?
  package var ratio: Located<StatedFigure>?
  package var span: SourceSpan

  package init(
    service: ServiceID,
    target: Located<Target>,
    events: Located<Rational>,
    failures: Rational?,
    budget: Located<StatedFigure>?,
    remaining: Located<StatedFigure>?,
    ratio: Located<StatedFigure>?,
    span: SourceSpan
  ) {
    self.service = service
    self.target = target
    self.events = events
    self.failures = failures
    self.budget = budget
    self.remaining = remaining
    self.ratio = ratio
    self.span = span
  }
}
