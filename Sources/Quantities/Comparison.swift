/// One of the four signs that bound a value.
package enum Comparison: String, Sendable, Hashable, CaseIterable {
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="

  /// The sign itself.
  package var symbol: String { rawValue }

  /// Whether the bound is the most that holds.
  package var isUpperBound: Bool {
    switch self {
    case .less, .lessOrEqual: true
    case .greater, .greaterOrEqual: false
    }
  }

  /// Whether the bound itself does not hold.
  package var isStrict: Bool {
    switch self {
    case .less, .greater: true
    case .lessOrEqual, .greaterOrEqual: false
    }
  }

  /// The sign that says the same with both sides exchanged.
  package var mirrored: Comparison {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }

  /// The sign that holds exactly where this one does not.
  package var negated: Comparison {
    switch self {
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    }
  }

  package func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
    switch self {
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }
}

extension Comparison: CustomStringConvertible {
  package var description: String { symbol }
}

extension Comparison: Readable {
  package init(_ text: WrittenText) throws(QuantityError) {
    let range = TextCursor(text).rest
    let written = text.string(range)
    if let comparison = Comparison(rawValue: written) {
      self = comparison
      return
    }
    let meant: Comparison? =
      switch written {
      case "=<", "≤", "⩽", "< =", "le", "lte": .lessOrEqual
      case "=>", "≥", "⩾", "> =", "ge", "gte": .greaterOrEqual
      case "lt": .less
      case "gt": .greater
      default: nil
      }
    throw QuantityError(
      range.isEmpty ? .empty : .malformed,
      range.isEmpty ? "a comparison is missing" : "\(text.quoted(range)) is not one of <, <=, > and >=",
      at: range,
      suggestion: meant?.symbol
    )
  }
}
