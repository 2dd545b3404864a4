import Diagnostics
import PromQL
import Quantities

/// What is measured.
package struct IndicatorSpec: Sendable {
  package enum Kind: Sendable {
    /// A share of counted things; the numerator and the denominator are added up each.
    case ratio(RatioSide, numerator: [QuerySpec], valid: [QuerySpec])
    case distribution(QueryText<VectorSelector>)
    /// Slices of time; any one of the conditions makes a slice down.
    case time(downWhen: [Located<DownConditionSpec>], slice: Located<TimeSpan>?)
    /// A value judged once per slice.
    case gauge(QueryText<VectorSelector>, across: Located<SeriesJoin>?, slice: Located<TimeSpan>?)
    case attested(AttestationSpec)
    case preset(PresetSpec)
  }

  /// Which part of the valid events the numerator counts.
  package enum RatioSide: String, Sendable {
    case good
    case bad
  }

  /// How the series of a gauge become one.
  package enum SeriesJoin: String, Sendable, CaseIterable {
    case max
    case min
    case avg
    case sum
  }

  package var kind: Kind
  package var title: Located<String>?
  package var meaning: Located<String>?
  /// The unit of a distribution or gauge, where neither contract nor metric name tells.
  package var unit: Located<String>?
  package var excluding: [Located<String>] = []
  package var criteria: CriteriaSpec?
  package var measurement: [Located<String>] = []
}

/// Where a sum of events comes from.
package enum QuerySpec: Sendable {
  case selector(QueryText<VectorSelector>)
  /// A query with `$window` as its range.
  case promql(QueryText<PromQLExpression>)

  package var span: SourceSpan {
    switch self {
    case .selector(let query): query.span
    case .promql(let query): query.span
    }
  }
}

/// One of the conditions that make a slice of time down.
package enum DownConditionSpec: Sendable {
  /// A PromQL comparison that yields series while it holds, and how long it has to hold.
  case query(QueryText<PromQLExpression>, sustained: Located<TimeSpan>?)
  case condition(ConditionSpec)
}

/// For people: what counts as good, as bad, and what does not count.
package struct CriteriaSpec: Sendable {
  package var good: [Located<String>] = []
  package var bad: [Located<String>] = []
  package var excluded: [Located<String>] = []
}

/// A dated, owned statement that stands in for a measurement.
package struct AttestationSpec: Sendable {
  package var statement: Located<String>
  package var evidence: Located<String>?
  package var by: Located<String>
  package var on: Located<CalendarDate>
  /// How long the statement holds.
  package var renew: Located<TimeSpan>
}

/// Common instrumentation by name.
package struct PresetSpec: Sendable {
  package var name: Located<String>
  package var parameters: [NamedText]
}
