import SpecSyntax
import YAMLSource

/// Puts the keys of records in the order of the language.
///
/// An entry of another name stays behind the one that it follows. Nothing is moved where an alias would come to stand
/// before its anchor.
struct KeyOrder {
  private enum Mention: Hashable {
    case anchor([UInt8])
    case alias([UInt8])
  }

  private let canMove: Bool
  private let hasAliases: Bool

  init(canMove: Bool) {
    self.canMove = canMove
    hasAliases = false
  }

  /// In a document that gives one name to two anchors, what an alias names depends on where it stands.
  init(of root: WrittenNode, _ bytes: [UInt8]) {
    var anchors: Set<[UInt8]> = []
    var isRepeated = false
    var hasAliases = false
    root.forEachNode { node in
      if case .alias = node.content { hasAliases = true }
      for range in node.properties where bytes[range.lowerBound] == .ampersand {
        if !anchors.insert(Array(bytes[range])).inserted { isRepeated = true }
      }
    }
    canMove = !isRepeated
    self.hasAliases = hasAliases
  }

  /// Whether a document says that it is a spec.
  static func isSpec(_ root: WrittenNode) -> Bool {
    guard case .mapping(let entries, _) = root.content else { return false }
    return entries.contains { entry in
      if case .scalar(_, let text) = entry.key.content { text.elementsEqual("nines".utf8) } else { false }
    }
  }

  func apply(_ record: RecordShape, to items: [Item]) -> [Item] {
    guard canMove else { return items }
    let ranks = Dictionary(
      record.writtenOrder.enumerated().map { (Array($1.utf8), $0) },
      uniquingKeysWith: { first, _ in first }
    )
    var rank = -1
    let ranked = items.enumerated().map { index, item in
      rank = item.key?.text.flatMap { ranks[$0] } ?? rank
      return (rank: rank, index: index)
    }
    let ordered = ranked.sorted { ($0.rank, $0.index) < ($1.rank, $1.index) }.map { items[$0.index] }
    return hasAliases && !keepsAnchorsFirst(ordered) ? items : ordered
  }

  private func keepsAnchorsFirst(_ items: [Item]) -> Bool {
    let mentions = items.map { item in
      var mentions: Set<Mention> = []
      Self.collect(item, into: &mentions)
      return mentions
    }
    var pending = mentions.reduce(into: Set<[UInt8]>()) { pending, mentions in
      for case .anchor(let name) in mentions { pending.insert(name) }
    }
    for mentions in mentions {
      for case .anchor(let name) in mentions { pending.remove(name) }
      for case .alias(let name) in mentions where pending.contains(name) { return false }
    }
    return true
  }

  private static func collect(_ item: Item, into mentions: inout Set<Mention>) {
    for property in item.value.properties + (item.key?.properties ?? []) where property.first == .ampersand {
      mentions.insert(.anchor(Array(property.dropFirst())))
    }
    if let key = item.key?.written, key.first == .asterisk {
      mentions.insert(.alias(key.dropFirst().filter { $0 != .space }))
    }
    switch item.value.piece {
    case .word(let word) where word.first == .asterisk: mentions.insert(.alias(Array(word.dropFirst())))
    case .word, .lines, .block: return
    case .branch(let branch): for item in branch.items { collect(item, into: &mentions) }
    }
  }
}

extension Shape {
  /// What the items of a list may be.
  var element: Shape? {
    switch self {
    case .list(let element): element
    case .alternatives(let shapes): shapes.lazy.compactMap(\.element).first
    case .scalar, .map, .record: nil
    }
  }

  /// The record that a mapping most likely is.
  func record(for entries: [WrittenEntry]) -> RecordShape? {
    switch self {
    case .record(let record): record
    case .scalar, .list, .map: nil
    case .alternatives(let shapes):
      shapes.compactMap { $0.record(for: entries) }.max { $0.count(of: entries) < $1.count(of: entries) }
    }
  }

  /// What may stand behind a key.
  func value(of key: [UInt8]?, _ record: RecordShape?) -> Shape? {
    if let record {
      return key.flatMap { key in record.keys.first { $0.name.utf8.elementsEqual(key) }?.shape }
        ?? record.others?.values
    }
    switch self {
    case .map(let map): return map.values
    case .alternatives(let shapes): return shapes.lazy.compactMap { $0.value(of: key, nil) }.first
    case .scalar, .list, .record: return nil
    }
  }
}

extension RecordShape {
  /// How many of some entries have keys of the record.
  fileprivate func count(of entries: [WrittenEntry]) -> Int {
    entries.count { entry in
      guard case .scalar(_, let text) = entry.key.content else { return false }
      return keys.contains { $0.name.utf8.elementsEqual(text) }
    }
  }
}

extension WrittenNode {
  fileprivate func forEachNode(_ visit: (WrittenNode) -> Void) {
    visit(self)
    switch content {
    case .scalar, .alias: return
    case .sequence(let nodes, _): for node in nodes { node.forEachNode(visit) }
    case .mapping(let entries, _):
      for entry in entries {
        entry.key.forEachNode(visit)
        entry.value.forEachNode(visit)
      }
    }
  }
}

extension UInt8 {
  fileprivate static let ampersand = UInt8(ascii: "&")
  fileprivate static let asterisk = UInt8(ascii: "*")
}
