/// A regular expression as a machine that reads a text scalar by scalar.
struct RegexAutomaton {
  enum State {
    case consume(CharacterSet, then: Int)
    case split([Int])
    case beginning(then: Int)
    case end(then: Int)
    case accept
  }

  /// More states than a pattern that a person writes would need.
  private static let stateLimit = 2_000

  private(set) var states: [State] = [.accept]
  private(set) var start = 0

  /// Nothing for what is not followed here: word boundaries, lines, Unicode groups, and patterns too large.
  init?(_ node: RegexNode) {
    guard let entry = add(node, then: 0) else { return nil }
    start = entry
  }

  /// The machine that accepts one text.
  init(literal text: String) {
    for scalar in text.unicodeScalars.reversed() {
      states.append(.consume(CharacterSet(scalar.value), then: states.count - 1))
    }
    start = states.count - 1
  }

  /// Adds what reads the node and goes on in a state, and tells where it is entered.
  private mutating func add(_ node: RegexNode, then next: Int) -> Int? {
    if states.count > Self.stateLimit { return nil }
    switch node {
    case .empty: return next
    case .characters(let set): return set.isExact ? add(.consume(set, then: next)) : nil
    case .assertion(.beginningOfText): return add(.beginning(then: next))
    case .assertion(.endOfText): return add(.end(then: next))
    case .assertion(.beginningOfLine), .assertion(.endOfLine), .assertion(.wordBoundary), .assertion(.notWordBoundary):
      return nil
    case .concatenation(let parts):
      var entry = next
      for part in parts.reversed() {
        guard let earlier = add(part, then: entry) else { return nil }
        entry = earlier
      }
      return entry
    case .alternation(let choices):
      var entries: [Int] = []
      for choice in choices {
        guard let entry = add(choice, then: next) else { return nil }
        entries.append(entry)
      }
      return add(.split(entries))
    case .repetition(let node, let least, let most): return addRepetition(node, least, most, then: next)
    }
  }

  private mutating func addRepetition(_ node: RegexNode, _ least: Int, _ most: Int?, then next: Int) -> Int? {
    var entry = next
    if let most {
      for _ in least..<max(least, most) {
        guard let optional = add(node, then: entry) else { return nil }
        entry = add(.split([optional, next]))
      }
    } else {
      entry = add(.split([next]))
      guard let body = add(node, then: entry) else { return nil }
      states[entry] = .split([body, next])
    }
    for _ in 0..<least {
      guard let earlier = add(node, then: entry) else { return nil }
      entry = earlier
    }
    return entry
  }

  private mutating func add(_ state: State) -> Int {
    states.append(state)
    return states.count - 1
  }
}

// MARK: - Running

extension RegexAutomaton {
  /// The states that can be reached without reading, sorted, with those that the end alone would open.
  func closure(of entries: [Int], atStart: Bool, atEnd: Bool = false) -> [Int] {
    var seen = Set<Int>()
    var pending = entries
    while let state = pending.popLast() {
      guard seen.insert(state).inserted else { continue }
      switch states[state] {
      case .split(let targets): pending.append(contentsOf: targets)
      case .beginning(let target): if atStart { pending.append(target) }
      case .end(let target): if atEnd { pending.append(target) }
      case .consume, .accept: break
      }
    }
    return seen.sorted()
  }

  func isAccepting(_ closure: [Int], atStart: Bool) -> Bool {
    self.closure(of: closure, atStart: atStart, atEnd: true).contains(0)
  }

  func step(_ closure: [Int], _ scalar: UInt32) -> [Int] {
    let targets = closure.compactMap { state -> Int? in
      guard case .consume(let set, let target) = states[state], set.contains(scalar) else { return nil }
      return target
    }
    return self.closure(of: targets, atStart: false)
  }

  func accepts(_ text: String) -> Bool {
    var current = closure(of: [start], atStart: true)
    for scalar in text.unicodeScalars { current = step(current, scalar.value) }
    return isAccepting(current, atStart: text.isEmpty)
  }

  /// Where the sets of characters begin and end: between two neighbours all characters lead the same way.
  var boundaries: [UInt32] {
    states.flatMap { state -> [UInt32] in
      guard case .consume(let set, _) = state else { return [] }
      return set.ranges.flatMap { [$0.lowerBound, $0.upperBound + 1] }
    }
  }
}
