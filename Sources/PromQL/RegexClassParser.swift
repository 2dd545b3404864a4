extension RegexParser {
  /// A class in brackets, such as `[a-z\d]` or `[^[:space:]]`.
  mutating func parseClass() throws(Problem) -> CharacterSet {
    position += 1
    let isNegated = skip("^")
    var sets: [CharacterSet] = []
    var isFirst = true
    // A bracket that comes first stands for itself.
    while isFirst || !skip("]") {
      isFirst = false
      if let named = try parseNamedClass() {
        sets.append(flags.ignoresCase ? named.ignoringCase : named)
      } else if let escaped = try parseClassEscape() {
        sets.append(escaped)
      } else {
        sets.append(try parseClassRange())
      }
    }
    let union = CharacterSet(union: sets)
    return isNegated ? union.complement : union
  }

  /// One character, or two with a dash between; a dash before the closing bracket stands for itself.
  private mutating func parseClassRange() throws(Problem) -> CharacterSet {
    let lower = try parseClassCharacter()
    var upper = lower
    let hasDash = current == UInt32(UInt8(ascii: "-"))
    if hasDash, position + 1 < pattern.count, pattern[position + 1] != UInt32(UInt8(ascii: "]")) {
      position += 1
      upper = try parseClassCharacter()
    }
    if upper < lower { throw Problem(message: "a character range runs backwards") }
    let set = CharacterSet([lower...upper])
    return flags.ignoresCase ? set.ignoringCase : set
  }

  private mutating func parseClassCharacter() throws(Problem) -> UInt32 {
    guard let scalar = current else { throw Problem(message: "a '[' is never closed") }
    if scalar == UInt32(UInt8(ascii: "\\")) { return try parseEscape() }
    position += 1
    return scalar
  }

  /// `[:alpha:]` inside a class; a `[:` that nothing closes stands for itself.
  private mutating func parseNamedClass() throws(Problem) -> CharacterSet? {
    guard mayCloseNamedClass, starts("[:") else { return nil }
    var end = position + 2
    while end + 1 < pattern.count,
      pattern[end] != UInt32(UInt8(ascii: ":")) || pattern[end + 1] != UInt32(UInt8(ascii: "]"))
    {
      end += 1
    }
    guard end + 1 < pattern.count else {
      // What is not closed here is not closed further on either.
      mayCloseNamedClass = false
      return nil
    }
    var name = String(String.UnicodeScalarView(pattern[(position + 2)..<end].compactMap(Unicode.Scalar.init)))
    let isNegated = name.hasPrefix("^")
    if isNegated { name.removeFirst() }
    guard let set = Self.namedClass(name) else { throw Problem(message: "'[:\(name):]' is no character class") }
    position = end + 2
    return isNegated ? set.complement : set
  }

  private static func namedClass(_ name: String) -> CharacterSet? {
    switch name {
    case "alnum": CharacterSet(bounds: "09AZaz")
    case "alpha": CharacterSet(bounds: "AZaz")
    case "ascii": CharacterSet([0...0x7F])
    case "blank": CharacterSet(bounds: "\t\t  ")
    case "cntrl": CharacterSet([0...0x1F, 0x7F...0x7F])
    case "digit": CharacterSet(bounds: "09")
    case "graph": CharacterSet(bounds: "!~")
    case "lower": CharacterSet(bounds: "az")
    case "print": CharacterSet(bounds: " ~")
    case "punct": CharacterSet(bounds: "!/:@[`{~")
    case "space": CharacterSet([0x09...0x0D, 0x20...0x20])
    case "upper": CharacterSet(bounds: "AZ")
    case "word": CharacterSet(bounds: "09AZaz__")
    case "xdigit": CharacterSet(bounds: "09AFaf")
    default: nil
    }
  }
}

// MARK: - Escapes

extension RegexParser {
  /// An escape that stands for a class: `\d`, `\S`, `\p{Greek}`; nothing for the others.
  mutating func parseClassEscape() throws(Problem) -> CharacterSet? {
    guard current == UInt32(UInt8(ascii: "\\")), position + 1 < pattern.count else { return nil }
    var set: CharacterSet
    let letter = Unicode.Scalar(pattern[position + 1])
    switch letter {
    case "d", "D": set = CharacterSet(bounds: "09")
    case "s", "S": set = CharacterSet([0x09...0x0A, 0x0C...0x0D, 0x20...0x20])
    case "w", "W": set = CharacterSet(bounds: "09AZaz__")
    case "p", "P":
      position += 2
      return try parseUnicodeGroup()
    default: return nil
    }
    position += 2
    if flags.ignoresCase { set = set.ignoringCase }
    return letter == "D" || letter == "S" || letter == "W" ? set.complement : set
  }

  /// The name after `\p`: one letter, or more in braces, with a `^` in front to negate.
  private mutating func parseUnicodeGroup() throws(Problem) -> CharacterSet {
    var name = ""
    if skip("{") {
      while let scalar = current.flatMap(Unicode.Scalar.init), scalar != "}" {
        name.unicodeScalars.append(scalar)
        position += 1
      }
      guard skip("}") else { throw Problem(message: "'\\p{' is never closed") }
    } else if let scalar = current.flatMap(Unicode.Scalar.init) {
      name.unicodeScalars.append(scalar)
      position += 1
    }
    if name.hasPrefix("^") { name.removeFirst() }
    guard UnicodeGroups.names.contains(name) else { throw Problem(message: "'\\p{\(name)}' is no Unicode group") }
    return .inexact
  }

  /// An escape that stands for one character.
  mutating func parseEscape() throws(Problem) -> UInt32 {
    position += 1
    guard let scalar = current else { throw Problem(message: "the last backslash escapes nothing") }
    position += 1
    switch Unicode.Scalar(scalar) {
    case "a": return 0x07
    case "f": return 0x0C
    case "n": return 0x0A
    case "r": return 0x0D
    case "t": return 0x09
    case "v": return 0x0B
    case "x": return try parseHexadecimal()
    case "0": return parseOctal(from: 0)
    case "1", "2", "3", "4", "5", "6", "7":
      // One digit alone would refer back to a group, which RE2 does not do.
      if current.flatMap({ Self.digit($0, radix: 8) }) != nil { return parseOctal(from: scalar - 0x30) }
    default:
      if scalar < 0x80, !Self.isAlphanumeric(scalar) { return scalar }
    }
    let escape = Unicode.Scalar(scalar).map { "\\\($0)" } ?? "\\"
    throw Problem(message: "'\(escape)' is no escape that RE2 knows")
  }

  /// Up to two more octal digits.
  private mutating func parseOctal(from first: UInt32) -> UInt32 {
    var value = first
    for _ in 0..<2 {
      guard let digit = current.flatMap({ Self.digit($0, radix: 8) }) else { break }
      value = value * 8 + digit
      position += 1
    }
    return value
  }

  /// Two digits, or any number in braces.
  private mutating func parseHexadecimal() throws(Problem) -> UInt32 {
    let isBraced = skip("{")
    let start = position
    var value: UInt32 = 0
    while let digit = current.flatMap({ Self.digit($0, radix: 16) }), isBraced || position < start + 2 {
      value = min(value * 16 + digit, CharacterSet.maximum + 1)
      position += 1
    }
    let count = position - start
    guard isBraced ? count > 0 && skip("}") : count == 2, value <= CharacterSet.maximum else {
      throw Problem(message: "'\\x' takes two hexadecimal digits, or more in braces")
    }
    return value
  }
}
