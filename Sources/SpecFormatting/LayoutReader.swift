import Diagnostics
import SpecSyntax
import YAMLSource

/// Gives every comment of a file to what it stands beside.
///
/// Comments and nodes are taken in the order of the file. A comment behind something on its line is its trailing comment;
/// one on a line of its own belongs to what follows, unless it is indented like what came before.
struct LayoutReader {
  private let bytes: [UInt8]
  private let written: WrittenFile
  private let lines: LineStarts
  private let scalars: ScalarLayout
  private var nextComment = 0
  /// The line on which ends what was taken last.
  private var lastLine = -1
  private var order = KeyOrder(canMove: false)

  init(_ file: SourceFile, _ written: WrittenFile) {
    bytes = file.bytes
    self.written = written
    lines = LineStarts(file.bytes)
    scalars = ScalarLayout(file.bytes)
  }

  /// `shape` is what a document of the file may hold, which gives its keys their order.
  mutating func layout(_ shape: Shape) -> Layout {
    var layout = Layout()
    for (index, document) in written.documents.enumerated() {
      let end = written.documents.dropFirst(index + 1).first?.start ?? bytes.count
      layout.documents.append(self.document(document, endingAt: end, shape))
    }
    layout.footer = remarks(before: bytes.count)
    return layout
  }

  private mutating func document(
    _ document: WrittenDocument,
    endingAt end: Int,
    _ shape: Shape
  ) -> Layout.Document {
    var result = Layout.Document()
    order = KeyOrder(of: document.root, bytes)
    let limit = document.endMarker?.lowerBound ?? end
    if document.startMarker != nil || !document.directives.isEmpty { result.preamble = remarks(before: document.start) }
    result.directives = document.directives.map { Array(bytes[$0]) }
    if let marker = document.startMarker {
      lastLine = lines.line(of: marker.lowerBound)
      result.startMarker = Layout.Marker(comment: commentOnLastLine(before: limit))
    }
    let root = document.root
    let above = remarks(before: root.isWritten ? root.start : limit)
    let shape = KeyOrder.isSpec(root) ? shape : nil
    switch root.content {
    case .mapping(_, isFlow: false), .sequence(_, isFlow: false):
      // Comments at the top that a blank line parts from the first entry are about the whole document.
      let cut = root.properties.isEmpty ? above.lastIndex { $0.isBlank }.map { $0 + 1 } ?? 0 : above.count
      result.header = Array(above[..<cut])
      let first = Array(above[cut...])
      let properties = root.properties.map { Array(bytes[$0]) }
      let piece = Piece.branch(collection(root, limit: limit, shape, above: first))
      result.root = Item(value: Part(properties: properties, piece: piece))
    case .mapping, .sequence, .scalar, .alias:
      result.header = above
      result.root = Item(value: Part(piece: .word([])))
      readValue(root, into: &result.root, limit: limit, shape)
    }
    result.footer = remarks(before: limit)
    if let marker = document.endMarker {
      lastLine = lines.line(of: marker.lowerBound)
      result.endMarker = Layout.Marker(comment: commentOnLastLine(before: end))
    }
    return result
  }
}

// MARK: - Nodes

extension LayoutReader {
  private mutating func collection(
    _ node: WrittenNode,
    limit: Int,
    _ shape: Shape?,
    above first: [Remark] = []
  ) -> Branch {
    let column = lines.column(of: node.range.lowerBound)
    switch node.content {
    case .scalar, .alias: preconditionFailure("a scalar has no items")
    case .sequence(let nodes, let isFlow):
      var collection = Branch(isMapping: false, isFlow: isFlow)
      for (index, node) in nodes.enumerated() {
        var item = Item(leading: (index == 0 ? first : []) + remarks(before: node.start))
        let end = index + 1 < nodes.count ? nodes[index + 1].start : isFlow ? node.range.upperBound : limit
        readValue(node, into: &item, limit: max(end, node.range.upperBound), shape?.element)
        collection.items.append(item)
      }
      finish(&collection, node, column, limit: limit)
      return collection
    case .mapping(let entries, let isFlow):
      var collection = Branch(isMapping: true, isFlow: isFlow)
      let record = shape?.record(for: entries)
      for (index, entry) in entries.enumerated() {
        var item = Item(leading: (index == 0 ? first : []) + remarks(before: entry.key.start))
        item.key = key(entry.key)
        let end = index + 1 < entries.count ? entries[index + 1].key.start : isFlow ? node.range.upperBound : limit
        let inner = shape?.value(of: item.key?.text, record)
        readValue(entry.value, into: &item, limit: end, inner)
        collection.items.append(item)
      }
      finish(&collection, node, column, limit: limit)
      if let record { collection.items = order.apply(record, to: collection.items) }
      return collection
    }
  }

  /// Comments below the last item that are indented like it, or that stand before the closing bracket.
  private mutating func finish(_ collection: inout Branch, _ node: WrittenNode, _ column: Int, limit: Int) {
    if collection.isFlow {
      collection.tail = remarks(before: node.range.upperBound)
      lastLine = lines.line(of: node.range.upperBound - 1)
      return
    }
    while let comment = peek(before: limit), lines.column(of: comment.lowerBound) >= column {
      take(comment, into: &collection.tail)
    }
  }

  private mutating func key(_ node: WrittenNode) -> Item.Key {
    lastLine = lines.line(of: max(node.start, node.range.upperBound - 1))
    let properties = node.properties.map { Array(bytes[$0]) }
    switch node.content {
    case .scalar(let style, let text):
      return Item.Key(properties: properties, written: scalars.word(node.range, style), text: text)
    case .alias: return Item.Key(properties: [], written: Array(bytes[node.range]) + [UInt8(ascii: " ")], text: nil)
    case .sequence, .mapping: return Item.Key(properties: properties, written: nil, text: nil)
    }
  }

  /// Reads a value with the comments between it and what is before it, and the one behind it.
  private mutating func readValue(_ node: WrittenNode, into item: inout Item, limit: Int, _ shape: Shape?) {
    let properties = node.properties.map { Array(bytes[$0]) }
    var between: [Remark] = []
    if node.isWritten {
      item.trailing = commentOnLastLine(before: node.start)
      if !node.isBlockCollection { between = remarks(before: node.range.lowerBound) }
    }
    switch node.content {
    case .scalar(let style, let text):
      let piece = scalars.piece(node.range, style, text)
      item.value = Part(properties: properties, piece: piece)
      if case .block = piece {
        lastLine = lines.line(of: node.range.lowerBound)
        keepTrailing(of: &item, before: limit, &between)
      }
      if !node.range.isEmpty { lastLine = max(lastLine, lines.line(of: scalars.lastByte(of: node.range, style))) }
    case .alias:
      item.value = Part(properties: properties, piece: .word(Array(bytes[node.range])))
      lastLine = lines.line(of: node.range.lowerBound)
    case .sequence, .mapping:
      var branch = collection(node, limit: limit, shape)
      if branch.items.isEmpty {
        // Brackets around nothing have no line for a comment.
        between += branch.tail
        branch.tail = []
      }
      item.value = Part(properties: properties, piece: .branch(branch))
    }
    if !node.isBlockCollection { keepTrailing(of: &item, before: limit, &between) }
    item.leading += between.filter { !$0.isBlank }
  }

  /// The comment behind the last line becomes the trailing one; what was there before goes above.
  private mutating func keepTrailing(of item: inout Item, before limit: Int, _ between: inout [Remark]) {
    guard let comment = commentOnLastLine(before: limit) else { return }
    if let earlier = item.trailing { between.insert(.comment(earlier), at: 0) }
    item.trailing = comment
  }
}

// MARK: - Comments

extension LayoutReader {
  private func peek(before offset: Int) -> Range<Int>? {
    guard nextComment < written.comments.count else { return nil }
    let comment = written.comments[nextComment]
    return comment.lowerBound < offset ? comment : nil
  }

  private mutating func take(_ comment: Range<Int>, into remarks: inout [Remark]) {
    let line = lines.line(of: comment.lowerBound)
    if lines.haveBlank(between: lastLine, and: line) { remarks.append(.blank) }
    remarks.append(.comment(Array(bytes[comment])))
    nextComment += 1
    lastLine = line
  }

  private mutating func commentOnLastLine(before offset: Int) -> [UInt8]? {
    guard let comment = peek(before: offset), lines.line(of: comment.lowerBound) == lastLine else { return nil }
    nextComment += 1
    return Array(bytes[comment])
  }

  /// The comments up to a place, and where blank lines stand among and behind them.
  private mutating func remarks(before offset: Int) -> [Remark] {
    var remarks: [Remark] = []
    while let comment = peek(before: offset) { take(comment, into: &remarks) }
    let line = lines.line(of: offset)
    if offset < bytes.count, lines.haveBlank(between: lastLine, and: line) { remarks.append(.blank) }
    lastLine = max(lastLine, line)
    return remarks
  }
}

extension WrittenDocument {
  /// Where the document begins that is not only comments.
  var start: Int { (directives.first ?? startMarker)?.lowerBound ?? root.start }
}

extension WrittenNode {
  var isBlockCollection: Bool {
    switch content {
    case .sequence(_, isFlow: false), .mapping(_, isFlow: false): true
    case .scalar, .alias, .sequence, .mapping: false
    }
  }

  /// Whether anything stands there.
  var isWritten: Bool { !properties.isEmpty || !range.isEmpty }
}
