import CLibYAML
import Diagnostics

extension WrittenFile {
  /// Reads a file in which `YAMLParser` has found nothing wrong; nil for any other.
  package static func read(_ file: SourceFile) -> WrittenFile? {
    var bag = DiagnosticBag()
    return file.bytes.withUnsafeBufferPointer { bytes in
      guard let text = EncodingCheck.check(file, bytes, into: &bag) else { return nil }
      var reader = WrittenReader(bytes, text)
      do throws(UnreadableEvents) {
        let documents = try reader.documents()
        return WrittenFile(documents: documents, comments: reader.comments(from: text.base))
      } catch {
        return nil
      }
    }
  }
}

/// libyaml has failed, which the parser reports.
private struct UnreadableEvents: Error {}

/// Turns libyaml's events into documents as they are written.
///
/// It calls itself for each level of nesting, of which `YAMLParser` allows only so many.
private struct WrittenReader: ~Copyable {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var events: EventStream
  private var cursor: CodePointCursor
  /// Where something is written that is neither blank, comment nor punctuation, in the order of the file.
  private var atoms: [Range<Int>] = []
  private var depth = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ text: ReadableText) {
    self.bytes = bytes
    events = EventStream(UnsafeBufferPointer(rebasing: bytes[text.base...]))
    cursor = CodePointCursor(bytes, base: text.base, isASCII: text.isASCII)
  }

  mutating func documents() throws(UnreadableEvents) -> [WrittenDocument] {
    var documents: [WrittenDocument] = []
    while true {
      let event = try nextEvent()
      switch event.pointee.type {
      case YAML_STREAM_END_EVENT: return documents
      case YAML_DOCUMENT_START_EVENT: documents.append(try document(from: event))
      default: continue
      }
    }
  }

  private mutating func nextEvent() throws(UnreadableEvents) -> UnsafePointer<yaml_event_t> {
    guard let event = events.next() else { throw UnreadableEvents() }
    return event
  }

  private mutating func document(
    from event: UnsafePointer<yaml_event_t>
  ) throws(UnreadableEvents) -> WrittenDocument {
    let isImplicit = event.pointee.data.document_start.implicit != 0
    let whole = range(of: event)
    let directives = isImplicit ? [] : self.directives(in: whole)
    let startMarker = isImplicit ? nil : whole.upperBound - 3..<whole.upperBound
    atoms.append(contentsOf: directives)
    if let startMarker { atoms.append(startMarker) }
    guard let root = try next() else { throw UnreadableEvents() }
    let end = try nextEvent()
    let endMarker = end.pointee.data.document_end.implicit == 0 ? range(of: end) : nil
    if let endMarker { atoms.append(endMarker) }
    return WrittenDocument(directives: directives, startMarker: startMarker, root: root, endMarker: endMarker)
  }

  private func directives(in range: Range<Int>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let line = start..<endOfLine(start)
      if bytes[start] == UInt8(ascii: "%") {
        let end = line.first { bytes[$0] == UInt8(ascii: "#") && isBlank(bytes[$0 - 1]) } ?? line.upperBound
        found.append(trimmed(start..<end))
      }
      start = line.upperBound + 1
    }
    return found
  }

  /// The next node; nil where a collection ends instead.
  private mutating func next() throws(UnreadableEvents) -> WrittenNode? {
    let event = try nextEvent()
    switch event.pointee.type {
    case YAML_SCALAR_EVENT: return scalar(event)
    case YAML_ALIAS_EVENT:
      let range = range(of: event)
      atoms.append(range)
      return WrittenNode(properties: [], range: range, content: .alias)
    case YAML_SEQUENCE_START_EVENT, YAML_MAPPING_START_EVENT:
      guard depth < YAMLLimits.nesting else { throw UnreadableEvents() }
      depth += 1
      defer { depth -= 1 }
      return try collection(event)
    default: return nil
    }
  }

  private mutating func collection(
    _ event: UnsafePointer<yaml_event_t>
  ) throws(UnreadableEvents) -> WrittenNode {
    let collection = CollectionStart(event.pointee)
    var whole = range(of: event)
    var properties: [Range<Int>] = []
    if collection.anchor != nil || collection.tag != nil {
      properties = NodeProperties(bytes, from: whole.lowerBound, to: whole.upperBound).words
      atoms.append(contentsOf: properties)
      let (isFlow, isMapping) = (collection.isFlow, collection.isMapping)
      let start = NodeProperties.contentStart(bytes, whole.upperBound, isFlow: isFlow, isMapping: isMapping)
      whole = start..<max(start, whole.upperBound)
    }
    var children: [WrittenNode] = []
    while let child = try next() { children.append(child) }
    let end = collection.isFlow ? cursor.offset(of: events.endOfEvent) : children.last?.range.upperBound
    let range = whole.lowerBound..<max(whole.lowerBound, end ?? whole.lowerBound)
    guard collection.isMapping else {
      return WrittenNode(properties: properties, range: range, content: .sequence(children, isFlow: collection.isFlow))
    }
    let entries = stride(from: 0, to: children.count - 1, by: 2).map {
      WrittenEntry(key: children[$0], value: children[$0 + 1])
    }
    return WrittenNode(properties: properties, range: range, content: .mapping(entries, isFlow: collection.isFlow))
  }

  private mutating func scalar(_ event: UnsafePointer<yaml_event_t>) -> WrittenNode {
    let scalar = event.pointee.data.scalar
    var whole = range(of: event)
    var words: [Range<Int>] = []
    if scalar.anchor != nil || scalar.tag != nil {
      let properties = NodeProperties(bytes, from: whole.lowerBound, to: whole.upperBound)
      words = properties.words
      whole = properties.end..<whole.upperBound
    }
    atoms.append(contentsOf: words)
    let style = ScalarStyle(scalar.style)
    if style == .literal || style == .folded {
      addBlock(whole)
    } else if !whole.isEmpty {
      atoms.append(whole)
    }
    let text = Array(UnsafeBufferPointer(start: scalar.value, count: scalar.length))
    return WrittenNode(properties: words, range: whole, content: .scalar(style, text))
  }

  /// A block scalar is two atoms, as a comment may stand behind its first line.
  private mutating func addBlock(_ whole: Range<Int>) {
    var header = whole.lowerBound + 1
    while header < whole.upperBound, "+-0123456789".utf8.contains(bytes[header]) { header += 1 }
    let content = min(endOfLine(header) + 1, bytes.count)
    atoms.append(whole.lowerBound..<header)
    atoms.append(content..<max(content, whole.upperBound))
  }

  // MARK: Comments

  /// What begins with `#` between the atoms; libyaml has read all of it, so that there it is nothing else.
  func comments(from base: Int) -> [Range<Int>] {
    var comments: [Range<Int>] = []
    var offset = base
    for gap in atoms + [bytes.count..<bytes.count] {
      while offset < gap.lowerBound {
        guard bytes[offset] == UInt8(ascii: "#") else {
          offset += 1
          continue
        }
        let end = endOfLine(offset)
        comments.append(trimmed(offset..<end))
        offset = end
      }
      offset = max(offset, gap.upperBound)
    }
    return comments
  }

  // MARK: Bytes

  private mutating func range(of event: UnsafePointer<yaml_event_t>) -> Range<Int> {
    let start = cursor.offset(of: event.pointee.start_mark.index)
    return start..<max(start, cursor.offset(of: event.pointee.end_mark.index))
  }

  private func endOfLine(_ offset: Int) -> Int {
    var end = offset
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    return end
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var end = range.upperBound
    while end > range.lowerBound, isBlank(bytes[end - 1]) { end -= 1 }
    return range.lowerBound..<end
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
}

extension ScalarStyle {
  fileprivate init(_ style: yaml_scalar_style_t) {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: self = .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: self = .literal
    case YAML_FOLDED_SCALAR_STYLE: self = .folded
    default: self = .plain
    }
  }
}
