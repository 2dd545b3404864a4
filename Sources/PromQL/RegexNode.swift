/// A regular expression in the RE2 syntax of Go, as a tree.
///
/// Groups, names and greediness are gone: whole label values are matched, so that only the set of texts matters.
indirect enum RegexNode: Hashable, Sendable {
  case empty
  case characters(CharacterSet)
  case assertion(Assertion)
  case concatenation([RegexNode])
  case alternation([RegexNode])
  case repetition(RegexNode, least: Int, most: Int?)

  enum Assertion: Hashable, Sendable {
    case beginningOfText
    case endOfText
    case beginningOfLine
    case endOfLine
    case wordBoundary
    case notWordBoundary
  }

  /// Whether the empty text matches.
  var matchesEmpty: Bool {
    switch self {
    case .empty: true
    case .characters: false
    case .assertion(let assertion): assertion != .wordBoundary
    case .concatenation(let parts): parts.allSatisfy(\.matchesEmpty)
    case .alternation(let choices): choices.contains(where: \.matchesEmpty)
    case .repetition(let node, let least, let most): least == 0 || most == 0 || node.matchesEmpty
    }
  }
}

/// Some Unicode scalars, as ranges that are sorted and do not touch.
struct CharacterSet: Hashable, Sendable {
  private(set) var ranges: [ClosedRange<UInt32>]
  /// False when tables that are not kept here decide, as for `\p{Greek}`; the ranges then say nothing.
  private(set) var isExact = true

  static let maximum: UInt32 = 0x10FFFF
  static let all = CharacterSet([0...maximum])
  static let inexact: CharacterSet = {
    var set = CharacterSet.all
    set.isExact = false
    return set
  }()

  init(_ ranges: [ClosedRange<UInt32>] = []) {
    self.ranges = Self.merged(ranges)
  }

  init(_ scalar: UInt32) {
    ranges = [scalar...scalar]
  }

  /// Pairs of ASCII bounds: `"azAZ"` is both alphabets.
  init(bounds: StaticString) {
    let scalars = bounds.withUTF8Buffer { Array($0) }
    self.init(stride(from: 0, to: scalars.count - 1, by: 2).map { UInt32(scalars[$0])...UInt32(scalars[$0 + 1]) })
  }

  private static func merged(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    var merged: [ClosedRange<UInt32>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound <= last.upperBound + 1 {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }

  init(union sets: [CharacterSet]) {
    self.init(sets.flatMap(\.ranges))
    isExact = sets.allSatisfy(\.isExact)
  }

  var complement: CharacterSet {
    if !isExact { return .inexact }
    var gaps: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { gaps.append(next...(range.lowerBound - 1)) }
      next = range.upperBound + 1
    }
    if next <= Self.maximum { gaps.append(next...Self.maximum) }
    return CharacterSet(gaps)
  }

  func contains(_ scalar: UInt32) -> Bool {
    ranges.contains { $0.contains(scalar) }
  }

  /// With the other case of every letter. Beyond ASCII only the two scalars that fold into it are known.
  var ignoringCase: CharacterSet {
    if self == .all { return self }
    guard isExact, ranges.allSatisfy({ $0.upperBound < 0x80 }) else { return .inexact }
    var folded = ranges
    for range in ranges {
      for scalar in range {
        let other = scalar ^ 0x20
        guard (0x61...0x7A).contains(scalar | 0x20) else { continue }
        folded.append(other...other)
        if scalar | 0x20 == 0x6B { folded.append(0x212A...0x212A) }
        if scalar | 0x20 == 0x73 { folded.append(0x017F...0x017F) }
      }
    }
    return CharacterSet(folded)
  }
}
