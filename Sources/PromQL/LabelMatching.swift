extension LabelMatcher {
  /// Whether the matcher lets through series without the label. The pattern is known to be one.
  func matchesEmpty(in dialect: PromQLDialect) -> Bool {
    switch operation {
    case .equal: value.isEmpty
    case .notEqual: !value.isEmpty
    case .matches: patternMatchesEmpty(dialect)
    case .doesNotMatch: !patternMatchesEmpty(dialect)
    }
  }

  private func patternMatchesEmpty(_ dialect: PromQLDialect) -> Bool {
    guard let node = RegexParser.understood(value, dialect: dialect) else {
      preconditionFailure("patterns are checked before they are asked what they match")
    }
    return node.matchesEmpty
  }
}
