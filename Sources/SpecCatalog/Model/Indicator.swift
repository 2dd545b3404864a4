import Diagnostics
import PromQL
import Quantities
import SpecSyntax

/// A reference to what never changes, as an `Objective` is.
package final class Indicator: Sendable {
  package let service: ServiceID
  package let name: Located<String>
  package let title: String?
  package let meaning: String?
  package let kind: Kind
  /// What does not count, with the place that names it.
  package let excluding: [Located<ExclusionID>]
  package let criteria: Criteria
  package let measurement: [String]
  /// The whole entry.
  package let span: SourceSpan

  package init(
    service: ServiceID,
    name: Located<String>,
    title: String?,
    meaning: String?,
    kind: Kind,
    excluding: [Located<ExclusionID>],
    criteria: Criteria,
    measurement: [String],
    span: SourceSpan
  ) {
    self.service = service
    self.name = name
    self.title = title
    self.meaning = meaning
    self.kind = kind
    self.excluding = excluding
    self.criteria = criteria
    self.measurement = measurement
    self.span = span
  }

  /// The same with something else that is counted.
  func replacing(_ kind: Kind) -> Indicator {
    Indicator(
      service: service,
      name: name,
      title: title,
      meaning: meaning,
      kind: kind,
      excluding: excluding,
      criteria: criteria,
      measurement: measurement,
      span: span
    )
  }

  package enum Kind: Sendable {
    case ratio(RatioSource)
    case distribution(DistributionSource)
    case time(TimeSource)
    case gauge(GaugeSource)
    case attested(Attestation)
  }
}

/// For people: what counts as good, as bad, and what does not count.
package struct Criteria: Sendable, Hashable {
  package var good: [String] = []
  package var bad: [String] = []
  package var excluded: [String] = []

  package init(good: [String] = [], bad: [String] = [], excluded: [String] = []) {
    self.good = good
    self.bad = bad
    self.excluded = excluded
  }
}

/// Counted things of two kinds, one within the other.
package struct RatioSource: Sendable {
  /// Which part of `valid` the numerator counts.
  package enum Side: Sendable {
    case good
    case bad
  }

  package var side: Side
  /// Added up.
  package var numerator: [Query]
  /// Added up.
  package var valid: [Query]

  package init(side: Side, numerator: [Query], valid: [Query]) {
    self.side = side
    self.numerator = numerator
    self.valid = valid
  }
}

/// Where a sum comes from.
package enum Query: Sendable {
  /// A counter.
  case counter(SourcedQuery<VectorSelector>)
  /// A query over `$window` that yields events in the window or per second.
  case template(SourcedQuery<PromQLExpression>)
}

package struct DistributionSource: Sendable {
  package enum Histogram: Sendable {
    case classic
    case native
  }

  /// The histogram's own name, without `_bucket`.
  package var selector: SourcedQuery<VectorSelector>
  package var histogram: Histogram
  /// The metric's unit; bounds are converted into it.
  package var unit: Unit

  package init(selector: SourcedQuery<VectorSelector>, histogram: Histogram, unit: Unit) {
    self.selector = selector
    self.histogram = histogram
    self.unit = unit
  }
}

/// Up or down, once per slice.
package struct TimeSource: Sendable {
  /// Any one of them makes a slice down.
  package var downWhen: [DownCondition]
  package var slice: TimeSpan

  package init(downWhen: [DownCondition], slice: TimeSpan) {
    self.downWhen = downWhen
    self.slice = slice
  }
}

package enum DownCondition: Sendable {
  /// A PromQL comparison that yields something while it holds.
  case query(SourcedQuery<PromQLExpression>, sustained: TimeSpan)
  case condition(AlertCondition)
}

/// A value judged once per slice.
package struct GaugeSource: Sendable {
  package enum Aggregation: String, Sendable {
    case max, min, avg, sum
  }

  package var selector: SourcedQuery<VectorSelector>
  package var across: Aggregation
  package var slice: TimeSpan
  package var unit: Unit

  package init(selector: SourcedQuery<VectorSelector>, across: Aggregation, slice: TimeSpan, unit: Unit) {
    self.selector = selector
    self.across = across
    self.slice = slice
    self.unit = unit
  }
}

package struct Attestation: Sendable {
  package var statement: String
  package var evidence: String?
  package var by: Located<String>
  package var on: Located<CalendarDate>
  package var renew: TimeSpan

  package init(
    statement: String,
    evidence: String?,
    by: Located<String>,
    on: Located<CalendarDate>,
    renew: TimeSpan
  ) {
    self.statement = statement
    self.evidence = evidence
    self.by = by
    self.on = on
    self.renew = renew
  }

  /// The first day on which it no longer holds.
  package var lapses: CalendarDate { on.value.adding(days: (renew / .days(1)).floor) }
}

/// Planned work, or something else that does not count against an objective.
package struct Exclusion: Sendable {
  package enum Kind: Sendable {
    case maintenance(notice: TimeSpan?, windows: [RecurringWindow])
    case condition(reason: String?)
    /// The measurement cannot see it in the first place.
    case notMeasured(reason: String?)
  }

  package var service: ServiceID
  package var name: Located<String>
  package var title: String?
  package var kind: Kind
  /// A PromQL comparison that yields something while it holds.
  package var when: SourcedQuery<PromQLExpression>?
  package var span: SourceSpan

  package init(
    service: ServiceID,
    name: Located<String>,
    title: String?,
    kind: Kind,
    when: SourcedQuery<PromQLExpression>?,
    span: SourceSpan
  ) {
    self.service = service
    self.name = name
    self.title = title
    self.kind = kind
    self.when = when
    self.span = span
  }
}

/// A maintenance window, once or again and again.
package enum RecurringWindow: Sendable, Hashable {
  case once(start: Instant, duration: TimeSpan)
  case weekly(Weekday, TimeOfDay, duration: TimeSpan, zone: String)
  case daily(TimeOfDay, duration: TimeSpan, zone: String)
}

package typealias Weekday = SpecSyntax.Weekday
package typealias TimeOfDay = SpecSyntax.TimeOfDay
