/// Reads the regular expressions of label matchers, and refuses what Go's `regexp` package would refuse.
struct RegexParser {
  struct Problem: Error {
    let message: String
  }

  /// How deep groups may nest.
  private static let depthLimit = 400
  /// How many copies of one part counted repetitions may ask for together.
  private static let copyLimit = 1_000

  struct Flags {
    var ignoresCase = false
    var dotMatchesNewline = false
    var isMultiline = false
  }

  let pattern: [UInt32]
  let dialect: PromQLDialect
  var position = 0
  var flags = Flags()
  private var depth = 0
  var mayCloseNamedClass = true
  /// Whether a `\Q` is still open at the end.
  private var endsQuoted = false

  static func parse(_ pattern: String, dialect: PromQLDialect) throws(Problem) -> RegexNode {
    var parser = RegexParser(pattern: pattern.unicodeScalars.map(\.value), dialect: dialect)
    parser.flags.dotMatchesNewline = dialect == .prometheus3
    let node = try parser.parseAlternation().node
    if parser.current == UInt32(UInt8(ascii: ")")) { throw Problem(message: "')' closes no group") }
    // Prometheus 2.42 wraps the text of the pattern in a group, whose end an open quotation swallows.
    if parser.endsQuoted, dialect == .prometheus2 { throw Problem(message: "'\\Q' has no '\\E'") }
    return node
  }

  /// The tree of a pattern; nothing where there is a problem.
  static func understood(_ pattern: String, dialect: PromQLDialect) -> RegexNode? {
    do {
      return try parse(pattern, dialect: dialect)
    } catch {
      // The problem was reported when the matcher was parsed.
      return nil
    }
  }

  /// What is wrong with a pattern.
  static func problem(in pattern: String, dialect: PromQLDialect) -> String? {
    do {
      _ = try parse(pattern, dialect: dialect)
      return nil
    } catch {
      return error.message
    }
  }

  private init(pattern: [UInt32], dialect: PromQLDialect) {
    self.pattern = pattern
    self.dialect = dialect
  }

  /// A part of the pattern, and how many copies of it or of a part of it counted repetitions make.
  private struct Part {
    var node: RegexNode
    var copies = 1
  }

  private mutating func parseAlternation() throws(Problem) -> Part {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.depthLimit { throw Problem(message: "groups nest deeper than \(Self.depthLimit) levels") }
    var choices = [try parseConcatenation()]
    while skip("|") { choices.append(try parseConcatenation()) }
    if choices.count == 1 { return choices[0] }
    return Part(node: .alternation(choices.map(\.node)), copies: choices.map(\.copies).max() ?? 1)
  }

  private mutating func parseConcatenation() throws(Problem) -> Part {
    var parts: [Part] = []
    var followsRepetition = false
    while let scalar = current, scalar != UInt32(UInt8(ascii: "|")), scalar != UInt32(UInt8(ascii: ")")) {
      if let (least, most) = try parseRepetition() {
        if followsRepetition { throw Problem(message: "a repetition follows another one") }
        guard let last = parts.popLast() else { throw Problem(message: "a repetition has nothing to repeat") }
        parts.append(try repeated(last, least, most))
        followsRepetition = true
      } else {
        followsRepetition = false
        try parsePart(into: &parts)
      }
    }
    if parts.count == 1 { return parts[0] }
    let node: RegexNode = parts.isEmpty ? .empty : .concatenation(parts.map(\.node))
    return Part(node: node, copies: parts.map(\.copies).max() ?? 1)
  }

  private func repeated(_ part: Part, _ least: Int, _ most: Int?) throws(Problem) -> Part {
    let node = RegexNode.repetition(part.node, least: least, most: most)
    if most == 0 { return Part(node: node) }
    let copies = part.copies * max(1, most ?? least)
    if copies > Self.copyLimit {
      throw Problem(message: "repetitions ask for more than \(Self.copyLimit) copies")
    }
    return Part(node: node, copies: copies)
  }

  /// One literal, class, group or assertion; nothing for a change of flags.
  private mutating func parsePart(into parts: inout [Part]) throws(Problem) {
    guard let scalar = current else { return }
    switch Unicode.Scalar(scalar) {
    case "(": if let group = try parseGroup() { parts.append(group) }
    case "[": parts.append(Part(node: .characters(try parseClass())))
    case "\\": try parseBackslash(into: &parts)
    case ".":
      position += 1
      let newline = CharacterSet(UInt32(UInt8(ascii: "\n")))
      parts.append(Part(node: .characters(flags.dotMatchesNewline ? .all : newline.complement)))
    case "^":
      position += 1
      parts.append(Part(node: .assertion(flags.isMultiline ? .beginningOfLine : .beginningOfText)))
    case "$":
      position += 1
      parts.append(Part(node: .assertion(flags.isMultiline ? .endOfLine : .endOfText)))
    default:
      position += 1
      parts.append(literal(scalar))
    }
  }

  private func literal(_ scalar: UInt32) -> Part {
    let set = CharacterSet(scalar)
    return Part(node: .characters(flags.ignoresCase ? set.ignoringCase : set))
  }
}

// MARK: - Repetitions and groups

extension RegexParser {
  /// `*`, `+`, `?` or counts in braces. Braces that hold no counts are literal.
  private mutating func parseRepetition() throws(Problem) -> (least: Int, most: Int?)? {
    let limits: (least: Int, most: Int?)
    if skip("*") {
      limits = (0, nil)
    } else if skip("+") {
      limits = (1, nil)
    } else if skip("?") {
      limits = (0, 1)
    } else if let counts = parseCounts() {
      limits = counts
      if limits.least > Self.copyLimit || limits.most ?? 0 > Self.copyLimit || limits.most ?? .max < limits.least {
        throw Problem(message: "a repetition counts beyond \(Self.copyLimit) or downwards")
      }
    } else {
      return nil
    }
    // A question mark makes a repetition lazy, which changes what is captured but not what matches.
    _ = skip("?")
    return limits
  }

  private mutating func parseCounts() -> (least: Int, most: Int?)? {
    let start = position
    if skip("{"), let least = parseCount() {
      if skip("}") { return (least, least) }
      if skip(",") {
        if skip("}") { return (least, nil) }
        if let most = parseCount(), skip("}") { return (least, most) }
      }
    }
    position = start
    return nil
  }

  /// A number without leading zeros; large ones end up beyond every limit.
  private mutating func parseCount() -> Int? {
    let start = position
    var count = 0
    while let digit = current.flatMap({ Self.digit($0, radix: 10) }) {
      count = min(count * 10 + Int(digit), Self.copyLimit + 1)
      position += 1
    }
    let hasLeadingZero = position - start > 1 && pattern[start] == UInt32(UInt8(ascii: "0"))
    return position == start || hasLeadingZero ? nil : count
  }

  private mutating func parseGroup() throws(Problem) -> Part? {
    position += 1
    let outer = flags
    if skip("?") {
      let isNamed = starts("P<") || dialect == .prometheus3 && starts("<")
      if isNamed {
        try parseGroupName()
      } else if try !parseFlags() {
        return nil
      }
    }
    let part = try parseAlternation()
    guard skip(")") else { throw Problem(message: "a group is never closed") }
    flags = outer
    return part
  }

  private mutating func parseGroupName() throws(Problem) {
    _ = skip("P")
    _ = skip("<")
    let start = position
    while let scalar = current, Self.isAlphanumeric(scalar) || scalar == UInt32(UInt8(ascii: "_")) { position += 1 }
    guard position > start, skip(">") else { throw Problem(message: "the name of a group is not a plain word") }
  }

  /// Reads `i-s:` or `i-s)` and says whether a group is open now.
  private mutating func parseFlags() throws(Problem) -> Bool {
    var changed = flags
    var isOn = true
    var sawFlag = false
    while let scalar = current {
      position += 1
      switch Unicode.Scalar(scalar) {
      case "i": changed.ignoresCase = isOn
      case "m": changed.isMultiline = isOn
      case "s": changed.dotMatchesNewline = isOn
      case "U": break
      case "-" where isOn:
        isOn = false
        sawFlag = false
        continue
      case ":" where isOn || sawFlag:
        flags = changed
        return true
      case ")" where isOn || sawFlag:
        flags = changed
        return false
      default: throw Problem(message: "'(?' opens a group of a kind that RE2 does not have")
      }
      sawFlag = true
    }
    throw Problem(message: "a group is never closed")
  }
}

// MARK: - Backslashes

extension RegexParser {
  private mutating func parseBackslash(into parts: inout [Part]) throws(Problem) {
    let next = position + 1 < pattern.count ? Unicode.Scalar(pattern[position + 1]) : nil
    let assertion: RegexNode.Assertion
    switch next {
    case "A": assertion = .beginningOfText
    case "z": assertion = .endOfText
    case "b": assertion = .wordBoundary
    case "B": assertion = .notWordBoundary
    case "Q":
      parseQuotation(into: &parts)
      return
    default:
      if let set = try parseClassEscape() {
        parts.append(Part(node: .characters(set)))
      } else {
        parts.append(literal(try parseEscape()))
      }
      return
    }
    position += 2
    parts.append(Part(node: .assertion(assertion)))
  }

  /// Everything between `\Q` and `\E` stands for itself.
  private mutating func parseQuotation(into parts: inout [Part]) {
    position += 2
    while let scalar = current {
      if starts("\\E") {
        position += 2
        return
      }
      parts.append(literal(scalar))
      position += 1
    }
    endsQuoted = true
  }
}

// MARK: - Reading

extension RegexParser {
  var current: UInt32? { position < pattern.count ? pattern[position] : nil }

  mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
    guard current == scalar.value else { return false }
    position += 1
    return true
  }

  func starts(_ text: String) -> Bool {
    pattern[position...].starts(with: text.unicodeScalars.lazy.map(\.value))
  }

  static func isAlphanumeric(_ scalar: UInt32) -> Bool {
    guard let byte = UInt8(exactly: scalar) else { return false }
    return PromQLName.isDigit(byte) || PromQLName.isLetter(byte) && byte != UInt8(ascii: "_")
  }

  static func digit(_ scalar: UInt32, radix: UInt32) -> UInt32? {
    let value: UInt32
    switch scalar {
    case 0x30...0x39: value = scalar - 0x30
    case 0x41...0x46, 0x61...0x66: value = (scalar | 0x20) - 0x61 + 10
    default: return nil
    }
    return value < radix ? value : nil
  }
}
