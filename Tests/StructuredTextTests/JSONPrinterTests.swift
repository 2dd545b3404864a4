import Foundation
import StructuredText
import Testing

@Suite("Printing JSON")
struct JSONPrinterTests {
  @Test("a tree prints compactly and prettily, members in their order")
  func layouts() {
    let value: JSONValue = [
      "name": "checkout", "targets": [1, .number(NumberText(grammar: "0.999"))], "none": [], "nothing": [:],
      "on": true, "gap": .null,
    ]
    #expect(
      value.text(.compact) == #"{"name":"checkout","targets":[1,0.999],"none":[],"nothing":{},"on":true,"gap":null}"#
    )
    #expect(
      value.text(.pretty) == """
        {
          "name": "checkout",
          "targets": [
            1,
            0.999
          ],
          "none": [],
          "nothing": {},
          "on": true,
          "gap": null
        }

        """
    )
  }

  @Test(
    "a string escapes what JSON forbids and what nobody sees",
    arguments: [
      ("quote \" and \\", #""quote \" and \\""#),
      ("\u{8}\u{9}\u{A}\u{C}\u{D}", #""\b\t\n\f\r""#),
      ("\u{0}\u{1B}[31m\u{7F}\u{9B}", #""\u0000\u001b[31m\u007f\u009b""#),
      ("a\u{2028}b\u{202E}c\u{FEFF}", #""a\u2028b\u202ec\ufeff""#),
      ("\u{E0001}\u{1FFFF}", #""\udb40\udc01\ud83f\udfff""#),
      ("é 日本 😀 👩‍👩‍👧", #""é 日本 😀 👩‍👩‍👧""#),
      ("</script>", #""</script>""#),
    ]
  )
  func escapes(_ text: String, _ printed: String) {
    #expect(JSONValue.string(text).text(.compact) == printed)
  }

  @Test("code points of every kind come back from another JSON reader as they were")
  func codePoints() throws {
    let beyond = [0xFDD0, 0xFEFF, 0xFFFE, 0xFFFF, 0x1_0000, 0x1_F600, 0xE_0001, 0x10_FFFF] as [UInt32]
    let values = Array(0..<0x3000) + stride(from: 0x3000, to: 0x11_0000, by: 257) + beyond
    let scalars = values.compactMap { Unicode.Scalar($0) }
    let text = String(String.UnicodeScalarView(scalars))
    let printed = JSONValue.array([.string(text)]).text(.compact)
    let read = try JSONDecoder().decode([String].self, from: Data(printed.utf8))
    #expect(Array(read[0].unicodeScalars) == Array(text.unicodeScalars))
    #expect(try Array(JSONParser.parse(printed).array?[0].string?.unicodeScalars ?? .init()) == Array(scalars))
  }

  @Test("a record leaves out what is nil")
  func record() {
    #expect(JSONValue.record(["a": "x", "b": nil, "c": .null]).text(.compact) == #"{"a":"x","c":null}"#)
  }
}

@Suite("Numbers as text")
struct NumberTextTests {
  @Test(
    "the grammar of JSON decides",
    arguments: ["0", "-0", "10", "0.10", "-1.5e10", "1E+5", "1e-05", "123456789012345678901"]
  )
  func accepted(_ text: String) {
    #expect(NumberText(text)?.text == text)
  }

  @Test(
    "anything else is no number",
    arguments: ["", "-", "+1", "01", "-01", ".5", "1.", "1e", "1e+", "0x1F", "NaN", "Infinity", "1 ", " 1", "1,5", "١"]
  )
  func refused(_ text: String) {
    #expect(NumberText(text) == nil)
  }

  @Test("doubles print with the digits that read back, and infinities not at all")
  func doubles() {
    #expect(NumberText(0.1)?.text == "0.1")
    #expect(NumberText(1e-7)?.text == "1e-07")
    #expect(NumberText(Double.infinity) == nil)
    #expect(NumberText(Double.nan) == nil)
  }

  @Test("a number reads as an integer only when it is written as one")
  func integers() {
    #expect(NumberText("42")?.integer == 42)
    #expect(NumberText("42.0")?.integer == nil)
    #expect(NumberText("99999999999999999999")?.integer == nil)
    #expect(NumberText("1e999")?.double == nil)
    #expect(NumberText("2.5e1")?.double == 25)
  }
}

extension NumberText {
  init(grammar text: String) {
    guard let number = NumberText(text) else { preconditionFailure("'\(text)' is a number") }
    self = number
  }
}
