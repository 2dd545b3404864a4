import SpecSyntax
import StructuredText

/// Turns shapes into schemas; each kind of record and scalar is defined once and referred to.
struct SchemaBuilder {
  private(set) var definitions: [JSONMember] = []

  mutating func schema(of shape: Shape) -> JSONValue {
    switch shape {
    case .scalar(let scalar): reference(to: scalar)
    case .list(let element): .record(["type": "array", "items": schema(of: element)])
    case .map(let map):
      .record([
        "type": "object",
        "propertyNames": map.keys.nameSchema,
        "additionalProperties": schema(of: map.values),
      ])
    case .record(let record): reference(to: record)
    case .alternatives: .record(["anyOf": .array(shape.choices.map { schema(of: $0) })])
    }
  }

  private mutating func reference(to scalar: ScalarShape) -> JSONValue {
    reference(to: scalar.schema, called: scalar.noun)
  }

  private mutating func reference(to record: RecordShape) -> JSONValue {
    reference(to: schema(of: record), called: record.noun)
  }

  private mutating func reference(to schema: JSONValue, called noun: Noun) -> JSONValue {
    let slug = noun.slug
    var name = slug
    var number = 1
    // Several records may be called the same, such as an objective alone and one of a journey.
    while let known = definitions.first(where: { $0.name == name }), known.value != schema {
      number += 1
      name = "\(slug)-\(number)"
    }
    if !definitions.contains(where: { $0.name == name }) { definitions.append(JSONMember(name, schema)) }
    return .record(["$ref": .string("#/definitions/\(name)")])
  }

  private mutating func schema(of record: RecordShape) -> JSONValue {
    let properties = record.keys.map { JSONMember($0.name, schema(of: $0)) }
    let required = record.keys.filter(\.isRequired).map { JSONValue.string($0.name) }
    return .record([
      "description": .string(record.noun.one),
      "type": "object",
      "required": required.isEmpty ? nil : .array(required),
      "properties": .object(properties),
      "patternProperties": .object([
        record.others.map { JSONMember($0.keys.namePattern, schema(of: $0.values)) } ?? JSONMember("^x-", true)
      ]),
      "additionalProperties": false,
      "allOf": record.rules.isEmpty ? nil : .array(record.rules.map(\.schema)),
    ])
  }

  private mutating func schema(of key: KeyShape) -> JSONValue {
    let value = schema(of: key.shape)
    let remarks: [JSONMember] =
      [JSONMember("description", .string(key.doc))]
      // Only read so that it can be warned of.
      + (key.isDiscouraged ? [JSONMember("deprecated", true), JSONMember("doNotSuggest", true)] : [])
    // What stands beside `$ref` is ignored in draft 7.
    guard value["$ref"] == nil else { return .object(remarks + [JSONMember("allOf", .array([value]))]) }
    return .object(remarks + (value.object ?? []))
  }
}

extension Shape {
  /// What may stand in a place, alternatives of alternatives among them.
  fileprivate var choices: [Shape] {
    switch self {
    case .alternatives(let shapes): shapes.flatMap(\.choices)
    case .scalar, .list, .map, .record: [self]
    }
  }
}

extension KeyRule {
  fileprivate var schema: JSONValue {
    switch self {
    case .exactlyOne(let keys): .record(["oneOf": .array(keys.map(required))])
    case .atLeastOne(let keys): .record(["anyOf": .array(keys.map(required))])
    case .companion(let key, let others):
      .record(["dependencies": .object([JSONMember(key, .record(["anyOf": .array(others.map(required))]))])])
    case .itemOf(let key): .record(["properties": .object([JSONMember(key, .record(["minItems": 1]))])])
    case .atMostOne(let keys):
      .record([
        "not": .record([
          "anyOf": .array(
            keys.indices.flatMap { first in
              keys[keys.index(after: first)...].map { .record(["required": [.string(keys[first]), .string($0)]]) }
            }
          )
        ])
      ])
    }
  }

  private func required(_ key: String) -> JSONValue {
    .record(["required": [.string(key)]])
  }
}

extension ScalarShape {
  fileprivate var schema: JSONValue {
    switch form {
    case .text(let pattern, let kind): text(PlainTypes(kind, pattern), pattern)
    case .flag: .record(["type": "boolean"])
    case .integer(let range):
      .record(["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)])
    case .words(let words): .record(["enum": .array(words.map { .string($0) })])
    }
  }

  private func text(_ types: PlainTypes, _ pattern: String?) -> JSONValue {
    .record([
      "type": types.json,
      "minimum": types.isNeverNegative ? 0 : nil,
      "pattern": .string(pattern ?? "\\S"),
      "patternErrorMessage": .string("\(description) is meant"),
      "examples": examples.isEmpty ? nil : .array(examples.map { .string($0) }),
    ])
  }

  /// What the names beside fixed keys look like.
  fileprivate var namePattern: String {
    switch form {
    case .text(let pattern, as: _): pattern ?? "\\S"
    case .words, .flag, .integer: "\\S"
    }
  }

  /// What the names of a mapping look like.
  fileprivate var nameSchema: JSONValue {
    switch form {
    case .text(let pattern, as: _): .record(["pattern": .string(pattern ?? "\\S")])
    case .words(let words): .record(["enum": .array(words.map { .string($0) })])
    case .flag, .integer: .record([:])
    }
  }
}

/// What YAML makes of texts without quotes that a pattern describes. Patterns say nothing about numbers and flags, so that
/// the types have to.
private struct PlainTypes {
  let json: JSONValue
  let isNeverNegative: Bool

  init(_ kind: ScalarShape.PlainKind, _ pattern: String?) {
    let (hasNumbers, hasFlags) =
      switch kind {
      case .string: (false, false)
      case .number: (true, false)
      case .any: (true, true)
      }
    let isFraction = hasNumbers && Self.does(pattern, match: "12.5")
    let isWhole = hasNumbers && !isFraction && Self.does(pattern, match: "12")
    let isFlag = hasFlags && Self.does(pattern, match: "true")
    let types = ["string"] + (isFraction ? ["number"] : []) + (isWhole ? ["integer"] : []) + (isFlag ? ["boolean"] : [])
    json = types.count == 1 ? .string(types[0]) : .array(types.map { .string($0) })
    isNeverNegative = (isFraction || isWhole) && !Self.does(pattern, match: "-3")
  }

  private static func does(_ pattern: String?, match text: String) -> Bool {
    guard let pattern else { return true }
    do {
      return try Regex(pattern).firstMatch(in: text) != nil
    } catch {
      preconditionFailure("the pattern '\(pattern)' of the language is a regular expression")
    }
  }
}

extension Noun {
  /// `pagerduty-channel` for "a PagerDuty channel".
  fileprivate var slug: String {
    withoutArticle.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
  }
}
