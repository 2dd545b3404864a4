/// A YAML document as a tree, in the order in which it is printed.
package enum YAMLValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case number(NumberText)
  /// Text; the printer quotes it wherever some YAML reader would take it for anything else.
  case string(String)
  case sequence([YAMLValue])
  case mapping([YAMLMember])
  /// A value with a comment on the lines above its entry, or above the document.
  indirect case commented(String, YAMLValue)

  /// A mapping without the members whose value is nil.
  package static func record(_ members: KeyValuePairs<String, YAMLValue?>) -> YAMLValue {
    .mapping(members.compactMap { key, value in value.map { YAMLMember(key, $0) } })
  }

  package static func integer(_ value: some BinaryInteger) -> YAMLValue { .number(NumberText(value)) }
}

/// A key and its value.
package struct YAMLMember: Sendable, Equatable {
  package let key: String
  package let value: YAMLValue

  package init(_ key: String, _ value: YAMLValue) {
    self.key = key
    self.value = value
  }
}

// MARK: - Literals

extension YAMLValue: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) { self = .string(value) }
}

extension YAMLValue: ExpressibleByIntegerLiteral {
  package init(integerLiteral value: Int) { self = .integer(value) }
}

extension YAMLValue: ExpressibleByBooleanLiteral {
  package init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension YAMLValue: ExpressibleByArrayLiteral {
  package init(arrayLiteral elements: YAMLValue...) { self = .sequence(elements) }
}

extension YAMLValue: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, YAMLValue)...) {
    self = .mapping(elements.map { YAMLMember($0.0, $0.1) })
  }
}
