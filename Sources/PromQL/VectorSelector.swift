/// A choice of series: `http_requests_total{job="api"} offset 5m`.
package struct VectorSelector: Hashable, Sendable {
  /// The name in front of the braces; a matcher on `__name__` stays among the matchers.
  package var metricName: String?
  package var matchers: [LabelMatcher]
  /// How far back the series are read; negative reads the future, zero is no offset.
  package var offset: PromQLDuration
  package var at: EvaluationInstant?
  /// The name and the braces, without the modifiers that follow.
  package var place: SourcePlace

  package init(
    _ metricName: String?,
    _ matchers: [LabelMatcher] = [],
    offset: PromQLDuration = .zero,
    at: EvaluationInstant? = nil,
    place: SourcePlace = .none
  ) {
    self.metricName = metricName
    self.matchers = matchers
    self.offset = offset
    self.at = at
    self.place = place
  }

  package func adding(_ more: LabelMatcher...) -> VectorSelector {
    var selector = self
    selector.matchers.append(contentsOf: more)
    return selector
  }

  package func offset(_ duration: PromQLDuration) -> VectorSelector {
    var selector = self
    selector.offset = duration
    return selector
  }

  package func at(_ instant: EvaluationInstant) -> VectorSelector {
    var selector = self
    selector.at = instant
    return selector
  }
}

/// One condition on a label. An absent label counts as empty.
package struct LabelMatcher: Hashable, Sendable {
  package enum Operation: String, Hashable, Sendable, CaseIterable {
    case equal = "="
    case notEqual = "!="
    case matches = "=~"
    case doesNotMatch = "!~"
  }

  package var label: String
  package var operation: Operation
  /// The value, or the regular expression in RE2 syntax, anchored at both ends.
  package var value: String
  /// From the label to the end of the value.
  package var place: SourcePlace

  package init(_ label: String, _ operation: Operation, _ value: String, place: SourcePlace = .none) {
    self.label = label
    self.operation = operation
    self.value = value
    self.place = place
  }

  package static func equal(_ label: String, _ value: String) -> LabelMatcher {
    LabelMatcher(label, .equal, value)
  }

  package static func notEqual(_ label: String, _ value: String) -> LabelMatcher {
    LabelMatcher(label, .notEqual, value)
  }

  package static func matches(_ label: String, _ pattern: String) -> LabelMatcher {
    LabelMatcher(label, .matches, pattern)
  }

  package static func doesNotMatch(_ label: String, _ pattern: String) -> LabelMatcher {
    LabelMatcher(label, .doesNotMatch, pattern)
  }

  /// A regular expression that matches these texts and no others.
  package static func pattern(ofAny texts: [String]) -> String { texts.map(escaped).joined(separator: "|") }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text.unicodeScalars {
      if "\\.+*?()|[]{}^$".unicodeScalars.contains(character) { escaped.append("\\") }
      escaped.unicodeScalars.append(character)
    }
    return escaped
  }
}

/// The instant that an `@` modifier pins a selector to.
package enum EvaluationInstant: Hashable, Sendable {
  /// Milliseconds since 1970.
  case timestamp(milliseconds: Int64)
  case start
  case end
}

/// The time in the brackets of a range selector: fixed, or a name that a template leaves open (`$window`).
package enum PromQLRange: Hashable, Sendable {
  case fixed(PromQLDuration)
  /// The name without its `$`.
  case placeholder(String)

  package static let window = PromQLRange.placeholder("window")
}

/// The series of a selector over a span of time: `http_requests_total[5m] offset 1h`.
package struct RangeSelector: Hashable, Sendable {
  package var selector: VectorSelector
  package var range: PromQLRange
  /// What is written between the brackets.
  package var rangePlace: SourcePlace

  package init(_ selector: VectorSelector, _ range: PromQLRange, rangePlace: SourcePlace = .none) {
    self.selector = selector
    self.range = range
    self.rangePlace = rangePlace
  }
}

/// An instant vector evaluated over a span of time: `(a / b)[1h:1m] offset 1d`.
package struct Subquery: Hashable, Sendable {
  package var operand: PromQLExpression
  package var range: PromQLRange
  /// The time between evaluations; without one, the global evaluation interval.
  package var step: PromQLDuration?
  package var offset: PromQLDuration
  package var at: EvaluationInstant?
  /// The range alone, without the step.
  package var rangePlace: SourcePlace

  package init(
    of operand: PromQLExpression,
    _ range: PromQLRange,
    step: PromQLDuration? = nil,
    offset: PromQLDuration = .zero,
    at: EvaluationInstant? = nil,
    rangePlace: SourcePlace = .none
  ) {
    self.operand = operand
    self.range = range
    self.step = step
    self.offset = offset
    self.at = at
    self.rangePlace = rangePlace
  }
}
