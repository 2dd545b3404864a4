import TestSupport
import Testing

@Suite("Laying out random files")
struct RandomFileTests {
  @Test("a random file says the same afterwards, and is laid out for good", arguments: 0..<500)
  func random(_ seed: Int) throws {
    var writer = RandomFile(seed: UInt64(seed))
    try FormattedText(writer.text()).expectSameMeaning()
  }
}

/// Writes YAML at random as awkwardly as people might: any indentation, comments everywhere, every kind of scalar.
private struct RandomFile {
  private var random: SeededGenerator
  private var output = ""
  private var anchors: [String] = []
  private var names = 0
  private let lineBreak: String

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    lineBreak = seed.isMultiple(of: 5) ? "\r\n" : "\n"
  }

  mutating func text() -> String {
    if chance(3) == 0 { comment(indent: 0) }
    if chance(6) == 0 { output += "%YAML 1.1\n---\n" }
    let count = 1 + (chance(4) == 0 ? chance(3) : 0)
    for document in 0..<count {
      anchors = []
      if document > 0 || chance(6) == 0 { output += chance(4) == 0 ? "--- # start\n" : "---\n" }
      if chance(2) == 0 { output += "nines: v1\nservice: shop\n" } else { output += "first: 1\n" }
      mapping(indent: 0, depth: 0, isSpec: true)
      if document + 1 < count, chance(4) == 0 { output += "...\n" }
    }
    if chance(4) == 0 { comment(indent: chance(6)) }
    return output.replacing("\n", with: lineBreak)
  }

  private mutating func chance(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
  private mutating func pick(_ words: [String]) -> String { words[chance(words.count)] }
  private func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }

  private mutating func name() -> String {
    names += 1
    return "name-\(names)"
  }

  private mutating func comment(indent: Int) {
    output += "\(blanks(indent))# comment \(name())\n"
    if chance(4) == 0 { output += "\n" }
  }

  private mutating func between(indent: Int) {
    if chance(6) == 0 { output += "\n" }
    if chance(12) == 0 { output += "\n\n" }
    if chance(7) == 0 { comment(indent: chance(2) == 0 ? indent : indent + chance(5)) }
  }

  private mutating func endLine() {
    if chance(6) == 0 { output += "\(blanks(1 + chance(4)))# behind \(name())" }
    if chance(12) == 0 { output += "  " }
    output += "\n"
  }

  private mutating func properties() {
    if chance(9) == 0 {
      let name = name()
      output += "&\(name) "
      anchors.append(name)
    }
    if chance(20) == 0 { output += "!!str " }
  }

  private mutating func mapping(indent: Int, depth: Int, isSpec: Bool = false) {
    var known = ["owner", "title", "indicators", "journeys", "policy", "objectives", "labels"].shuffled(using: &random)
    for place in 0...chance(5) {
      if place > 0 || depth == 0 {
        between(indent: indent)
        output += blanks(indent)
      }
      if isSpec, chance(2) == 0, let key = known.popLast() { output += key } else { output += key() }
      output += chance(8) == 0 ? " :" : ":"
      value(indent: indent, depth: depth)
    }
  }

  private mutating func key() -> String {
    let name = name()
    return switch chance(6) {
    case 0: "'\(name)'"
    case 1: "\"\(name)\""
    default: name
    }
  }

  private mutating func sequence(indent: Int, depth: Int) {
    for place in 0...chance(4) {
      if place > 0 {
        between(indent: indent)
        output += blanks(indent)
      }
      output += "-"
      if chance(5) == 0, depth < 4 {
        // A collection on the line of its dash.
        let gap = 1 + chance(3)
        output += blanks(gap)
        if chance(2) == 0 {
          mapping(indent: indent + 1 + gap, depth: depth + 1)
        } else {
          sequence(indent: indent + 1 + gap, depth: depth + 1)
        }
      } else {
        value(indent: indent, depth: depth)
      }
    }
  }

  private mutating func value(indent: Int, depth: Int) {
    switch chance(depth < 4 ? 12 : 8) {
    case 0: endLine()
    case 1 where !anchors.isEmpty:
      output += " *\(pick(anchors))"
      endLine()
    case 2:
      output += blanks(1 + chance(2))
      properties()
      blockScalar(indent: indent)
    case 3:
      output += blanks(1 + chance(3))
      lines(indent: indent)
      endLine()
    case 4, 5:
      output += " "
      flow(depth: depth, indent: indent)
      endLine()
    case 6:
      // A scalar below its key.
      endLine()
      if chance(3) == 0 { comment(indent: indent + 1) }
      output += blanks(indent + 1 + chance(3)) + scalar()
      endLine()
    case 7...9:
      output += blanks(1 + chance(2))
      properties()
      output += scalar()
      endLine()
    default:
      let anchor = chance(8) == 0 ? name() : nil
      if let anchor { output += " &\(anchor)" }
      endLine()
      between(indent: indent + 1)
      let deeper = indent + 1 + chance(4)
      output += blanks(deeper)
      if chance(2) == 0 {
        mapping(indent: deeper, depth: depth + 1)
      } else {
        sequence(indent: deeper, depth: depth + 1)
      }
      if let anchor { anchors.append(anchor) }
    }
  }

  private mutating func scalar() -> String {
    pick([
      "word", "two words", "99.9%", "requests >= 99.9% over 28d", "'it''s'", "\"it's\"", "\"tab\\t \\\"x\\\"\"", "~",
      "null",
      "'say \"x\"'", "日本", "http://x.y/z?a=b", "a#b", "''", "\"\"", "-x", "x:y", "'- #x'", "[]", "{}",
    ])
  }

  private mutating func lines(indent: Int) {
    let margin = "\n" + (chance(5) == 0 ? "\n" : "") + blanks(indent + 1 + chance(4))
    switch chance(4) {
    case 0: output += "some words\(margin)and more\(margin)words"
    case 1: output += "'some words  \(margin)it''s more'"
    case 2: output += "\"some words\\n\(margin)\\ more \\\(margin)words\""
    default: output += "\"some\(margin)words\""
    }
  }

  private mutating func blockScalar(indent: Int) {
    let deeper = 1 + chance(4)
    let explicit = chance(4) == 0
    output += pick(["|", ">"]) + (explicit ? "\(deeper)" : "") + pick(["", "-", "+"])
    if chance(5) == 0 { output += " # header \(name())" }
    output += "\n"
    if chance(6) == 0 { output += "\n" }
    let margin = blanks(indent + deeper)
    output += "\(margin)\(explicit ? "  " : "")text\n"
    for _ in 0..<chance(4) {
      output += pick(["\(margin)more text\n", "\(margin)  deeper text\n", "\n", "\(margin)\n", "\(margin)* x\n"])
    }
    if chance(4) == 0 { output += "\n\n" }
  }

  private mutating func flow(depth: Int, indent: Int) {
    let isMapping = chance(2) == 0
    output += isMapping ? "{" : "["
    for place in 0..<chance(5) {
      if place > 0 { output += pick([",", ", ", " ,  "]) }
      gap(indent)
      if isMapping {
        output += name()
        if chance(8) == 0 { continue }
        output += ": "
      }
      if depth < 5, chance(4) == 0 {
        flow(depth: depth + 1, indent: indent)
      } else if chance(12) == 0, !anchors.isEmpty {
        output += "*\(pick(anchors)) "
      } else {
        output += pick(["word", "'it''s'", "\"x, y\"", "a rather long text that takes much of a line", "99.9%", "x y"])
      }
    }
    gap(indent)
    output += isMapping ? "}" : "]"
  }

  /// Lines may end anywhere between brackets.
  private mutating func gap(_ indent: Int) {
    switch chance(10) {
    case 0: output += "\n\(blanks(indent + 1 + chance(6)))"
    case 1: output += " # inside \(name())\n\(blanks(indent + 1))"
    case 2: output += " "
    default: return
    }
  }
}
