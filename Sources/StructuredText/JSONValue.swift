/// A JSON text as a tree. Members keep their order, numbers their exact text.
package enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case number(NumberText)
  case string(String)
  case array([JSONValue])
  case object([JSONMember])

  /// An object without the members whose value is nil.
  package static func record(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
    .object(members.compactMap { name, value in value.map { JSONMember(name, $0) } })
  }

  package static func integer(_ value: some BinaryInteger) -> JSONValue { .number(NumberText(value)) }
}

/// A name and its value.
package struct JSONMember: Sendable, Equatable {
  package let name: String
  package let value: JSONValue

  package init(_ name: String, _ value: JSONValue) {
    self.name = name
    self.value = value
  }
}

// MARK: - Reading

extension JSONValue {
  /// The member of an object with that name; nil where there is none, and for everything but objects.
  package subscript(_ name: String) -> JSONValue? {
    object?.first { $0.name == name }?.value
  }

  package var object: [JSONMember]? {
    if case .object(let members) = self { members } else { nil }
  }

  package var array: [JSONValue]? {
    if case .array(let values) = self { values } else { nil }
  }

  package var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  package var number: NumberText? {
    if case .number(let number) = self { number } else { nil }
  }

  package var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }
}

// MARK: - Literals

extension JSONValue: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) { self = .string(value) }
}

extension JSONValue: ExpressibleByIntegerLiteral {
  package init(integerLiteral value: Int) { self = .integer(value) }
}

extension JSONValue: ExpressibleByBooleanLiteral {
  package init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSONValue: ExpressibleByArrayLiteral {
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { JSONMember($0.0, $0.1) })
  }
}
