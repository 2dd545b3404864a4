/// The anchor and tag in front of a node, which libyaml counts as part of it.
struct NodeProperties {
  /// The tags of the YAML core schema, as libyaml spells them out, and `!`; they change nothing in a spec.
  static let coreTags: Set<String> = [
    "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool",
    "tag:yaml.org,2002:null", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map",
  ]

  /// The anchor and the tag in the order in which they are written.
  private(set) var words: [Range<Int>] = []
  /// Where the tag is written.
  private(set) var tag: Range<Int>?
  /// Where the node itself begins.
  private(set) var end: Int

  private let bytes: UnsafeBufferPointer<UInt8>
  private let limit: Int

  /// Reads from the start of the node's event, but not past the end of that event.
  init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to limit: Int) {
    self.bytes = bytes
    self.limit = limit
    end = start
    while end < limit {
      let start = end
      switch bytes[end] {
      case UInt8(ascii: "&"): skipWord()
      case UInt8(ascii: "!") where tag == nil:
        skipWord()
        tag = start..<end
      default: return
      }
      words.append(start..<end)
      skipSpace()
    }
  }

  /// Where a collection with an anchor or tag begins. libyaml's event begins with the anchor and ends with the
  /// token that opens the collection, which has no width in block style, unless it is the `-` of a sequence that is
  /// not indented.
  static func contentStart(
    _ bytes: UnsafeBufferPointer<UInt8>,
    _ end: Int,
    isFlow: Bool,
    isMapping: Bool
  ) -> Int {
    if isFlow { return end - 1 }
    let isAtDash = end < bytes.count && bytes[end] == UInt8(ascii: "-")
    return isMapping || isAtDash ? end : end - 1
  }

  private mutating func skipWord() {
    let isVerbatim = end + 1 < limit && bytes[end + 1] == UInt8(ascii: "<")
    while end < limit, !isSpace(bytes[end]) {
      // Inside '!<…>' a tag may hold what else would end it.
      if !isVerbatim, ",[]{}".utf8.contains(bytes[end]) { return }
      end += 1
    }
  }

  private mutating func skipSpace() {
    while end < limit {
      if bytes[end] == UInt8(ascii: "#") {
        while end < limit, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
      } else if isSpace(bytes[end]) {
        end += 1
      } else {
        return
      }
    }
  }

  private func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}
