import ContentHash
import Foundation
import StructuredText
import Testing

@testable import DeployGate

/// A page of the documentation.
func page(_ name: String) throws -> String {
  let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../docs/\(name)")
  return try String(contentsOf: url.standardized, encoding: .utf8)
}

/// The examples of a page in JSON, in their order.
func examples(in name: String) throws -> [[UInt8]] {
  try page(name).components(separatedBy: "```json\n").dropFirst()
    .compactMap { $0.components(separatedBy: "```").first.map { Array($0.utf8) } }
}

func policyExample() throws -> [UInt8] { try #require(try examples(in: "gate-policy.md").first) }

extension JSONValue {
  /// The document with the identity of what it holds.
  var identified: JSONValue {
    let rest = (object ?? []).filter { $0.name != "identity" }
    let identity = SHA256.hexadecimal(of: Array(JSONValue.object(rest).text(.compact).utf8))
    return .object([rest[0], JSONMember("identity", .string(identity))] + rest.dropFirst())
  }

  var bytes: [UInt8] { Array(text(.compact).utf8) }

  /// The document with the value at a path replaced; a number in the path is the place in a list.
  func replacing(_ path: [String], with value: JSONValue?) -> JSONValue {
    guard let first = path.first else { return value ?? .null }
    let rest = Array(path.dropFirst())
    switch self {
    case .object(let members):
      guard let value, rest.isEmpty, !members.contains(where: { $0.name == first }) else {
        return .object(
          members.compactMap { member in
            guard member.name == first else { return member }
            if rest.isEmpty { return value.map { JSONMember(first, $0) } }
            return JSONMember(first, member.value.replacing(rest, with: value))
          }
        )
      }
      return .object(members + [JSONMember(first, value)])
    case .array(let values):
      return .array(
        values.enumerated().compactMap { index, element in
          guard String(index) == first else { return element }
          return rest.isEmpty ? value : element.replacing(rest, with: value)
        }
      )
    case .null, .bool, .number, .string:
      return self
    }
  }

  func value(at path: [String]) -> JSONValue? {
    path.reduce(Optional(self)) { value, name in
      value?[name]
        ?? Int(name).flatMap { index in value?.array.flatMap { $0.indices.contains(index) ? $0[index] : nil } }
    }
  }

  /// The paths to all members and elements.
  var paths: [[String]] {
    switch self {
    case .object(let members):
      members.flatMap { member in [[member.name]] + member.value.paths.map { [member.name] + $0 } }
    case .array(let values):
      values.enumerated().flatMap { index, value in [["\(index)"]] + value.paths.map { ["\(index)"] + $0 } }
    case .null, .bool, .number, .string: []
    }
  }
}
