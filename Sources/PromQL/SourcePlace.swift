/// Where in its text a part of an expression was read: UTF-8 byte offsets, or nothing for a part that code built.
///
/// Places serve carets only. They take no part in equality and hashing, so that a parsed and a built expression
/// are equal when they mean the same.
package struct SourcePlace: Hashable, Sendable {
  package let bytes: Range<Int>?

  package static let none = SourcePlace(bytes: nil)

  package init(bytes: Range<Int>?) {
    self.bytes = bytes
  }

  package static func == (left: SourcePlace, right: SourcePlace) -> Bool { true }

  package func hash(into hasher: inout Hasher) {}
}
