/// A pattern that whole texts match or do not: a regular expression as in label matchers, or a glob.
///
/// It runs as an automaton, in time that is the product of pattern and text, whoever wrote the pattern.
package struct TextPattern: Sendable {
  /// Why a text is no pattern.
  package struct Problem: Error, Sendable {
    package let message: String
  }

  /// In bytes; people write a few dozen.
  private static let lengthLimit = 200
  /// So that a counted repetition cannot ask for a machine of any size.
  private static let stateLimit = 400

  /// As written.
  package let text: String
  private let automaton: RegexAutomaton

  /// A regular expression in RE2 syntax that has to match from the first to the last character.
  package init(regularExpression text: String) throws(Problem) {
    try Self.checkLength(of: text)
    let node: RegexNode
    do {
      node = try RegexParser.parse(text, dialect: .prometheus3)
    } catch {
      throw Problem(message: error.message)
    }
    self.text = text
    automaton = try Self.automaton(of: node)
  }

  /// A path in which `*` stands for some characters of one name, `?` for one of them, and `**` for any names.
  package init(glob text: String) throws(Problem) {
    try Self.checkLength(of: text)
    let names = text.split(separator: "/", omittingEmptySubsequences: false)
    guard names.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else {
      throw Problem(message: "a glob is names joined by '/', none of them empty, '.' or '..'")
    }
    if names.contains(where: { $0 != "**" && $0.contains("**") }) {
      throw Problem(message: "'**' stands for whole names, as in 'legacy/**'")
    }
    self.text = text
    automaton = try Self.automaton(of: .glob(names))
  }

  package func matches(_ text: String) -> Bool { automaton.accepts(text) }

  private static func checkLength(of text: String) throws(Problem) {
    if text.utf8.count > lengthLimit {
      throw Problem(message: "a pattern has at most \(lengthLimit) bytes")
    }
  }

  private static func automaton(of node: RegexNode) throws(Problem) -> RegexAutomaton {
    guard let automaton = RegexAutomaton(node) else {
      throw Problem(message: "it holds what is not followed here: word boundaries, lines or classes of Unicode")
    }
    guard automaton.states.count <= stateLimit else { throw Problem(message: "its repetitions are too many") }
    return automaton
  }
}

extension RegexNode {
  /// Names of a path, of which `**` is none or more.
  fileprivate static func glob(_ names: [Substring]) -> RegexNode {
    var parts: [RegexNode] = []
    for (index, name) in names.enumerated() {
      let isLast = index == names.count - 1
      switch (name, isLast) {
      case ("**", true): parts.append(.repetition(.characters(.all), least: 0, most: nil))
      case ("**", false):
        let folder = RegexNode.concatenation([.repetition(.characters(.inName), least: 1, most: nil), .slash])
        parts.append(.repetition(folder, least: 0, most: nil))
      case (_, true): parts += name.unicodeScalars.map(globCharacter)
      case (_, false): parts += name.unicodeScalars.map(globCharacter) + [.slash]
      }
    }
    return .concatenation(parts)
  }

  private static let slash = RegexNode.characters(CharacterSet(UInt32(UInt8(ascii: "/"))))

  private static func globCharacter(_ scalar: Unicode.Scalar) -> RegexNode {
    switch scalar {
    case "*": .repetition(.characters(.inName), least: 0, most: nil)
    case "?": .characters(.inName)
    default: .characters(CharacterSet(scalar.value))
    }
  }
}

extension CharacterSet {
  /// Whatever may stand in the name of a file.
  fileprivate static let inName = CharacterSet(UInt32(UInt8(ascii: "/"))).complement
}
