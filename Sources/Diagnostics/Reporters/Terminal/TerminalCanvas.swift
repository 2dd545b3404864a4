import StructuredText

/// What a stretch of terminal text is there for; its colour follows from that.
enum TerminalRole {
  case plain
  case error
  case warning
  case info
  case emphasis
  case gutter
  case secondary
  case fix
  case removed
  case added

  /// Parameters of the SGR control (ECMA-48, 8.3.117); the sixteen colours that every theme defines.
  fileprivate var parameters: String? {
    switch self {
    case .plain: nil
    case .error: "1;31"
    case .warning: "1;33"
    case .info: "1;36"
    case .emphasis: "1"
    case .gutter, .secondary: "1;34"
    case .fix: "1;32"
    case .removed: "31"
    case .added: "32"
    }
  }
}

extension Severity {
  var role: TerminalRole {
    switch self {
    case .info: .info
    case .warning: .warning
    case .error: .error
    }
  }
}

/// Text for a terminal while it is written. Colour is the only control that ever gets into it.
struct TerminalCanvas {
  let usesColor: Bool
  private(set) var writer = TextWriter()

  init(usesColor: Bool) {
    self.usesColor = usesColor
  }

  /// Writes text that has been made visible, or is this program's own.
  mutating func write(_ text: String, as role: TerminalRole = .plain) {
    guard usesColor, let parameters = role.parameters, !text.isEmpty else {
      writer.write(text)
      return
    }
    writer.write("\u{1B}[\(parameters)m")
    writer.write(text)
    writer.write("\u{1B}[0m")
  }

  mutating func write(spaces count: Int) {
    writer.write(spaces: count)
  }

  mutating func newLine() {
    writer.newLine()
  }
}
