/// What can be said of two selectors without the data.
package enum SelectorAnswer: Hashable, Sendable {
  case yes
  case no
  /// A pattern has something that is not followed here, or comparing would take too long.
  case unknown
}

/// Selectors as sets of series. Labels are independent of one another here: that `code="500"` comes only with
/// `job="api"` is not known. Offsets and instants play no part.
extension VectorSelector {
  /// Whether the other selector picks every series that this one can pick.
  package func isContained(in other: VectorSelector) -> SelectorAnswer {
    let pairs = conditionsByLabel(with: other)
    if pairs.values.contains(where: { $0.relation?.isLeftEmpty ?? false }) { return .yes }
    if pairs.values.allSatisfy(\.isTriviallyContained) { return .yes }
    if pairs.values.contains(where: { $0.relation?.hasLeftOnly ?? false }) {
      return pairs.values.allSatisfy(\.isLeftSurelyInhabited) ? .no : .unknown
    }
    return pairs.values.allSatisfy { $0.isTriviallyContained || $0.relation != nil } ? .yes : .unknown
  }

  /// Whether some series could be picked by both.
  package func overlaps(_ other: VectorSelector) -> SelectorAnswer {
    let pairs = conditionsByLabel(with: other)
    if pairs.values.contains(where: { $0.relation.map { !$0.hasShared } ?? false }) { return .no }
    return pairs.values.allSatisfy { $0.relation?.hasShared ?? $0.isSingleCondition } ? .yes : .unknown
  }

  /// Whether both pick the same series, however they say it.
  package func selectsTheSame(as other: VectorSelector) -> SelectorAnswer {
    switch (isContained(in: other), other.isContained(in: self)) {
    case (.yes, .yes): .yes
    case (.no, _), (_, .no): .no
    case (.unknown, _), (_, .unknown): .unknown
    }
  }
}

/// The matchers that two selectors have on one label.
private struct ConditionPair {
  var left: Set<LabelMatcher> = []
  var right: Set<LabelMatcher> = []
  /// How the values compare; nothing where they cannot be compared.
  var relation: LabelLanguage.Relation?

  /// Every condition on the right is one on the left, whatever it means.
  var isTriviallyContained: Bool { right.isSubset(of: left) }

  /// The two say the same in one condition, which something will meet.
  var isSingleCondition: Bool { left.union(right).count == 1 }

  /// A single pattern is written to match something; of several that are not understood this is not known.
  var isLeftSurelyInhabited: Bool { relation.map { !$0.isLeftEmpty } ?? (left.count <= 1) }

  mutating func compare() {
    guard let first = LabelLanguage(Array(left)), let second = LabelLanguage(Array(right)) else { return }
    relation = first.relation(to: second, isContained: isTriviallyContained)
  }
}

extension VectorSelector {
  private func conditionsByLabel(with other: VectorSelector) -> [String: ConditionPair] {
    var pairs: [String: ConditionPair] = [:]
    for matcher in allMatchers { pairs[matcher.label, default: ConditionPair()].left.insert(matcher) }
    for matcher in other.allMatchers { pairs[matcher.label, default: ConditionPair()].right.insert(matcher) }
    return pairs.mapValues { pair in
      var pair = pair
      pair.compare()
      return pair
    }
  }

  /// The matchers, the metric name among them.
  private var allMatchers: [LabelMatcher] {
    metricName.map { [.equal("__name__", $0)] + matchers } ?? matchers
  }
}
