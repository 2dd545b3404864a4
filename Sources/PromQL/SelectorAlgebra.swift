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
    let pairs = conditionPairs(with: other)
    // Mostly one selector has the other's matchers and more, and nothing has to be compared.
    if pairs.allSatisfy(\.isTriviallyContained) { return .yes }
    // Where the other has no condition of its own, no value is left alone: it is looked for whether there is any.
    let compared = pairs.map { ($0, $0.relation(seeking: $0.isTriviallyContained ? .shared : .leftOnly)) }
    if compared.contains(where: { $1?.isLeftEmpty ?? false }) { return .yes }
    if compared.contains(where: { $1?.hasLeftOnly ?? false }) {
      return compared.allSatisfy { $0.isLeftSurelyInhabited($1) } ? .no : .unknown
    }
    return compared.allSatisfy { $0.isTriviallyContained || $1 != nil } ? .yes : .unknown
  }

  /// Whether some series could be picked by both.
  package func overlaps(_ other: VectorSelector) -> SelectorAnswer {
    let compared = conditionPairs(with: other).map { ($0, $0.relation(seeking: .shared)) }
    if compared.contains(where: { $1.map { !$0.hasShared } ?? false }) { return .no }
    return compared.allSatisfy { $1?.hasShared ?? $0.isSingleCondition } ? .yes : .unknown
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
  let left: Set<LabelMatcher>
  let right: Set<LabelMatcher>
  /// Every condition on the right is one on the left, whatever it means.
  let isTriviallyContained: Bool

  init(left: [LabelMatcher], right: [LabelMatcher]) {
    self.left = Set(left)
    self.right = Set(right)
    isTriviallyContained = self.right.isSubset(of: self.left)
  }

  /// The two say the same in one condition, which something will meet.
  var isSingleCondition: Bool { left.union(right).count == 1 }

  /// How the values compare; nothing where they cannot be compared.
  func relation(seeking aim: LabelLanguage.Aim) -> LabelLanguage.Relation? {
    guard let first = LabelLanguage(Array(left)), let second = LabelLanguage(Array(right)) else { return nil }
    return first.relation(to: second, seeking: aim)
  }

  /// A single pattern is written to match something; of several that are not understood this is not known.
  func isLeftSurelyInhabited(_ relation: LabelLanguage.Relation?) -> Bool {
    relation.map { !$0.isLeftEmpty } ?? (left.count <= 1)
  }
}

extension VectorSelector {
  /// One for each label that either speaks of.
  private func conditionPairs(with other: VectorSelector) -> [ConditionPair] {
    let left = sortedMatchers
    let right = other.sortedMatchers
    var pairs: [ConditionPair] = []
    var (own, others) = (left[...], right[...])
    while let label = [own.first, others.first].compactMap({ $0?.label }).min() {
      let (first, second) = (own.prefix { $0.label == label }, others.prefix { $0.label == label })
      pairs.append(ConditionPair(left: Array(first), right: Array(second)))
      own = own[first.endIndex...]
      others = others[second.endIndex...]
    }
    return pairs
  }

  /// The matchers by their labels, the metric name among them.
  private var sortedMatchers: [LabelMatcher] {
    let all = metricName.map { [.equal("__name__", $0)] + matchers } ?? matchers
    return all.sorted { $0.label < $1.label }
  }
}
