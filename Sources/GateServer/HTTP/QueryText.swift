/// A query string while its fields are read: `application/x-www-form-urlencoded`.
struct QueryText: Sendable {
  private var fields: [(name: String, value: String)] = []

  init(_ text: some StringProtocol) throws(Problem) {
    for part in Array(text.utf8).split(separator: UInt8(ascii: "&")) {
      let name = part.prefix { $0 != UInt8(ascii: "=") }
      let value = part.dropFirst(name.count + 1)
      fields.append((try percentDecoded(name, plusIsSpace: true), try percentDecoded(value, plusIsSpace: true)))
    }
  }

  /// The value of a field that may come once.
  mutating func takeOne(_ name: String) throws(Problem) -> String? {
    let values = takeAll(name)
    if values.count > 1 { throw Problem(.unreadableRequest, "the query has '\(name)' \(values.count) times") }
    return values.first
  }

  /// How an answer is to be told; `usual` where the query does not say.
  mutating func takeTelling(
    usual: GateQuestion.Telling,
    of known: [GateQuestion.Telling]
  ) throws(Problem) -> GateQuestion.Telling {
    guard let text = try takeOne("answer-as") else { return usual }
    guard let telling = known.first(where: { $0.rawValue == text }) else {
      let names = known.map { "'\($0.rawValue)'" }.joined(separator: " or ")
      throw Problem(.unreadableRequest, "'answer-as' is not \(names)")
    }
    return telling
  }

  mutating func takeAll(_ name: String) -> [String] {
    let values = fields.filter { $0.name == name }.map(\.value)
    fields.removeAll { $0.name == name }
    return values
  }

  /// What is left nobody asked for: a slip, such as a misspelt name, must not be taken for a question without it.
  func finish() throws(Problem) {
    if let field = fields.first { throw Problem(.unreadableRequest, "the query has an unknown field '\(field.name)'") }
  }
}

/// The text that percent signs and digits stand for (RFC 3986, section 2.1); a problem where that is no UTF-8.
func percentDecoded(_ text: some Sequence<UInt8>, plusIsSpace: Bool = false) throws(Problem) -> String {
  var bytes: [UInt8] = []
  var iterator = text.makeIterator()
  while let byte = iterator.next() {
    switch byte {
    case UInt8(ascii: "%"):
      guard let high = iterator.next().flatMap(digit), let low = iterator.next().flatMap(digit) else {
        throw Problem(.unreadableRequest, "a percent sign without two hexadecimal digits")
      }
      bytes.append(high << 4 | low)
    case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
    default: bytes.append(byte)
    }
  }
  guard let decoded = String(validating: bytes, as: UTF8.self) else {
    throw Problem(.unreadableRequest, "bytes that are no UTF-8")
  }
  return decoded
}

private func digit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}
