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
    do {
      return try RegexParser.parse(value, dialect: dialect).matchesEmpty
    } catch {
      preconditionFailure("patterns are checked before they are asked what they match")
    }
  }
}
