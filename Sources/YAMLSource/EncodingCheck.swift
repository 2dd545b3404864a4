import Diagnostics

/// The bytes that libyaml may be shown, once they are known to be UTF-8 without characters that YAML forbids.
struct ReadableText {
  /// Where the text begins: behind the byte order mark, if there is one.
  let base: Int
  let isASCII: Bool
}

/// Whether a file is UTF-8 text, and what it looks like if not.
struct EncodingCheck {
  private let file: SourceFile
  private let bytes: UnsafeBufferPointer<UInt8>
  private var isASCII = true
  private var controls = Sightings()
  private var replacements = Sightings()

  /// The first of several equal faults, and how many there are.
  private struct Sightings {
    var first: Range<Int>?
    var count = 0

    mutating func note(_ range: Range<Int>) {
      first = first ?? range
      count += 1
    }
  }

  /// Reads the file once; nil where it cannot be YAML, which is then reported.
  static func check(
    _ file: SourceFile,
    _ bytes: UnsafeBufferPointer<UInt8>,
    into bag: inout DiagnosticBag
  ) -> ReadableText? {
    let guess = EncodingGuess(bytes)
    if guess.isWide {
      bag.report(
        .notUTF8,
        "the file is not UTF-8: it looks like \(guess.name)",
        at: SourceSpan(file: file.id, start: 0, end: min(guess.markLength, bytes.count)),
        fix: DiagnosticFix("convert the file with: iconv -f \(guess.name) -t UTF-8")
      )
      return nil
    }
    var check = EncodingCheck(file: file, bytes: bytes)
    return check.run(into: &bag)
  }

  private init(file: SourceFile, bytes: UnsafeBufferPointer<UInt8>) {
    self.file = file
    self.bytes = bytes
  }

  private mutating func run(into bag: inout DiagnosticBag) -> ReadableText? {
    let base = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var offset = base
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte < 0x80 {
        if byte < 0x20 && byte != 0x0A && byte != 0x0D && byte != 0x09 || byte == 0x7F {
          controls.note(offset..<offset + 1)
        }
        offset += 1
      } else if let (value, length) = codePoint(at: offset) {
        isASCII = false
        note(value, at: offset..<offset + length)
        offset += length
      } else {
        reportMalformed(at: offset, into: &bag)
        return nil
      }
    }
    return judgement(base: base, into: &bag)
  }

  private mutating func note(_ value: UInt32, at range: Range<Int>) {
    switch value {
    case 0xFFFD: replacements.note(range)
    case 0x80...0x84, 0x86...0x9F, 0xFEFF, 0xFFFE, 0xFFFF: controls.note(range)
    default: break
    }
  }

  private func judgement(base: Int, into bag: inout DiagnosticBag) -> ReadableText? {
    if let first = replacements.first {
      bag.report(
        .notUTF8,
        "U+FFFD stands here for a character that an earlier conversion lost" + others(replacements.count),
        at: SourceSpan(file: file.id, start: first.lowerBound, end: first.upperBound)
      )
    }
    guard let first = controls.first else { return ReadableText(base: base, isASCII: isASCII) }
    let name =
      first.count == 1 && bytes[first.lowerBound] == 0 ? "a NUL byte" : "the control character \(name(of: first))"
    bag.report(
      .notYAML,
      "\(name) at byte \(first.lowerBound) has no place in YAML" + others(controls.count),
      at: SourceSpan(file: file.id, start: first.lowerBound, end: first.upperBound)
    )
    return nil
  }

  private func others(_ count: Int) -> String {
    switch count {
    case 1: ""
    case 2: ", and another is in the file"
    default: ", and \(count - 1) others are in the file"
    }
  }

  private func name(of range: Range<Int>) -> String {
    let value = codePoint(at: range.lowerBound)?.value ?? UInt32(bytes[range.lowerBound])
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private func reportMalformed(at offset: Int, into bag: inout DiagnosticBag) {
    let guess = EncodingGuess(bytes)
    let byte = String(bytes[offset], radix: 16, uppercase: true)
    bag.report(
      .notUTF8,
      "byte 0x\(byte) at byte offset \(offset) is not UTF-8: the file looks like \(guess.name)",
      at: SourceSpan(file: file.id, start: offset, end: offset + 1),
      fix: DiagnosticFix("convert the file with: iconv -f \(guess.name) -t UTF-8")
    )
  }

  /// The code point that begins here, for lead bytes from 0x80; nil unless it is well formed by table 3-7 of the
  /// Unicode Standard.
  private func codePoint(at offset: Int) -> (value: UInt32, length: Int)? {
    let lead = bytes[offset]
    let length: Int
    let second: ClosedRange<UInt8>
    switch lead {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return nil
    }
    guard offset + length <= bytes.count, second.contains(bytes[offset + 1]) else { return nil }
    var value = UInt32(lead) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
    for place in offset + 1..<offset + length {
      guard bytes[place] & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(bytes[place] & 0x3F)
    }
    return (value, length)
  }
}

/// The encoding that a file which is not UTF-8 looks like, by its byte order mark, its zeros or its high bytes.
struct EncodingGuess {
  /// As `iconv` names it.
  let name: String
  /// Whether a character takes two bytes or more, so that no byte means what it would in ASCII.
  let isWide: Bool
  let markLength: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) {
      self.init("UTF-32LE", isWide: true, markLength: 4)
    } else if bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
      self.init("UTF-32BE", isWide: true, markLength: 4)
    } else if bytes.starts(with: [0xFF, 0xFE]) {
      self.init("UTF-16LE", isWide: true, markLength: 2)
    } else if bytes.starts(with: [0xFE, 0xFF]) {
      self.init("UTF-16BE", isWide: true, markLength: 2)
    } else if let wide = Self.wideByZeros(bytes.prefix(64)) {
      self.init(wide, isWide: true, markLength: 2)
    } else {
      // What is a letter in Windows-1252 is a control character in ISO 8859-1, which nobody types.
      let hasC1 = bytes.contains { (0x80...0x9F).contains($0) }
      self.init(hasC1 ? "WINDOWS-1252" : "ISO-8859-1", isWide: false, markLength: 0)
    }
  }

  private init(_ name: String, isWide: Bool, markLength: Int) {
    self.name = name
    self.isWide = isWide
    self.markLength = markLength
  }

  /// A spec is mostly ASCII, of which UTF-16 makes a zero in every second byte.
  private static func wideByZeros(_ head: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
    var zeros = (even: 0, odd: 0)
    for (place, byte) in head.enumerated() where byte == 0 {
      if place.isMultiple(of: 2) { zeros.even += 1 } else { zeros.odd += 1 }
    }
    let enough = max(head.count / 4, 1)
    if zeros.odd > enough && zeros.even == 0 { return "UTF-16LE" }
    if zeros.even > enough && zeros.odd == 0 { return "UTF-16BE" }
    return nil
  }
}
