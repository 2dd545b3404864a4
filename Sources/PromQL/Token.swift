/// The smallest parts of an expression. White space and comments are between tokens.
struct Token {
  enum Kind: Equatable {
    case end
    case number(Double)
    case duration(PromQLDuration)
    case string(String)
    /// A name that may be a metric, a function or a label.
    case word
    /// A name with a colon in it, which only a metric may have.
    case metricName
    case keyword(Keyword)
    case placeholder
    case symbol(BinaryOperator)
    case equalSign
    case equalTilde
    case exclamationTilde
    case comma
    case colon
    case at
    case leftParenthesis
    case rightParenthesis
    case leftBrace
    case rightBrace
    case leftBracket
    case rightBracket
  }

  let kind: Kind
  let range: Range<Int>
}

/// A word that the grammar knows. Case does not matter: `SUM` is `sum`.
enum Keyword: Equatable {
  case binary(BinaryOperator)
  case aggregation(AggregationOperator)
  case offset
  case by
  case without
  case on
  case ignoring
  case groupLeft
  case groupRight
  case bool
  case start
  case end

  init?(_ word: String) {
    guard let keyword = Self.table[word] else { return nil }
    self = keyword
  }

  private static let table: [String: Keyword] = {
    var table: [String: Keyword] = [
      "and": .binary(.and), "or": .binary(.or), "unless": .binary(.unless), "atan2": .binary(.atan2),
      "offset": .offset, "by": .by, "without": .without, "on": .on, "ignoring": .ignoring,
      "group_left": .groupLeft, "group_right": .groupRight, "bool": .bool, "start": .start, "end": .end,
    ]
    for operation in AggregationOperator.allCases { table[operation.rawValue] = .aggregation(operation) }
    return table
  }()

  /// Whether a metric may have this name.
  var mayNameMetric: Bool {
    switch self {
    case .binary(let operation): operation.isSetOperator
    case .aggregation, .offset, .by, .without, .start, .end: true
    case .on, .ignoring, .groupLeft, .groupRight, .bool: false
    }
  }

  /// Whether a label in a list such as `by (…)` may have this name; the grammar leaves out one.
  var mayNameGroupingLabel: Bool {
    switch self {
    case .without: false
    case .binary, .aggregation, .offset, .by, .on, .ignoring, .groupLeft, .groupRight, .bool, .start, .end: true
    }
  }
}
