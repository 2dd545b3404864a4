/// Prints a layout: two spaces for each level, one before a comment, brackets only where all of it fits on the line.
struct LayoutPrinter {
  /// Columns of a line that has brackets.
  static let width = 120
  private static let step = 2

  private var output: [UInt8] = []
  /// A key that cannot be written before a `:` was met.
  private(set) var hasFailed = false
  /// Whether a blank line would become part of the text before it.
  private var countsBlanks = false

  static func print(_ layout: Layout) -> [UInt8]? {
    var printer = LayoutPrinter()
    for document in layout.documents { printer.print(document) }
    printer.print(layout.footer, indent: 0, isFirst: printer.output.isEmpty)
    return printer.hasFailed ? nil : printer.output
  }

  private mutating func print(_ document: Layout.Document) {
    print(document.preamble, indent: 0, isFirst: output.isEmpty)
    for directive in document.directives { line(directive) }
    if let marker = document.startMarker { line(Array("---".utf8), comment: marker.comment) }
    let isFirst = output.isEmpty || document.startMarker != nil
    print(document.header, indent: 0, isFirst: isFirst)
    printRoot(document.root, isFirst: isFirst && document.header.isEmpty)
    print(document.footer, indent: 0, isFirst: output.isEmpty)
    if let marker = document.endMarker { line(Array("...".utf8), comment: marker.comment) }
  }

  private mutating func printRoot(_ item: Item, isFirst: Bool) {
    print(item.leading, indent: 0, isFirst: isFirst)
    if case .branch(let branch) = item.value.piece, item.value.properties.isEmpty,
      inline(item.value, room: Self.width) == nil
    {
      if let comment = item.trailing { line(comment) }
      return print(branch, indent: 0, lead: nil)
    }
    if case .word(let word) = item.value.piece, word.isEmpty, item.value.properties.isEmpty { return }
    printValue(of: item, behind: [], indent: 0, isItem: false)
  }

  // MARK: Items

  /// `lead` stands before the first item instead of blanks: the dashes of lists around it.
  private mutating func print(_ branch: Branch, indent: Int, lead: [UInt8]?) {
    for (index, item) in branch.items.enumerated() {
      let lead = index == 0 ? lead : nil
      print(item.leading, indent: lead.map { $0.prefix { $0 == .space }.count } ?? indent, isFirst: index == 0)
      var start = lead ?? [UInt8](repeating: .space, count: indent)
      guard branch.isMapping else {
        start.append(.dash)
        printValue(of: item, behind: start, indent: indent, isItem: true)
        continue
      }
      guard let key = item.key, let written = key.written else {
        hasFailed = true
        continue
      }
      for property in key.properties { start += property + [.space] }
      start += written + [UInt8(ascii: ":")]
      printValue(of: item, behind: start, indent: indent, isItem: false)
    }
    print(branch.tail, indent: indent, isFirst: false)
  }

  private mutating func printValue(of item: Item, behind start: [UInt8], indent: Int, isItem: Bool) {
    let properties = item.value.properties
    let head = properties.reduce(into: start) { Self.append($1, to: &$0) }
    switch item.value.piece {
    case .word(let word):
      var text = head
      if !word.isEmpty { Self.append(word, to: &text) }
      line(text, comment: item.trailing)
    case .lines(let lines, joined: _):
      for (index, text) in lines.enumerated() {
        var whole = index == 0 ? head : [UInt8](repeating: .space, count: text.isEmpty ? 0 : indent + Self.step)
        if index == 0 { Self.append(text, to: &whole) } else { whole += text }
        line(whole, comment: index == lines.count - 1 ? item.trailing : nil)
      }
    case .block(let header, let lines):
      var first = head
      Self.append(header, to: &first)
      line(first, comment: item.trailing)
      for text in lines {
        line([UInt8](repeating: .space, count: text.isEmpty ? 0 : indent + Self.step) + text)
      }
      countsBlanks = header.contains(UInt8(ascii: "+"))
    case .branch(let branch):
      if let text = inline(item.value, room: Self.width - start.columns - 1) {
        var whole = start
        Self.append(text, to: &whole)
        return line(whole, comment: item.trailing)
      }
      guard isItem, properties.isEmpty else {
        line(head, comment: item.trailing)
        return print(branch, indent: start.isEmpty ? 0 : indent + Self.step, lead: nil)
      }
      // A comment behind the bracket of a list that is none any more has no line of its own to end.
      if let comment = item.trailing {
        line([UInt8](repeating: .space, count: start.prefix { $0 == .space }.count) + comment)
      }
      print(branch, indent: indent + Self.step, lead: start + [.space])
    }
  }

  // MARK: Brackets

  /// A value on one line of at most so many columns; nil where it is written without brackets, holds a comment or does
  /// not fit.
  private func inline(_ part: Part, room: Int) -> [UInt8]? {
    var text: [UInt8] = []
    for property in part.properties { Self.append(property, to: &text) }
    switch part.piece {
    case .word(let word): if !word.isEmpty { Self.append(word, to: &text) }
    case .lines(_, let joined):
      guard let joined else { return nil }
      Self.append(joined, to: &text)
    case .block: return nil
    case .branch(let branch):
      guard branch.isFlow, branch.tail.allSatisfy(\.isBlank),
        let inner = inline(branch, room: room - text.columns)
      else { return nil }
      Self.append(inner, to: &text)
    }
    return text.columns <= room ? text : nil
  }

  private func inline(_ branch: Branch, room: Int) -> [UInt8]? {
    guard !branch.items.isEmpty else { return Array((branch.isMapping ? "{}" : "[]").utf8) }
    var text = Array((branch.isMapping ? "{ " : "[").utf8)
    for (index, item) in branch.items.enumerated() {
      guard !item.hasComments else { return nil }
      if index > 0 { text += Array(", ".utf8) }
      if branch.isMapping {
        guard let key = item.key, let written = key.written else { return nil }
        for property in key.properties { text += property + [.space] }
        text += written
      }
      guard let value = inline(item.value, room: room - text.columns) else { return nil }
      if branch.isMapping, !value.isEmpty { text += Array(": ".utf8) }
      text += value
    }
    return text + Array((branch.isMapping ? " }" : "]").utf8)
  }

  // MARK: Lines

  private mutating func print(_ remarks: [Remark], indent: Int, isFirst: Bool) {
    var isFirst = isFirst
    for remark in remarks {
      switch remark {
      case .blank: if !isFirst, !countsBlanks { output.append(.newline) }
      case .comment(let text): line([UInt8](repeating: .space, count: indent) + text)
      }
      isFirst = false
    }
  }

  private mutating func line(_ text: [UInt8], comment: [UInt8]? = nil) {
    countsBlanks = false
    output += text
    if let comment {
      if !text.isEmpty { output.append(.space) }
      output += comment
    }
    output.append(.newline)
  }

  private static func append(_ word: [UInt8], to text: inout [UInt8]) {
    if let last = text.last, last != .space { text.append(.space) }
    text += word
  }
}

extension [UInt8] {
  /// Columns by code points.
  fileprivate var columns: Int { reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 } }
}
