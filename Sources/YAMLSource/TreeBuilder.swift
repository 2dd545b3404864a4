import CLibYAML
import Diagnostics

/// Turns libyaml's events into a tree, with a stack of its own so that nesting costs no recursion.
struct TreeBuilder {
  /// A node where it is used: for an alias the place of the alias, not of the node that it names.
  struct Occurrence {
    let index: Int32
    let start: UInt32
    let end: UInt32
  }

  private struct OpenCollection {
    let index: Int32
    let isMapping: Bool
    let isFlow: Bool
    let start: Int
    let firstChild: Int
    let anchor: String?
    /// Nodes in this collection, counted again for each alias that names them.
    var expandedCount: Int
  }

  private struct Anchor {
    let index: Int32
    /// Nodes that an alias to it stands for; nil until its collection has ended.
    var expandedCount: Int?
  }

  /// Why building ended; after `.stopped` the document in hand is given up.
  private enum Progress {
    case more
    case finished
    case stopped
  }

  let file: SourceFile
  let bytes: UnsafeBufferPointer<UInt8>
  var store: NodeStore
  var keys = KeyIndex()
  private let text: ReadableText
  var cursor: CodePointCursor
  private var roots: [Int32] = []
  private var open: [OpenCollection] = []
  /// The children of the open collections so far, outer before inner.
  var pending: [Occurrence] = []
  private var anchors: [String: Anchor] = [:]
  private var aliasedCount = 0
  private var documentCount = 0

  init(file: SourceFile, bytes: UnsafeBufferPointer<UInt8>, text: ReadableText) {
    self.file = file
    self.bytes = bytes
    self.text = text
    store = NodeStore(bytes)
    cursor = CodePointCursor(bytes, base: text.base, isASCII: text.isASCII)
  }

  mutating func build(into bag: inout DiagnosticBag) -> [YAMLNode] {
    var events = EventStream(UnsafeBufferPointer(rebasing: bytes[text.base...]))
    var progress = Progress.more
    while case .more = progress {
      if let event = events.next() {
        progress = take(event, into: &bag)
      } else {
        report(events.failure, into: &bag)
        progress = .stopped
      }
    }
    let tree = YAMLTree(file: file, records: store.records, children: store.children, decoded: store.decoded)
    return roots.map { YAMLNode($0, in: tree) }
  }

  private mutating func take(_ event: UnsafePointer<yaml_event_t>, into bag: inout DiagnosticBag) -> Progress {
    switch event.pointee.type {
    case YAML_DOCUMENT_START_EVENT: return beginDocument(event, into: &bag)
    case YAML_DOCUMENT_END_EVENT: endDocument()
    case YAML_SCALAR_EVENT: addScalar(event, into: &bag)
    case YAML_ALIAS_EVENT: return addAlias(event, into: &bag)
    case YAML_SEQUENCE_START_EVENT, YAML_MAPPING_START_EVENT: return beginCollection(event, into: &bag)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: endCollection(event, into: &bag)
    case YAML_STREAM_END_EVENT: return .finished
    default: break
    }
    return .more
  }

  /// Where the innermost bracket opens that is not closed, if the innermost collection has brackets at all.
  var innermostBracket: Int? {
    open.last.flatMap { $0.isFlow ? $0.start : nil }
  }

  func span(_ start: Int, _ end: Int) -> SourceSpan {
    SourceSpan(file: file.id, start: start, end: end)
  }

  func span(_ occurrence: Occurrence) -> SourceSpan {
    span(Int(occurrence.start), Int(occurrence.end))
  }
}

extension TreeBuilder {
  private mutating func beginDocument(
    _ event: UnsafePointer<yaml_event_t>,
    into bag: inout DiagnosticBag
  ) -> Progress {
    documentCount += 1
    if documentCount <= YAMLLimits.documents { return .more }
    let start = cursor.offset(of: event.pointee.start_mark.index)
    let end = cursor.offset(of: event.pointee.end_mark.index)
    bag.report(
      .limitExceeded,
      "the file has more than the limit of \(YAMLLimits.documents) documents",
      at: span(start, end),
      fix: DiagnosticFix("split the file at a '---' line")
    )
    return .stopped
  }

  private mutating func endDocument() {
    if let root = pending.last, !isEmptyDocument(root) { roots.append(root.index) }
    pending.removeAll(keepingCapacity: true)
    anchors.removeAll(keepingCapacity: true)
  }

  private func isEmptyDocument(_ root: Occurrence) -> Bool {
    store[root.index].shape == .plain && root.start == root.end
  }

  private mutating func addScalar(_ event: UnsafePointer<yaml_event_t>, into bag: inout DiagnosticBag) {
    let scalar = event.pointee.data.scalar
    var start = cursor.offset(of: event.pointee.start_mark.index)
    var end = cursor.offset(of: event.pointee.end_mark.index)
    if scalar.anchor != nil || scalar.tag != nil {
      let properties = NodeProperties(bytes, from: start, to: end)
      start = properties.end
      check(scalar.tag, properties, into: &bag)
    }
    let shape = YAMLRecord.Shape(scalar.style)
    if shape == .literal || shape == .folded { end = endOfLastLine(start, end) }
    let index = addScalar(shape, start, end, UnsafeBufferPointer(start: scalar.value, count: scalar.length))
    if let anchor = scalar.anchor { anchors[String(cString: anchor)] = Anchor(index: index, expandedCount: 1) }
    addChild(index, start, end, expandedCount: 1)
  }

  private mutating func addScalar(
    _ shape: YAMLRecord.Shape,
    _ start: Int,
    _ end: Int,
    _ text: UnsafeBufferPointer<UInt8>
  ) -> Int32 {
    let quotes = shape == .singleQuoted || shape == .doubleQuoted ? 1 : 0
    let inside = start + quotes..<max(start + quotes, end - quotes)
    let isDecoded = inside.count != text.count || !bytes[inside].elementsEqual(text)
    let lower = isDecoded ? store.decoded.count : inside.lowerBound
    if isDecoded { store.decoded.append(contentsOf: text) }
    return store.add(
      YAMLRecord(
        shape: shape,
        isDecoded: isDecoded,
        start: UInt32(start),
        end: UInt32(end),
        lower: UInt32(lower),
        upper: UInt32(lower + text.count)
      )
    )
  }

  /// libyaml ends a block scalar where the next token may begin; people see it end with its last line.
  private func endOfLastLine(_ start: Int, _ end: Int) -> Int {
    var end = end
    while end > start + 1, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[end - 1]) { end -= 1 }
    return end
  }

  private mutating func addAlias(
    _ event: UnsafePointer<yaml_event_t>,
    into bag: inout DiagnosticBag
  ) -> Progress {
    let start = cursor.offset(of: event.pointee.start_mark.index)
    let end = cursor.offset(of: event.pointee.end_mark.index)
    let name = event.pointee.data.alias.anchor.map { String(cString: $0) } ?? ""
    guard let anchor = anchors[name], let expandedCount = anchor.expandedCount else {
      reportUnresolved(name, isOpen: anchors[name] != nil, at: span(start, end), into: &bag)
      let record = YAMLRecord(
        shape: .unresolved,
        isDecoded: false,
        start: UInt32(start),
        end: UInt32(end),
        lower: UInt32(start),
        upper: UInt32(end)
      )
      addChild(store.add(record), start, end, expandedCount: 1)
      return .more
    }
    aliasedCount += expandedCount
    if aliasedCount > YAMLLimits.aliasedNodes {
      bag.report(
        .limitExceeded,
        "with '*\(Excerpt.of(name))' the aliases of this file stand for \(aliasedCount) nodes, more than the limit of "
          + "\(YAMLLimits.aliasedNodes)",
        at: span(start, end),
        fix: DiagnosticFix("write out what is meant, or split the file")
      )
      return .stopped
    }
    addChild(anchor.index, start, end, expandedCount: expandedCount)
    return .more
  }

  private func reportUnresolved(_ name: String, isOpen: Bool, at span: SourceSpan, into bag: inout DiagnosticBag) {
    let name = Excerpt.of(name)
    bag.report(
      .notYAML,
      isOpen
        ? "alias '*\(name)' lies inside the value that '&\(name)' names, which would never end"
        : "alias '*\(name)' has no anchor '&\(name)' before it in this document",
      at: span
    )
  }

  private mutating func addChild(_ index: Int32, _ start: Int, _ end: Int, expandedCount: Int) {
    pending.append(Occurrence(index: index, start: UInt32(start), end: UInt32(end)))
    if !open.isEmpty { open[open.count - 1].expandedCount += expandedCount }
  }
}

extension TreeBuilder {
  private mutating func beginCollection(
    _ event: UnsafePointer<yaml_event_t>,
    into bag: inout DiagnosticBag
  ) -> Progress {
    let collection = CollectionStart(event.pointee)
    var start = cursor.offset(of: event.pointee.start_mark.index)
    let end = cursor.offset(of: event.pointee.end_mark.index)
    if collection.anchor != nil || collection.tag != nil {
      check(collection.tag, NodeProperties(bytes, from: start, to: end), into: &bag)
      start = NodeProperties.contentStart(bytes, end, isFlow: collection.isFlow, isMapping: collection.isMapping)
    }
    guard open.count < YAMLLimits.nesting else {
      bag.report(
        .limitExceeded,
        "lists and mappings are nested more than the limit of \(YAMLLimits.nesting) levels deep",
        at: span(start, min(start + 1, bytes.count)),
        fix: DiagnosticFix("give the inner part a name of its own, or move it to another file")
      )
      return .stopped
    }
    // The record is written when the end is known; its place is taken now, so that aliases inside can tell.
    let index = store.add(
      YAMLRecord(
        shape: collection.isMapping ? .mapping : .sequence,
        isDecoded: false,
        start: UInt32(start),
        end: UInt32(start),
        lower: 0,
        upper: 0
      )
    )
    let anchor = collection.anchor.map { String(cString: $0) }
    if let anchor { anchors[anchor] = Anchor(index: index, expandedCount: nil) }
    open.append(
      OpenCollection(
        index: index,
        isMapping: collection.isMapping,
        isFlow: collection.isFlow,
        start: start,
        firstChild: pending.count,
        anchor: anchor,
        expandedCount: 1
      )
    )
    return .more
  }

  private mutating func endCollection(_ event: UnsafePointer<yaml_event_t>, into bag: inout DiagnosticBag) {
    guard let collection = open.popLast() else { preconditionFailure("libyaml ends only what it has begun") }
    let end: Int
    if collection.isFlow {
      end = cursor.offset(of: event.pointee.end_mark.index)
    } else {
      // libyaml ends a block collection where the next token starts; stop at the last child instead.
      end = pending.count > collection.firstChild ? Int(pending[pending.count - 1].end) : collection.start
    }
    let firstInStore = store.children.count
    if collection.isMapping {
      addEntries(ofPending: collection.firstChild..<pending.count, into: &bag)
    } else {
      store.children.append(contentsOf: pending[collection.firstChild...].lazy.map(\.index))
    }
    pending.removeSubrange(collection.firstChild...)
    store.records[Int(collection.index)] = YAMLRecord(
      shape: collection.isMapping ? .mapping : .sequence,
      isDecoded: false,
      start: UInt32(collection.start),
      end: UInt32(end),
      lower: UInt32(firstInStore),
      upper: UInt32(store.children.count)
    )
    if let anchor = collection.anchor, anchors[anchor]?.index == collection.index {
      anchors[anchor]?.expandedCount = collection.expandedCount
    }
    addChild(collection.index, collection.start, end, expandedCount: collection.expandedCount)
  }

  private func check(
    _ tag: UnsafeMutablePointer<yaml_char_t>?,
    _ properties: NodeProperties,
    into bag: inout DiagnosticBag
  ) {
    guard let tag, let range = properties.tag else { return }
    let name = String(cString: tag)
    guard !NodeProperties.coreTags.contains(name) else { return }
    bag.report(
      .notYAML,
      "tag '\(Excerpt.of(file.text(in: range)))' has no meaning in a spec",
      at: span(range.lowerBound, range.upperBound),
      fix: DiagnosticFix("remove the tag")
    )
  }
}

/// The common part of the two events that begin a collection.
struct CollectionStart {
  let isMapping: Bool
  let isFlow: Bool
  let anchor: UnsafeMutablePointer<yaml_char_t>?
  let tag: UnsafeMutablePointer<yaml_char_t>?

  init(_ event: yaml_event_t) {
    isMapping = event.type == YAML_MAPPING_START_EVENT
    if isMapping {
      let start = event.data.mapping_start
      (isFlow, anchor, tag) = (start.style == YAML_FLOW_MAPPING_STYLE, start.anchor, start.tag)
    } else {
      let start = event.data.sequence_start
      (isFlow, anchor, tag) = (start.style == YAML_FLOW_SEQUENCE_STYLE, start.anchor, start.tag)
    }
  }
}

extension YAMLRecord.Shape {
  init(_ style: yaml_scalar_style_t) {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: self = .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: self = .literal
    case YAML_FOLDED_SCALAR_STYLE: self = .folded
    default: self = .plain
    }
  }
}
