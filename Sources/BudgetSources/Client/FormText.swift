/// Fields as `application/x-www-form-urlencoded`, in their order.
struct FormText {
  private(set) var text = ""

  mutating func add(_ name: String, _ value: String) {
    if !text.isEmpty { text.append("&") }
    text.append(name)
    text.append("=")
    for byte in value.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        text.append("%")
        text.append(Self.hexadecimal[Int(byte >> 4)])
        text.append(Self.hexadecimal[Int(byte & 15)])
      }
    }
  }

  private static let hexadecimal = Array("0123456789ABCDEF")
}

/// Milliseconds as seconds with three decimals at most, as the API reads times.
func secondsText(_ milliseconds: Int64) -> String {
  let (seconds, rest) = milliseconds.magnitude.quotientAndRemainder(dividingBy: 1_000)
  let sign = milliseconds < 0 ? "-" : ""
  if rest == 0 { return "\(sign)\(seconds)" }
  let digits = String(1_000 + rest).dropFirst()
  return "\(sign)\(seconds).\(digits)"
}
