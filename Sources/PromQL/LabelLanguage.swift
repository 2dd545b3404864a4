/// The values that the matchers on one label let through, as machines that read a value side by side.
struct LabelLanguage {
  private struct Condition {
    let automaton: RegexAutomaton
    let isNegated: Bool
  }

  private var conditions: [Condition] = []
  /// A value that alone can get through, known from an equality.
  private(set) var singleValue: String?

  /// Nothing when a pattern is not understood.
  init?(_ matchers: [LabelMatcher]) {
    for matcher in matchers {
      guard let automaton = matcher.automaton else { return nil }
      conditions.append(Condition(automaton: automaton, isNegated: matcher.operation.isNegated))
      if matcher.operation == .equal { singleValue = matcher.value }
    }
  }

  func contains(_ value: String) -> Bool {
    conditions.allSatisfy { $0.automaton.accepts(value) != $0.isNegated }
  }
}

extension LabelMatcher.Operation {
  fileprivate var isNegated: Bool {
    switch self {
    case .equal, .matches: false
    case .notEqual, .doesNotMatch: true
    }
  }
}

extension LabelMatcher {
  fileprivate var automaton: RegexAutomaton? {
    switch operation {
    case .equal, .notEqual: return RegexAutomaton(literal: value)
    case .matches, .doesNotMatch:
      // Only in Prometheus 3 does a dot match a line break. No label value worth comparing holds one, so that
      // `.+` is the opposite of an empty value in both.
      guard let node = RegexParser.understood(value, dialect: .prometheus3) else { return nil }
      return RegexAutomaton(node)
    }
  }

  /// Whether the matcher lets a value through.
  package func accepts(_ value: String) -> SelectorAnswer {
    guard let language = LabelLanguage([self]) else { return .unknown }
    return language.contains(value) ? .yes : .no
  }
}

// MARK: - Comparing two languages

extension LabelLanguage {
  /// What a search through the values has found.
  struct Relation {
    /// A value that only the left language has.
    var hasLeftOnly = false
    /// A value that both have.
    var hasShared = false

    var isLeftEmpty: Bool { !hasLeftOnly && !hasShared }
  }

  /// How many kinds of characters two languages may tell apart.
  private static let alphabetLimit = 2_000
  /// How many states a search may step through before it gives up: some hundredths of a second.
  private static let workLimit = 300_000

  /// Nothing when the search was too long.
  func relation(to other: LabelLanguage) -> Relation? {
    var relation = Relation()
    if let singleValue {
      guard contains(singleValue) else { return relation }
      relation.hasShared = other.contains(singleValue)
      relation.hasLeftOnly = !relation.hasShared
      return relation
    }
    return search(conditions + other.conditions)
  }

  /// Runs all machines over all texts at once: a position is a set of states for each of them.
  private func search(_ all: [Condition]) -> Relation? {
    var relation = Relation()
    let alphabet = Set([0] + all.flatMap(\.automaton.boundaries)).filter { $0 <= CharacterSet.maximum }.sorted()
    if alphabet.count > Self.alphabetLimit { return nil }
    let first = all.map { $0.automaton.closure(of: [$0.automaton.start], atStart: true) }
    note(first, atStart: true, all, in: &relation)
    var seen: Set<[[Int]]> = []
    var pending = [first]
    var work = 0
    while let position = pending.popLast() {
      work += alphabet.count * position.reduce(0) { $0 + $1.count }
      if work > Self.workLimit { return nil }
      for character in alphabet {
        let next = zip(all, position).map { $0.automaton.step($1, character) }
        guard isLeftAlive(next), seen.insert(next).inserted else { continue }
        note(next, atStart: false, all, in: &relation)
        if relation.hasLeftOnly, relation.hasShared { return relation }
        pending.append(next)
      }
    }
    return relation
  }

  /// Whether the left language may still accept: a machine without states never will.
  private func isLeftAlive(_ position: [[Int]]) -> Bool {
    zip(conditions, position).allSatisfy { $0.isNegated || !$1.isEmpty }
  }

  private func note(_ position: [[Int]], atStart: Bool, _ all: [Condition], in relation: inout Relation) {
    let accepted = zip(all, position).map { $0.automaton.isAccepting($1, atStart: atStart) != $0.isNegated }
    guard accepted.prefix(conditions.count).allSatisfy({ $0 }) else { return }
    if accepted.dropFirst(conditions.count).allSatisfy({ $0 }) {
      relation.hasShared = true
    } else {
      relation.hasLeftOnly = true
    }
  }
}
