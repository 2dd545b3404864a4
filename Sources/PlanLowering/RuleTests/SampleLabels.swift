import PlanModel
import PromQL

/// A series that a test makes up.
struct SampleLabels: Sendable, Hashable {
  var metric: String
  var labels: [String: String]

  subscript(label: String) -> String { label == "__name__" ? metric : labels[label] ?? "" }

  func isSelected(by selector: VectorSelector) -> Bool {
    (selector.metricName ?? metric) == metric
      && selector.matchers.allSatisfy { $0.accepts(self[$0.label]) == .yes }
  }

  var pairs: [LabelPair] {
    labels.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }.map { LabelPair($0.key, $0.value) }
  }
}

/// Finds values of labels that matchers let through.
struct LabelChoice {
  /// The labels that have to have a value, because they split an objective.
  let needed: [String]
  /// Which of the values that a needed label may have.
  var variant = 0

  /// What names a target; every series of a test has them.
  private static let target = ["job": "example", "instance": "example:80"]

  /// A series that the selector picks, and that `other`, if there is one, does not; nil where none was found.
  func series(of selector: VectorSelector, outside other: VectorSelector? = nil) -> SampleLabels? {
    guard let metric = selector.metricName else { return nil }
    var labels: [String: String] = [:]
    let all = Set(selector.matchers.map(\.label) + (other?.matchers.map(\.label) ?? []) + needed)
    for label in all.sorted() {
      let matchers = selector.matchers.filter { $0.label == label }
      // Alike but for what sets them apart.
      let wished = matchers + (other?.matchers.filter { $0.label == label } ?? [])
      guard let value = value(of: label, letThroughBy: wished) ?? value(of: label, letThroughBy: matchers) else {
        return nil
      }
      labels[label] = value
    }
    let found = SampleLabels(metric: metric, labels: labels.merging(Self.target) { own, _ in own })
    guard let other, found.isSelected(by: other) else { return found }
    return other.matchers.lazy.compactMap { matcher in
      outside(matcher, of: found, within: selector)
    }.first
  }

  /// The series with another value of one label, which the matcher does not let through.
  private func outside(
    _ matcher: LabelMatcher,
    of series: SampleLabels,
    within selector: VectorSelector
  ) -> SampleLabels? {
    let own = selector.matchers.filter { $0.label == matcher.label }
    let candidates = own.flatMap(Self.spellings) + Self.failures + [""]
    let value = candidates.first { value in
      matcher.accepts(value) == .no && own.allSatisfy { $0.accepts(value) == .yes } && !isMissing(value, matcher.label)
    }
    guard let value else { return nil }
    var changed = series
    changed.labels[matcher.label] = value
    return changed
  }

  private func value(of label: String, letThroughBy matchers: [LabelMatcher]) -> String? {
    let candidates = matchers.flatMap(Self.spellings) + [""] + Self.successes
    let possible = candidates.lazy.filter { value in
      !isMissing(value, label) && matchers.allSatisfy { $0.accepts(value) == .yes }
    }
    return needed.contains(label) ? possible.dropFirst(variant).first ?? possible.first : possible.first
  }

  private func isMissing(_ value: String, _ label: String) -> Bool { value.isEmpty && needed.contains(label) }

  private static let successes = ["ok", "200", "success", "true", "example", "1", "GET"]
  private static let failures = ["500", "error", "failure", "false", "other", "0"]

  /// What a matcher may mean: the value, or what its alternatives come to with the simplest characters.
  private static func spellings(_ matcher: LabelMatcher) -> [String] {
    switch matcher.operation {
    case .equal: return [matcher.value]
    case .notEqual, .doesNotMatch: return []
    case .matches:
      return matcher.value.split(separator: "|").map { alternative in
        var text = ""
        var isEscaped = false
        for character in alternative.unicodeScalars {
          if isEscaped {
            text.unicodeScalars.append(character == "d" ? "0" : character)
            isEscaped = false
            continue
          }
          switch character {
          case "\\": isEscaped = true
          case ".": text.append("0")
          case "(", ")", "?", "*", "+", "^", "$", "[", "]": break
          default: text.unicodeScalars.append(character)
          }
        }
        return text
      }
    }
  }
}
