/// Turns libyaml's places, which count code points, into byte offsets.
///
/// It walks from the place asked for last, so that places which mostly grow cost linear time altogether.
struct CodePointCursor {
  private let bytes: UnsafeBufferPointer<UInt8>
  /// Where code point zero lies; libyaml is not shown a byte order mark.
  private let base: Int
  private let isASCII: Bool
  private var codePoint = 0
  private var offset: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>, base: Int, isASCII: Bool) {
    self.bytes = bytes
    self.base = base
    self.isASCII = isASCII
    offset = base
  }

  mutating func offset(of place: Int) -> Int {
    if isASCII { return min(base + place, bytes.count) }
    while codePoint < place, offset < bytes.count {
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      codePoint += 1
    }
    while codePoint > place {
      offset -= 1
      while bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
      codePoint -= 1
    }
    return offset
  }
}
