/// HTML or XML as a tree; text and attribute values are escaped by the printer and nowhere else.
package indirect enum MarkupNode: Sendable, Equatable {
  case element(name: String, attributes: [MarkupAttribute], children: [MarkupNode])
  case text(String)

  package static func element(
    _ name: String,
    _ attributes: KeyValuePairs<String, String?> = [:],
    _ children: [MarkupNode] = []
  ) -> MarkupNode {
    .element(
      name: name,
      attributes: attributes.compactMap { name, value in value.map { MarkupAttribute(name, $0) } },
      children: children
    )
  }
}

/// A name and its value as text. A printed attribute always has a value, if only an empty one.
package struct MarkupAttribute: Sendable, Equatable {
  package let name: String
  package let value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

extension MarkupNode: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) { self = .text(value) }
}
