import Diagnostics
import YAMLSource

extension ReadContext {
  /// SLO103. Returns the place in the record of the key that was most likely meant, where it is still free.
  mutating func reportUnknownKey(
    _ key: YAMLNode,
    in record: RecordShape,
    lacking: String?,
    isFree: (Int) -> Bool
  ) -> Int? {
    let message = "unknown key \(key.quotedText) of \(record.noun.one)"
    guard !isFull, key.textBytes.count <= NameForm.lengthLimit else {
      report(.unknownKey, message, at: key.span)
      return nil
    }
    let name = key.text
    let known = record.keys.filter { !$0.isDiscouraged }
    let synonym =
      known.first { $0.synonyms.contains(name) }?.name
      ?? known.first { $0.synonyms.contains { Spelling.isOneSlip(name, $0) } }?.name
    let homes = SpecLanguage.records(withKey: name)
    let near = Spelling.nearest(to: name, in: known.map(\.name))
    let part = lacking.flatMap { homes.isEmpty && ($0.contains(name) || name.contains($0)) ? $0 : nil }
    // A key that belongs elsewhere is no misspelling, unless one slip explains it.
    let meant = synonym ?? near.flatMap { homes.isEmpty || Spelling.isOneSlip(name, $0) ? $0 : nil } ?? part
    guard let meant else {
      report(.unknownKey, message, at: key.span, notes: notes(for: record, homes), fix: fix(forKeyAt: homes))
      return nil
    }
    report(
      .unknownKey,
      message,
      at: key.span,
      fix: .writing(meant, over: key.span, safety: meant == near ? .safe : .unsafe)
    )
    return record.keys.firstIndex { $0.name == meant }.flatMap { isFree($0) ? $0 : nil }
  }

  private func notes(for record: RecordShape, _ homes: [Noun]) -> [DiagnosticNote] {
    let names = record.keys.filter { !$0.isDiscouraged }.map { "'\($0.name)'" }
    // Nobody reads a list of thirty.
    guard homes.isEmpty, !names.isEmpty, names.count <= 12 else { return [] }
    return [DiagnosticNote("the keys of \(record.noun.one) are \(names.joined(separator: ", "))")]
  }

  private func fix(forKeyAt homes: [Noun]) -> DiagnosticFix? {
    guard !homes.isEmpty else { return nil }
    let places = homes.prefix(3).map(\.one).joined(separator: " or ")
    return DiagnosticFix("it is a key of \(places): move it there", safety: .unsafe)
  }

  /// SLO104, at the key or item that the mapping belongs to.
  mutating func reportMissingKey(_ key: KeyShape, in fields: RecordFields) {
    reportMissingKey("'\(key.name)'", of: fields, example: key.example)
  }

  mutating func reportMissingKey(_ keys: String, of fields: RecordFields, example: String?) {
    let first = fields.node.entries.first?.key.span ?? fields.node.span
    let owner: String
    switch subject {
    case .document: owner = fields.noun.one
    case .value(let key): owner = "\(fields.noun.withoutArticle) \(key.quotedText)"
    case .item: owner = "\(fields.noun.withoutArticle) (\(subjectText))"
    }
    report(
      .missingKey,
      "\(owner) lacks \(keys)",
      at: subjectSpan ?? first,
      fix: example.map { DiagnosticFix($0.contains("'") ? "add \($0)" : "add '\($0)'", safety: .unsafe) }
    )
  }

  /// SLO105.
  mutating func reportWrongShape(_ node: YAMLNode, meant shape: Shape) {
    let span = node.textBytes.isEmpty && node.isPlain ? subjectSpan ?? node.span : node.span
    report(
      .wrongShape,
      "\(subjectText) \(node.found); \(shape.description) is meant",
      at: span,
      fix: fix(for: node, meant: shape)
    )
  }

  mutating func reportWrongShape(_ message: String, at span: SourceSpan, fix: DiagnosticFix? = nil) {
    report(.wrongShape, message, at: span, fix: fix)
  }

  private func fix(for node: YAMLNode, meant shape: Shape) -> DiagnosticFix? {
    if node.isNull {
      return hasComment(after: node)
        ? DiagnosticFix("put quotes around text that begins with '#': a comment begins there", safety: .unsafe)
        : DiagnosticFix(emptyAdvice(shape), safety: .unsafe)
    }
    switch (node.kind, shape) {
    case (.scalar, .list): return bracketsFix(for: node)
    case (.sequence, .map), (.sequence, .record):
      return DiagnosticFix("write each entry as 'name: …', without the '-'", safety: .unsafe)
    case (.mapping, .list(of: .scalar)):
      return DiagnosticFix("write each item on a line of its own behind '- '", safety: .unsafe)
    case (.sequence, .scalar) where node.elements.count == 1 && node.elements[0].isScalar:
      return DiagnosticFix(
        "write it without the brackets",
        edits: [TextEdit(replacing: node.span, with: file.text(in: node.elements[0].span.range))]
      )
    case (.mapping, .scalar) where node.entries.count == 1:
      return DiagnosticFix("put quotes around text that has a ':' with a space behind it", safety: .unsafe)
    case (.scalar, _), (.sequence, _), (.mapping, _): return nil
    }
  }

  private func emptyAdvice(_ shape: Shape) -> String {
    switch shape {
    case .record, .map: "indent what belongs to it further than itself, or remove the key"
    case .scalar, .list, .alternatives: "write a value, or remove the key"
    }
  }

  private func bracketsFix(for node: YAMLNode) -> DiagnosticFix? {
    let written = file.text(in: node.span.range)
    let isOneItem =
      switch node.kind {
      case .scalar(.singleQuoted), .scalar(.doubleQuoted): true
      case .scalar(.plain): !written.utf8.contains { ",[]{}\n".utf8.contains($0) }
      case .scalar(.literal), .scalar(.folded), .sequence, .mapping: false
      }
    guard isOneItem else { return DiagnosticFix("write each item on a line of its own behind '- '", safety: .unsafe) }
    return DiagnosticFix.writing("[\(written)]", over: node.span)
  }

  /// Whether a comment follows on the line, as in `channel: #uploads`.
  private func hasComment(after node: YAMLNode) -> Bool {
    let start = currentKey.map { Int($0.span.end) } ?? Int(node.span.end)
    var rest = file.bytes[min(start, file.bytes.count)...].prefix { $0 != UInt8(ascii: "\n") }
    while let byte = rest.first, byte == UInt8(ascii: " ") || byte == UInt8(ascii: ":") { rest.removeFirst() }
    return rest.first == UInt8(ascii: "#")
  }
}

extension YAMLNode {
  /// What stands here, for messages.
  fileprivate var found: String {
    if isNull { return "is empty" }
    return switch kind {
    case .scalar: "is text"
    case .sequence: "is a list"
    case .mapping: "is a mapping"
    }
  }
}

extension KeyShape {
  fileprivate var example: String? {
    guard case .scalar(let scalar) = shape, let example = scalar.examples.first else { return nil }
    return example.hasPrefix("#") ? "\(name): '\(example)'" : "\(name): \(example)"
  }
}
