import Diagnostics
import PromQL
import YAMLSource

/// The form that a kind of name has.
enum NameForm: Sendable {
  /// Lower-case words joined by hyphens.
  case name
  /// Letters, digits, hyphens and underscores.
  case mixedName
  case metric
  case label
  /// Any text.
  case text

  /// The longest name of a declaration, which becomes part of file names and labels.
  static let lengthLimit = 100

  var shape: ScalarShape {
    switch self {
    case .name:
      ScalarShape(Noun("a name", "names"), .text(pattern: "^[a-z0-9]+(-[a-z0-9]+)*$"), examples: ["song-generation"])
    case .mixedName:
      ScalarShape(Noun("a name", "names"), .text(pattern: "^[A-Za-z0-9]+([-_][A-Za-z0-9]+)*$"), examples: ["P1"])
    case .metric:
      ScalarShape(
        Noun("a metric", "metrics"),
        .text(pattern: "^[a-zA-Z_:][a-zA-Z0-9_:]*$"),
        examples: ["http_requests_total"]
      )
    case .label:
      ScalarShape(Noun("a label", "labels"), .text(pattern: "^[a-zA-Z_][a-zA-Z0-9_]*$"), examples: ["platform"])
    case .text: ScalarShape(Noun("a name", "names"))
    }
  }

  /// What the form is, for messages.
  private var rule: String {
    switch self {
    case .name: "lower-case words joined by hyphens"
    case .mixedName: "letters and digits, joined by '-' or '_'"
    case .metric: "letters, digits, '_' and ':', with no digit first"
    case .label: "letters, digits and '_', with no digit first, and not two '_' first"
    case .text: "some text"
    }
  }

  /// The name as written; what is wrong with its form is reported, and the name used all the same.
  func read(_ node: YAMLNode, _ context: inout ReadContext) -> String {
    let name = node.text
    let bytes = node.textBytes
    guard !fits(bytes) else {
      if self != .text, self != .metric, self != .label, bytes.count > Self.lengthLimit {
        context.report(
          .malformedValue,
          "\(node.quotedText) is \(bytes.count) characters long, more than the limit of \(Self.lengthLimit) for a name",
          at: node.span
        )
      }
      return name
    }
    context.report(
      .malformedValue,
      "\(shape.noun.one) is written as \(rule), which \(node.quotedText) is not",
      at: node.span,
      fix: suggestion(for: bytes).map {
        // What refers to the name has to change with it.
        DiagnosticFix.writing($0, over: node.span, safety: .unsafe)
      }
    )
    return name
  }

  func fits(_ bytes: some Collection<UInt8>) -> Bool {
    switch self {
    case .name: Self.areWords(bytes, joinedBy: { $0 == UInt8(ascii: "-") }, of: { $0.isLowercase || $0.isDigit })
    case .mixedName: Self.areWords(bytes, joinedBy: \.isJoint, of: { $0.isLetter || $0.isDigit })
    case .metric: PromQLName.isMetricName(String(decoding: bytes, as: UTF8.self))
    case .label:
      PromQLName.isLabelName(String(decoding: bytes, as: UTF8.self)) && !bytes.starts(with: "__".utf8)
    case .text: !bytes.isEmpty
    }
  }

  private static func areWords(
    _ bytes: some Collection<UInt8>,
    joinedBy isJoint: (UInt8) -> Bool,
    of isPart: (UInt8) -> Bool
  ) -> Bool {
    var isWordOpen = false
    for byte in bytes {
      if isPart(byte) {
        isWordOpen = true
      } else if isJoint(byte), isWordOpen {
        isWordOpen = false
      } else {
        return false
      }
    }
    return isWordOpen
  }

  /// The nearest spelling in this form: `song-generation` for `Song Generation` and `songGeneration`.
  private func suggestion(for bytes: ArraySlice<UInt8>) -> String? {
    let joint: UInt8
    switch self {
    case .name, .mixedName: joint = UInt8(ascii: "-")
    case .metric, .label: joint = UInt8(ascii: "_")
    case .text: return nil
    }
    var words: [[UInt8]] = [[]]
    var last: UInt8 = 0
    for byte in bytes.prefix(Self.lengthLimit) {
      let startsWord = self == .name && byte.isUppercase && (last.isLowercase || last.isDigit)
      if byte.isLetter || byte.isDigit {
        if startsWord { words.append([]) }
        words[words.count - 1].append(self == .name && byte.isUppercase ? byte | 0x20 : byte)
      } else if byte == UInt8(ascii: ":"), self == .metric {
        words[words.count - 1].append(byte)
      } else {
        words.append([])
      }
      last = byte
    }
    var name = Array(words.filter { !$0.isEmpty }.joined(separator: [joint]))
    if joint == UInt8(ascii: "_"), name.first?.isDigit == true { name.insert(joint, at: 0) }
    return fits(name) ? String(decoding: name, as: UTF8.self) : nil
  }
}

extension UInt8 {
  var isDigit: Bool { (0x30...0x39).contains(self) }
  var isLowercase: Bool { (0x61...0x7A).contains(self) }
  var isUppercase: Bool { (0x41...0x5A).contains(self) }
  var isLetter: Bool { isLowercase || isUppercase }
  var isSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
  fileprivate var isJoint: Bool { self == UInt8(ascii: "-") || self == UInt8(ascii: "_") }
}
