import Quantities
import StructuredText

/// What the gate reads.
package enum GateDocument: String, Sendable, Hashable {
  case policy
  case snapshot
  case levels
}

/// Why a document of the gate cannot be used, and where in it.
package struct DocumentFault: Error, Sendable, Hashable, CustomStringConvertible {
  package let document: GateDocument
  /// A path such as `objectives[2].target`; empty for the document as a whole.
  package let place: String
  package let message: String

  package var description: String {
    place.isEmpty ? "\(document.rawValue): \(message)" : "\(document.rawValue), \(place): \(message)"
  }
}

/// Where in a document a value stands.
struct DocumentPlace: Sendable, Hashable {
  let document: GateDocument
  var path = ""

  func member(_ name: String) -> DocumentPlace {
    DocumentPlace(document: document, path: path.isEmpty ? name : "\(path).\(name)")
  }

  func element(_ index: Int) -> DocumentPlace {
    DocumentPlace(document: document, path: "\(path)[\(index)]")
  }

  func fault(_ message: String) -> DocumentFault {
    DocumentFault(document: document, place: path, message: message)
  }
}

extension JSONValue {
  static func document(_ kind: GateDocument, from bytes: [UInt8]) throws(DocumentFault) -> JSONValue {
    do {
      return try JSONParser.parse(bytes)
    } catch {
      throw DocumentPlace(document: kind).fault("not JSON: \(error)")
    }
  }
}

/// An object while its members are read, each once; what is left at the end is a fault.
struct ObjectReader {
  let place: DocumentPlace
  private let members: [JSONMember]
  private var values: [String: JSONValue]

  init(_ value: JSONValue, at place: DocumentPlace) throws(DocumentFault) {
    guard let members = value.object else { throw place.fault("\(value.kind) where an object is expected") }
    self.place = place
    self.members = members
    values = Dictionary(members.map { ($0.name, $0.value) }) { first, _ in first }
  }

  func finish() throws(DocumentFault) {
    if let unknown = members.first(where: { values[$0.name] != nil }) {
      throw place.fault("unknown member '\(unknown.name)'")
    }
  }

  // MARK: Members

  mutating func value(_ name: String) throws(DocumentFault) -> JSONValue {
    guard let value = values.removeValue(forKey: name) else { throw place.fault("member '\(name)' is missing") }
    return value
  }

  mutating func optional<Value>(
    _ name: String,
    _ read: (inout ObjectReader, String) throws(DocumentFault) -> Value
  ) throws(DocumentFault) -> Value? {
    values[name] == nil ? nil : try read(&self, name)
  }

  mutating func string(_ name: String) throws(DocumentFault) -> String {
    try value(name).text(at: place.member(name))
  }

  /// A text of at least one character.
  mutating func name(_ name: String) throws(DocumentFault) -> String {
    try value(name).name(at: place.member(name))
  }

  mutating func bool(_ name: String) throws(DocumentFault) -> Bool {
    let value = try value(name)
    guard let bool = value.bool else { throw place.member(name).fault("\(value.kind) where true or false is expected") }
    return bool
  }

  mutating func object<Value>(
    _ name: String,
    _ read: (inout ObjectReader) throws(DocumentFault) -> Value
  ) throws(DocumentFault) -> Value {
    var reader = try ObjectReader(value(name), at: place.member(name))
    let value = try read(&reader)
    try reader.finish()
    return value
  }

  mutating func list<Element>(
    _ name: String,
    _ read: (JSONValue, DocumentPlace) throws(DocumentFault) -> Element
  ) throws(DocumentFault) -> [Element] {
    let value = try value(name)
    let place = place.member(name)
    guard let elements = value.array else { throw place.fault("\(value.kind) where a list is expected") }
    var values: [Element] = []
    for (index, element) in elements.enumerated() { values.append(try read(element, place.element(index))) }
    return values
  }

  mutating func objects<Element>(
    _ name: String,
    _ read: (inout ObjectReader) throws(DocumentFault) -> Element
  ) throws(DocumentFault) -> [Element] {
    try list(name) { (value, place) throws(DocumentFault) in
      var reader = try ObjectReader(value, at: place)
      let element = try read(&reader)
      try reader.finish()
      return element
    }
  }

  /// Names, none of them twice.
  mutating func names(_ name: String) throws(DocumentFault) -> [String] {
    var seen: Set<String> = []
    return try list(name) { (value, place) throws(DocumentFault) in
      let text = try value.name(at: place)
      guard seen.insert(text).inserted else { throw place.fault("'\(text)' a second time") }
      return text
    }
  }
}

extension JSONValue {
  /// What the value is, in the words of RFC 8259.
  var kind: String {
    switch self {
    case .null: "null"
    case .bool: "a truth value"
    case .number: "a number"
    case .string: "a string"
    case .array: "a list"
    case .object: "an object"
    }
  }

  func text(at place: DocumentPlace) throws(DocumentFault) -> String {
    guard let text = string else { throw place.fault("\(kind) where a string is expected") }
    return text
  }

  func name(at place: DocumentPlace) throws(DocumentFault) -> String {
    let text = try text(at: place)
    if text.isEmpty { throw place.fault("an empty string") }
    return text
  }
}
