import YAMLSource

/// The names of a record's keys, flat, so that a key of a document is found without touching their documentation.
struct KeyTable: Sendable {
  private let bytes: [UInt8]
  private let ranges: [Range<Int>]

  init(_ names: [String]) {
    var bytes: [UInt8] = []
    ranges = names.map { name in
      let start = bytes.count
      bytes.append(contentsOf: name.utf8)
      return start..<bytes.count
    }
    self.bytes = bytes
  }

  /// The place of a name among the keys.
  func index(of key: YAMLNode) -> Int? {
    key.withTextBytes { text in
      ranges.firstIndex { range in range.count == text.count && bytes[range].elementsEqual(text) }
    }
  }
}
