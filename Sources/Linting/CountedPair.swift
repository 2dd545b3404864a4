import Diagnostics
import PromQL
import SpecCatalog

/// The numerator and the valid events of a ratio, where each is one counter of one metric and can be compared.
struct CountedPair {
  let side: RatioSource.Side
  let span: SourceSpan
  let validSpan: SourceSpan
  private let numerator: VectorSelector
  private let valid: VectorSelector

  /// One pair, or none: of sums and expressions nothing can be said.
  static func all(of indicator: Indicator) -> [CountedPair] {
    guard case .ratio(let source) = indicator.kind, source.numerator.count == 1, source.valid.count == 1,
      case .counter(let numerator) = source.numerator[0], case .counter(let valid) = source.valid[0],
      numerator.isWritten, let name = numerator.value.metricName, name == valid.value.metricName
    else { return [] }
    return [
      CountedPair(
        side: source.side,
        span: numerator.span(of: numerator.value.place),
        validSpan: valid.span(of: valid.value.place),
        numerator: numerator.value,
        valid: valid.value
      )
    ]
  }

  var sideText: String {
    switch side {
    case .good: "good"
    case .bad: "bad"
    }
  }

  /// Whether the numerator has events that the valid ones do not, whatever labels come together.
  var isOutside: Bool { numerator.isContained(in: widened) == .no }

  /// A matcher of the valid events that the numerator does not keep to; nil where only several together leave some out.
  var missingMatcher: LabelMatcher? {
    widened.matchers.first { matcher in
      var alone = widened
      alone.matchers.removeAll { $0 != matcher }
      return numerator.isContained(in: alone) == .no
    }
  }

  /// The labels of which valid leaves values out that the numerator does not speak of: whether such events are ever
  /// counted depends on which labels come together.
  var openLabels: [String] {
    guard !isOutside, numerator.isContained(in: valid) == .no else { return [] }
    return valid.matchers.filter { leavesOpen($0) }.map(\.label)
  }

  /// The valid events with those that are left out by a label that only valid speaks of.
  private var widened: VectorSelector {
    var selector = valid
    selector.matchers.removeAll { leavesOpen($0) }
    return selector
  }

  private func leavesOpen(_ matcher: LabelMatcher) -> Bool {
    switch matcher.operation {
    case .equal, .matches: false
    case .notEqual, .doesNotMatch: !numerator.matchers.contains { $0.label == matcher.label }
    }
  }
  var isSame: Bool { numerator.selectsTheSame(as: valid) == .yes }
  var isDisjoint: Bool { numerator.overlaps(valid) == .no }
}
