import YAMLSource

/// Whether two files say the same: the same documents with the same comments, in whatever order keys and comments stand.
enum MeaningCheck {
  static func isSame(_ before: WrittenFile, _ bytes: [UInt8], _ after: WrittenFile, _ otherBytes: [UInt8]) -> Bool {
    let one = Reading(written: before, bytes: bytes)
    let other = Reading(written: after, bytes: otherBytes)
    return before.documents.count == after.documents.count && one.comments == other.comments
      && zip(before.documents, after.documents).allSatisfy { one.isSame($0, $1, in: other) }
  }
}

private struct Reading {
  let written: WrittenFile
  let bytes: [UInt8]

  var comments: [ArraySlice<UInt8>: Int] {
    written.comments.reduce(into: [:]) { $0[bytes[$1], default: 0] += 1 }
  }

  func isSame(_ document: WrittenDocument, _ theirs: WrittenDocument, in other: Reading) -> Bool {
    (document.startMarker == nil) == (theirs.startMarker == nil)
      && (document.endMarker == nil) == (theirs.endMarker == nil)
      && document.directives.map { bytes[$0] } == theirs.directives.map { other.bytes[$0] }
      && isSame(document.root, theirs.root, in: other)
  }

  private func isSame(_ node: WrittenNode, _ theirs: WrittenNode, in other: Reading) -> Bool {
    guard node.properties.map({ bytes[$0] }) == theirs.properties.map({ other.bytes[$0] }) else { return false }
    switch (node.content, theirs.content) {
    case (.scalar(let style, let text), .scalar(let otherStyle, let otherText)):
      return text == otherText && style.reading == otherStyle.reading
    case (.alias, .alias): return bytes[node.range] == other.bytes[theirs.range]
    case (.sequence(let items, _), .sequence(let otherItems, _)):
      return items.count == otherItems.count && zip(items, otherItems).allSatisfy { isSame($0, $1, in: other) }
    case (.mapping(let entries, _), .mapping(let otherEntries, _)):
      return haveSame(entries, otherEntries, in: other)
    case (.scalar, _), (.alias, _), (.sequence, _), (.mapping, _): return false
    }
  }

  private func haveSame(_ entries: [WrittenEntry], _ theirs: [WrittenEntry], in other: Reading) -> Bool {
    guard entries.count == theirs.count else { return false }
    let byKey = Dictionary(theirs.map { (other.name(of: $0.key), $0) }, uniquingKeysWith: { first, _ in first })
    return entries.allSatisfy { entry in
      guard let match = byKey[name(of: entry.key)] else { return false }
      return isSame(entry.key, match.key, in: other) && isSame(entry.value, match.value, in: other)
    }
  }

  private func name(of key: WrittenNode) -> [UInt8] {
    switch key.content {
    case .scalar(_, let text): text
    case .alias, .sequence, .mapping: Array(bytes[key.range])
    }
  }
}

extension ScalarStyle {
  /// Quotes of either kind read the same; a scalar without any may be null.
  fileprivate var reading: ScalarStyle {
    switch self {
    case .plain, .literal, .folded: self
    case .singleQuoted, .doubleQuoted: .doubleQuoted
    }
  }
}
