/// A file between reading and printing: what its author wrote, without where it stood.
struct Layout {
  /// `---` or `...`, with the comment behind it.
  struct Marker {
    let comment: [UInt8]?
  }

  struct Document {
    /// Comments above the `%` lines and the `---`.
    var preamble: [Remark] = []
    var directives: [[UInt8]] = []
    var startMarker: Marker?
    /// Comments at the top that belong to no entry.
    var header: [Remark] = []
    var root = Item()
    var footer: [Remark] = []
    var endMarker: Marker?
  }

  var documents: [Document] = []
  /// Comments of a file without documents.
  var footer: [Remark] = []
}

/// What stands on lines of its own.
enum Remark {
  case comment([UInt8])
  case blank

  var isBlank: Bool {
    switch self {
    case .comment: false
    case .blank: true
    }
  }
}

/// An entry of a mapping, an item of a sequence, or the root of a document.
struct Item {
  struct Key {
    var properties: [[UInt8]]
    /// nil for a key that is no text, which no spec has.
    var written: [UInt8]?
    /// As it reads; nil for an alias.
    var text: [UInt8]?
  }

  /// What stands above it.
  var leading: [Remark] = []
  var key: Key?
  var value = Part(piece: .word([]))
  /// The comment behind it on its line.
  var trailing: [UInt8]?

  var hasComments: Bool { trailing != nil || !leading.allSatisfy(\.isBlank) }
}

/// A value with its anchor and tag.
struct Part {
  var properties: [[UInt8]] = []
  var piece: Piece
}

indirect enum Piece {
  /// A scalar on one line or an alias; empty for a value that is not written.
  case word([UInt8])
  /// A scalar of several lines that are folded into one, and that one where nothing is lost by it.
  case lines([[UInt8]], joined: [UInt8]?)
  /// A literal or folded scalar.
  case block(header: [UInt8], lines: [[UInt8]])
  case branch(Branch)
}

struct Branch {
  let isMapping: Bool
  /// Whether its author wrote brackets.
  let isFlow: Bool
  var items: [Item] = []
  /// Comments below the last item.
  var tail: [Remark] = []
}
