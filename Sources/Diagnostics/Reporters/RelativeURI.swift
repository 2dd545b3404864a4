import StructuredText

/// A path as a relative reference (RFC 3986): every byte outside its unreserved characters is percent-encoded.
enum RelativeURI {
  static func text(of path: String) -> String {
    var writer = TextWriter()
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        writer.write(byte)
      default:
        writer.write(UInt8(ascii: "%"))
        writer.write(String(byte >> 4, radix: 16, uppercase: true))
        writer.write(String(byte & 0x0F, radix: 16, uppercase: true))
      }
    }
    return writer.text
  }
}
