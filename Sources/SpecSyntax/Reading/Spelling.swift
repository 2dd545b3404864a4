/// Finds what was most likely meant by a misspelt word.
package enum Spelling {
  /// The candidate that the fewest slips turn the word into, the first of several; nil where none is near.
  ///
  /// A slip is a byte too many, too few or wrong, or two neighbours exchanged; a third of a word may be slips.
  package static func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
    let bytes = Array(word.utf8.prefix(wordLimit))
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
      let other = Array(candidate.utf8.prefix(wordLimit))
      let limit = min(max(1, max(bytes.count, other.count) / 3), best.map { $0.distance - 1 } ?? .max)
      guard limit >= 0, abs(bytes.count - other.count) <= limit else { continue }
      let distance = distance(bytes, other)
      if distance <= limit { best = (candidate, distance) }
    }
    return best?.candidate
  }

  /// Longer words are compared by their beginnings, so that a word of a megabyte costs no more than a name.
  private static let wordLimit = 64

  static func isOneSlip(_ left: String, _ right: String) -> Bool {
    abs(left.utf8.count - right.utf8.count) <= 1 && distance(Array(left.utf8), Array(right.utf8)) <= 1
  }

  /// The number of slips between two words, by optimal string alignment; case and `_` for `-` do not count.
  static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    let left = left.map(\.folded)
    let right = right.map(\.folded)
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in 0..<left.count {
      var current = [row + 1]
      for column in 0..<right.count {
        var cost = min(last[column + 1] + 1, current[column] + 1)
        cost = min(cost, last[column] + (left[row] == right[column] ? 0 : 1))
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current.append(cost)
      }
      (beforeLast, last) = (last, current)
    }
    return last[right.count]
  }
}

extension UInt8 {
  fileprivate var folded: UInt8 {
    switch self {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): self | 0x20
    case UInt8(ascii: "_"): UInt8(ascii: "-")
    default: self
    }
  }
}
