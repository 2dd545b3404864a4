import Diagnostics
import PromQL
import YAMLSource

/// What a reader knows besides the node it reads, and what it leaves behind.
struct ReadContext {
  /// What a node is, for messages.
  enum Subject {
    case document
    /// The value of a key, by the key's node.
    case value(of: YAMLNode)
    /// An item of a list, counted from one, and the key that the list stands under.
    case item(Int, YAMLNode, of: YAMLNode?)
  }

  let file: SourceFile
  /// Whose PromQL queries are read as.
  let dialect: PromQLDialect
  var bag = DiagnosticBag()
  var unread = UnreadNames()
  private(set) var subject = Subject.document
  /// What has been reported where, so that an anchor's mistakes are not repeated at each of its aliases.
  private var reported: Set<Report> = []

  private struct Report: Hashable {
    let code: String
    let span: SourceSpan
    let message: String
  }

  init(file: SourceFile, dialect: PromQLDialect) {
    self.file = file
    self.dialect = dialect
  }

  /// How much has been found wrong so far.
  var reportedCount: Int { bag.diagnostics.count + bag.omitted }

  /// Whether no more diagnostics are kept, so that none needs to be well worded.
  var isFull: Bool { bag.omitted > 0 }

  mutating func report(_ diagnostic: Diagnostic) {
    let report = Report(
      code: diagnostic.descriptor.code,
      span: diagnostic.span,
      message: diagnostic.message
    )
    guard reported.count < DiagnosticBag.limit else {
      bag.report(diagnostic)
      return
    }
    if reported.insert(report).inserted { bag.report(diagnostic) }
  }

  mutating func report(
    _ descriptor: DiagnosticDescriptor,
    _ message: String,
    at span: SourceSpan,
    notes: [DiagnosticNote] = [],
    fix: DiagnosticFix? = nil
  ) {
    report(Diagnostic(descriptor, message, at: span, notes: notes, fix: fix))
  }

  /// Reads with another subject, and returns to this one.
  mutating func reading<Value>(_ inner: Subject, _ read: (inout ReadContext) -> Value) -> Value {
    let outer = subject
    subject = inner
    defer { subject = outer }
    return read(&self)
  }

  /// The key whose value is being read.
  var currentKey: YAMLNode? {
    switch subject {
    case .document: nil
    case .value(let key): key
    case .item(_, _, let key): key
    }
  }

  /// How messages name what is being read: `'objectives'`, `item 2 of 'steps'`.
  var subjectText: String {
    switch subject {
    case .document: "the document"
    case .value(let key): key.quotedText
    case .item(let number, _, let key): key.map { "item \(number) of \($0.quotedText)" } ?? "item \(number)"
    }
  }

  /// Where something that the subject lacks is reported: its key, or the item itself.
  var subjectSpan: SourceSpan? {
    switch subject {
    case .document: nil
    case .value(let key): key.span
    case .item(_, let node, _): node.span
    }
  }
}

extension YAMLNode {
  /// The text for a message: in single quotes, cut where it is long, control characters spelt out.
  var quotedText: String { textBytes.quotedText }
}

extension String {
  /// A message that may quote a word of any length, cut where nobody reads on.
  var shortened: String {
    let limit = 300
    return utf8.count > limit ? "\(String(decoding: utf8.prefix(limit), as: UTF8.self))…" : self
  }
}

extension Collection<UInt8> {
  /// The bytes for a message: in single quotes, cut where they are many, control characters spelt out.
  var quotedText: String {
    let limit = 60
    var shown = ""
    for scalar in String(decoding: prefix(limit), as: UTF8.self).unicodeScalars {
      if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
        shown.append(scalar.escaped(asASCII: true))
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    return count > limit ? "'\(shown)…'" : "'\(shown)'"
  }
}
