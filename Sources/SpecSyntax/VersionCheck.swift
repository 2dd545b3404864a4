import Diagnostics
import YAMLSource

/// What a document is read as.
enum DocumentKind {
  case spec
  case settings

  fileprivate var shape: Shape {
    switch self {
    case .spec: SpecLanguage.documentShape
    case .settings: SpecLanguage.plainSettingsShape
    }
  }
}

extension ReadContext {
  /// Whether a document says that it is written in the language of this version, or most likely is; if not, or not
  /// well, that is reported as SLO114.
  mutating func acceptsVersion(of node: YAMLNode, as kind: DocumentKind) -> Bool {
    guard node.kind == .mapping else {
      if !node.isUnresolved { reportWrongShape(node, meant: kind.shape) }
      return false
    }
    guard let version = node[key: "nines"] else {
      return acceptsWithoutVersion(node, as: kind)
    }
    if version.hasText("v1") { return true }
    guard version.isScalar, !version.isNull else {
      reportNoVersion("'nines' does not say a version of the language", at: node.firstPlace, nil)
      return looksLikeOurs(node, kind)
    }
    let isOurs = ["1", "1.0", "v1.0", "V1", "1.0.0", "v1.0.0"].contains(version.text)
    report(
      .unsupportedVersion,
      "version \(version.quotedText) of the language is not known; this nines reads '\(SpecLanguage.version)'",
      at: version.span,
      fix: isOurs
        ? .writing(SpecLanguage.version, over: version.span) : .advice("use a newer nines, or write 'nines: v1'")
    )
    return isOurs
  }

  private mutating func acceptsWithoutVersion(_ node: YAMLNode, as kind: DocumentKind) -> Bool {
    if let other = ForeignFormat(node) {
      let span = node.entries.first { $0.key.hasText(other.key) }.map { $0.key.span.through($0.value.span) }
      report(
        .unsupportedVersion,
        "this is \(other.name), not a spec of nines",
        at: span ?? node.firstPlace,
        fix: other.isImported
          ? DiagnosticFix("read it with: nines import \(file.path)", safety: .unsafe)
          : DiagnosticFix("keep it out of the folder of the specs", safety: .unsafe)
      )
      return false
    }
    let isOurs = looksLikeOurs(node, kind)
    let first = node.firstPlace
    // A mapping in braces, or one that begins behind something else, has no line for another key.
    let isBlock = first.start == 0 || file.bytes[Int(first.start) - 1] == UInt8(ascii: "\n")
    let insertion = SourceSpan(file: first.file, start: Int(first.start), end: Int(first.start))
    reportNoVersion(
      "the document does not say which version of the language it is written in",
      at: first,
      isOurs && isBlock ? TextEdit(replacing: insertion, with: "nines: v1\n") : nil
    )
    return isOurs
  }

  private mutating func reportNoVersion(_ message: String, at span: SourceSpan, _ edit: TextEdit?) {
    report(
      .unsupportedVersion,
      message,
      at: span,
      fix: edit.map { DiagnosticFix("begin it with 'nines: v1'", edits: [$0]) }
        ?? .advice("begin it with 'nines: v1', or keep it out of the folder of the specs")
    )
  }

  /// Whether most keys of a document are known, so that only its version is missing.
  private func looksLikeOurs(_ node: YAMLNode, _ kind: DocumentKind) -> Bool {
    guard case .record(let record) = kind.shape else { return false }
    let known = node.entries.count { entry in record.keys.contains { entry.key.hasText($0.name) } }
    return known * 2 > node.entries.count
  }
}

extension YAMLNode {
  /// The first key of a mapping, or the beginning of any other node.
  var firstPlace: SourceSpan {
    entries.first?.key.span ?? SourceSpan(file: span.file, start: Int(span.start), end: Int(span.start))
  }
}

/// A format of another tool that is told by a key and its value.
private struct ForeignFormat {
  let name: String
  /// The key that told it.
  let key: String
  /// Whether `nines import` reads it.
  let isImported: Bool

  init?(_ node: YAMLNode) {
    if let version = node[key: "apiVersion"] {
      key = "apiVersion"
      let (name, isImported) = Self.kubernetes(version.text, kind: node[key: "kind"]?.text)
      self.name = name
      self.isImported = isImported
    } else if let version = node[key: "version"], version.hasText("prometheus/v1"),
      node[key: "slos"] != nil
    {
      (name, key, isImported) = ("a Sloth spec", "version", true)
    } else if node[key: "groups"] != nil, node.entries.count <= 2 {
      (name, key, isImported) = ("a Prometheus rule file", "groups", false)
    } else {
      return nil
    }
  }

  private static func kubernetes(_ version: String, kind: String?) -> (name: String, isImported: Bool) {
    let group = version.prefix { $0 != "/" }
    switch group {
    case "openslo", "openslo.com": return ("an OpenSLO document", true)
    case "pyrra.dev": return ("a Pyrra document", true)
    case "sloth.slok.dev": return ("a Sloth document", true)
    default:
      let kind = kind.map { " of kind \(Array($0.utf8).quotedText)" } ?? ""
      return ("a Kubernetes document\(kind)", false)
    }
  }
}
