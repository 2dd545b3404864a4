import StructuredText
import Testing

@Suite("Reading JSON")
struct JSONParserTests {
  @Test(
    "every kind of value is read, numbers with their exact text",
    arguments: [
      (" null ", JSONValue.null),
      ("true", true),
      ("false", false),
      ("\t[ ]\r\n", []),
      ("{ }", [:]),
      ("-0.50E+3", .number(NumberText(grammar: "-0.50E+3"))),
      (#"[1, "two", {"three": [3]}]"#, [1, "two", ["three": [3]]]),
      (#"{"b": 1, "a": 2}"#, ["b": 1, "a": 2]),
      (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
      (#""\u00e9\uD83D\uDE00\u0000""#, "é😀\u{0}"),
      ("\"é日😀\u{7F}\"", "é日😀\u{7F}"),
    ] as [(String, JSONValue)]
  )
  func accepted(_ text: String, _ value: JSONValue) throws {
    #expect(try JSONParser.parse(text) == value)
  }

  @Test(
    "what is not JSON is refused at its place",
    arguments: [
      ("", 1, 1, "the end of the text where a value is expected"),
      ("[1,]", 1, 4, "']' where a value is expected"),
      ("[1 2]", 1, 4, "'2' where ',' or ']' is expected"),
      ("{\"a\":1,}", 1, 8, "'}' where a member name is expected"),
      ("{a:1}", 1, 2, "'a' where a member name is expected"),
      ("{\"a\" 1}", 1, 6, "'1' where ':' is expected"),
      ("{\"a\":1 \"b\":2}", 1, 8, "'\"' where ',' or '}' is expected"),
      ("[1] x", 1, 5, "'x' after the end of the JSON text"),
      ("[1", 1, 3, "the end of the text where ',' or ']' is expected"),
      ("\"ab", 1, 1, "a string without its closing quote"),
      ("\"a\nb\"", 1, 3, "a line break in a string; write it as an escape"),
      ("\"\u{1B}\"", 1, 2, "a control character or space in a string; write it as an escape"),
      (#""\x41""#, 1, 2, "an escape that JSON does not have"),
      (#""\u12G4""#, 1, 6, "'G' where a hexadecimal digit is expected"),
      (#""\ud83d""#, 1, 2, "half of a surrogate pair"),
      (#""\ud83d\u0041""#, 1, 2, "half of a surrogate pair"),
      (#""\ude00\ud83d""#, 1, 2, "half of a surrogate pair"),
      ("nul", 1, 1, "'n' where a value is expected"),
      ("NaN", 1, 1, "'N' where a value is expected"),
      ("01", 1, 1, "a number with a leading zero"),
      ("-", 1, 2, "the end of the text where a digit is expected"),
      ("[1.]", 1, 4, "']' where a digit is expected"),
      ("+1", 1, 1, "'+' where a value is expected"),
      ("'a'", 1, 1, "''' where a value is expected"),
      ("// c\n1", 1, 1, "'/' where a value is expected"),
      ("\u{FEFF}1", 1, 1, "a byte-order mark before the JSON text"),
      ("\u{A0}1", 1, 1, "a character beyond ASCII where a value is expected"),
      ("{\n  \"é\": 1,\n  \"日本\": x\n}", 3, 9, "'x' where a value is expected"),
      ("{\"a\": 1,\n \"\\u0061\": 2}", 2, 2, "member 'a' a second time in one object"),
    ]
  )
  func refused(_ text: String, _ line: Int, _ column: Int, _ message: String) {
    let error = #expect(throws: JSONError.self) { try JSONParser.parse(text) }
    #expect(error == JSONError(message: message, line: line, column: column))
  }

  @Test(
    "bytes that are not UTF-8 are refused",
    arguments: [
      [0x80], [0xC3], [0xC3, 0x28], [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
      [0xF0, 0x80, 0x80, 0x80], [0xFF], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82],
    ] as [[UInt8]]
  )
  func malformedText(_ bytes: [UInt8]) {
    let quoted = [0x22] + bytes + [0x22]
    let error = #expect(throws: JSONError.self) { try JSONParser.parse(quoted) }
    #expect(error == JSONError(message: "bytes that are not UTF-8", line: 1, column: 2))
  }

  @Test("128 levels are read and one more is refused")
  func depth() throws {
    func nested(_ levels: Int) -> String {
      String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    }
    #expect(try JSONParser.parse(nested(128)).text(.compact) == nested(128))
    let error = #expect(throws: JSONError.self) { try JSONParser.parse(nested(129)) }
    #expect(error?.message == "nesting deeper than 128 levels")
    #expect(error?.column == 129)
    let objects = String(repeating: #"{"a":"#, count: 100_000)
    #expect(throws: JSONError.self) { try JSONParser.parse(objects) }
  }

  @Test("names that look alike but differ in code points are two names")
  func canonicalEquivalents() throws {
    let value = try JSONParser.parse("{\"\u{E9}\": 1, \"e\u{301}\": 2}")
    #expect(value.object?.count == 2)
  }

  @Test("members are found by name, and kinds are not confused")
  func access() throws {
    let value = try JSONParser.parse(#"{"a": {"b": [true, 7, "x"]}}"#)
    let list = value["a"]?["b"]?.array
    #expect(list?[0].bool == true)
    #expect(list?[1].number?.integer == 7)
    #expect(list?[2].string == "x")
    #expect(value["b"] == nil)
    #expect(list?[1].string == nil)
    #expect(value["a"]?.array == nil)
  }
}
