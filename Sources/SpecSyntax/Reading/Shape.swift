/// What may stand in a place of a spec: one description for the reader, its messages and a JSON Schema.
package indirect enum Shape: Sendable {
  case scalar(ScalarShape)
  case list(of: Shape)
  case map(MapShape)
  case record(RecordShape)
  /// Any one of several; no two of them are the same kind of YAML node, save for scalars and records that a key tells apart.
  case alternatives([Shape])
}

/// What a thing is called in messages, with its article, and what several are called.
package struct Noun: Sendable {
  package let one: String
  package let many: String

  init(_ one: String, _ many: String) {
    self.one = one
    self.many = many
  }
}

/// A value that is written as one scalar.
package struct ScalarShape: Sendable {
  package enum Form: Sendable {
    /// Any text, or the text that a regular expression (ECMA 262) describes as far as it can.
    case text(pattern: String?, as: PlainKind = .string)
    case flag
    case integer(ClosedRange<Int>)
    /// One of some words.
    case words([String])
  }

  /// What YAML 1.2 takes some of the texts for where they stand without quotes; the reader takes them as text.
  package enum PlainKind: Sendable {
    case string
    /// Such as a count.
    case number
    /// Such as a name, which may well be `true`.
    case any
  }

  package let noun: Noun
  package let form: Form
  package let examples: [String]

  init(_ noun: Noun, _ form: Form = .text(pattern: nil, as: .any), examples: [String] = []) {
    self.noun = noun
    self.form = form
    self.examples = examples
  }
}

/// A mapping whose keys are names that authors give.
package struct MapShape: Sendable {
  package let keys: ScalarShape
  package let values: Shape
}

/// A mapping whose keys are fixed, besides those that start with `x-`.
package struct RecordShape: Sendable {
  package let noun: Noun
  package let keys: [KeyShape]
  /// What keys beyond these hold, where any are allowed.
  package let others: MapShape?
  /// How keys go together, besides which are required.
  package let rules: [KeyRule]
  /// Keys that are written behind all others.
  let lastKeys: [String]

  /// The order in which people write the keys: what says what the thing is before what it consists of.
  package var writtenOrder: [String] {
    let names = keys.map(\.name)
    let head = names.filter { $0 == "nines" || $0 == "service" }
    let prose = names.contains("title") ? names.filter { Self.prose.contains($0) && !lastKeys.contains($0) } : []
    let first = head + prose
    return first + names.filter { !first.contains($0) && !lastKeys.contains($0) } + lastKeys
  }

  private static let prose: Set<String> = ["title", "description", "expectation", "meaning", "rationale", "impact"]
}

/// How the keys of a record go together.
package enum KeyRule: Sendable {
  /// Of these there is one.
  case exactlyOne([String])
  /// The first is not there without one of the others.
  case companion(String, of: [String])
  /// Of these there is one or more.
  case atLeastOne([String])
  /// Of these there is no more than one.
  case atMostOne([String])
  /// A list has an item.
  case itemOf(String)
}

/// One key of a record.
package struct KeyShape: Sendable {
  package let name: String
  package let doc: String
  package let isRequired: Bool
  package let shape: Shape
  /// Words that other tools and other people use for it.
  package let synonyms: [String]
  /// Whether the key is only read so that it can be warned of.
  package let isDiscouraged: Bool
}

extension Shape {
  /// What is meant here, for messages: `a list of names`.
  package var description: String {
    switch self {
    case .scalar(let scalar): scalar.description
    case .list(let element): "a list of \(element.plural)"
    case .map(let map): "a mapping from \(map.keys.noun.withoutArticle) to \(map.values.singular)"
    case .record(let record): "\(record.noun.one), a mapping with keys such as \(record.keyExamples),"
    case .alternatives(let shapes): shapes.map(\.description).joined(separator: " or ")
    }
  }

  private var singular: String {
    switch self {
    case .scalar(let scalar): scalar.noun.withoutArticle
    case .list(let element): "a list of \(element.plural)"
    case .map: description
    case .record(let record): record.noun.withoutArticle
    case .alternatives(let shapes): shapes.first?.singular ?? ""
    }
  }

  private var plural: String {
    switch self {
    case .scalar(let scalar): scalar.noun.many
    case .list(let element): "lists of \(element.plural)"
    case .map: "mappings"
    case .record(let record): record.noun.many
    case .alternatives(let shapes): shapes.first?.plural ?? ""
    }
  }
}

extension Noun {
  package var withoutArticle: String {
    for article in ["a ", "an ", "the "] where one.hasPrefix(article) {
      return String(one.dropFirst(article.count))
    }
    return one
  }
}

extension ScalarShape {
  /// What is meant, with an example: `a duration such as '30s'`.
  package var description: String {
    if case .words(let words) = form, words.count <= 6 { return words.quotedAlternatives }
    return examples.first.map { "\(noun.one) such as '\($0)'" } ?? noun.one
  }
}

extension RecordShape {
  fileprivate var keyExamples: String {
    let telling = keys.contains(where: \.isRequired) ? keys.filter(\.isRequired) : keys.filter { !$0.isDiscouraged }
    return telling.prefix(2).map { "'\($0.name)'" }.joined(separator: " and ")
  }
}

extension [String] {
  /// `'a', 'b' or 'c'`.
  var quotedAlternatives: String {
    guard let last, count > 1 else { return first.map { "'\($0)'" } ?? "" }
    return "\(dropLast().map { "'\($0)'" }.joined(separator: ", ")) or '\(last)'"
  }
}
