/// The values that the matchers on one label let through, as machines that read a value side by side.
struct LabelLanguage {
  private struct Condition {
    /// One text, for which no machine has to be built as long as single values are looked at.
    let literal: String?
    let pattern: RegexAutomaton?
    let isNegated: Bool

    /// nil for a pattern that is not understood.
    init?(_ matcher: LabelMatcher) {
      isNegated = matcher.operation.isNegated
      literal = matcher.literal
      pattern = matcher.literal == nil ? matcher.pattern : nil
      if literal == nil, pattern == nil { return nil }
    }

    var automaton: RegexAutomaton { pattern ?? RegexAutomaton(literal: literal ?? "") }

    func lets(_ value: String) -> Bool {
      (literal.map { $0 == value } ?? pattern?.accepts(value) ?? false) != isNegated
    }
  }

  /// A machine beside others in a search.
  private struct Machine {
    let automaton: RegexAutomaton
    let isNegated: Bool

    init(_ condition: Condition) {
      automaton = condition.automaton
      isNegated = condition.isNegated
    }
  }

  private var conditions: [Condition] = []
  /// A value that alone can get through, known from an equality.
  private(set) var singleValue: String?

  /// Nothing when a pattern is not understood.
  init?(_ matchers: [LabelMatcher]) {
    for matcher in matchers {
      guard let condition = Condition(matcher) else { return nil }
      conditions.append(condition)
      if matcher.operation == .equal { singleValue = matcher.value }
    }
  }

  func contains(_ value: String) -> Bool {
    conditions.allSatisfy { $0.lets(value) }
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
  /// The text that is asked for or ruled out.
  fileprivate var literal: String? {
    switch operation {
    case .equal, .notEqual: value
    case .matches, .doesNotMatch: nil
    }
  }

  /// Only in Prometheus 3 does a dot match a line break. No label value worth comparing holds one, so that `.+` is the
  /// opposite of an empty value in both.
  fileprivate var pattern: RegexAutomaton? {
    RegexParser.understood(value, dialect: .prometheus3).flatMap { RegexAutomaton($0) }
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

  /// What a search looks for. It ends when that is found, and looks no further.
  enum Aim {
    case leftOnly
    case shared
  }

  /// How many kinds of characters two languages may tell apart.
  private static let alphabetLimit = 2_000
  /// How many states a search may step through before it gives up: some hundredths of a second.
  private static let workLimit = 300_000

  /// Nothing when the search was too long.
  func relation(to other: LabelLanguage, seeking aim: Aim) -> Relation? {
    var relation = Relation()
    if let singleValue {
      guard contains(singleValue) else { return relation }
      relation.hasShared = other.contains(singleValue)
      relation.hasLeftOnly = !relation.hasShared
      return relation
    }
    if let relation = relationOfLiterals(to: other) { return relation }
    return search((conditions + other.conditions).map(Machine.init), seeking: aim)
  }

  /// Where both only ask for texts or rule some out, no machine has to run; nil where a pattern is among them. This one
  /// rules out a few texts and has all others.
  private func relationOfLiterals(to other: LabelLanguage) -> Relation? {
    guard conditions.allSatisfy({ $0.literal != nil }) else { return nil }
    var named: [String] = []
    for condition in other.conditions {
      guard let literal = condition.literal else { return nil }
      named.append(literal)
    }
    if other.singleValue != nil {
      return Relation(hasLeftOnly: true, hasShared: named.contains { contains($0) && other.contains($0) })
    }
    return Relation(hasLeftOnly: named.contains { contains($0) }, hasShared: true)
  }

  /// Runs all machines over all texts at once: a position is a set of states for each of them.
  private func search(_ all: [Machine], seeking aim: Aim) -> Relation? {
    var relation = Relation()
    let first = all.map { $0.automaton.closure(of: [$0.automaton.start], atStart: true) }
    note(first, atStart: true, all, in: &relation)
    if relation.has(aim) { return relation }
    let alphabet = Set([0] + all.flatMap(\.automaton.boundaries)).filter { $0 <= CharacterSet.maximum }.sorted()
    if alphabet.count > Self.alphabetLimit { return nil }
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
        if relation.has(aim) { return relation }
        pending.append(next)
      }
    }
    return relation
  }

  /// Whether the left language may still accept: a machine without states never will.
  private func isLeftAlive(_ position: [[Int]]) -> Bool {
    zip(conditions, position).allSatisfy { $0.isNegated || !$1.isEmpty }
  }

  private func note(_ position: [[Int]], atStart: Bool, _ all: [Machine], in relation: inout Relation) {
    let accepted = zip(all, position).map { $0.automaton.isAccepting($1, atStart: atStart) != $0.isNegated }
    guard accepted.prefix(conditions.count).allSatisfy({ $0 }) else { return }
    if accepted.dropFirst(conditions.count).allSatisfy({ $0 }) {
      relation.hasShared = true
    } else {
      relation.hasLeftOnly = true
    }
  }
}

extension LabelLanguage.Relation {
  fileprivate func has(_ aim: LabelLanguage.Aim) -> Bool {
    switch aim {
    case .leftOnly: hasLeftOnly
    case .shared: hasShared
    }
  }
}
