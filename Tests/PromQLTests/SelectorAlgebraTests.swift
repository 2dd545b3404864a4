import PromQL
import TestSupport
import Testing

@Suite("Selectors are compared as sets of series")
struct SelectorAlgebraTests {
  private struct Case: CustomTestStringConvertible {
    let left: String
    let right: String
    let isContained: SelectorAnswer
    let overlaps: SelectorAnswer

    init(_ left: String, _ right: String, contained: SelectorAnswer, overlaps: SelectorAnswer) {
      self.left = left
      self.right = right
      isContained = contained
      self.overlaps = overlaps
    }

    var testDescription: String { "\(left) and \(right)" }
  }

  private static let cases: [Case] = [
    Case(#"x{code="500"}"#, "x", contained: .yes, overlaps: .yes),
    Case("x", #"x{code="500"}"#, contained: .no, overlaps: .yes),
    Case("x", "y", contained: .no, overlaps: .no),
    Case("x", #"{__name__=~"x|y"}"#, contained: .yes, overlaps: .yes),
    Case(#"x{a="1", b="2"}"#, #"x{b="2", a="1"}"#, contained: .yes, overlaps: .yes),
    Case(#"x{code="200"}"#, #"x{code=~"200|404"}"#, contained: .yes, overlaps: .yes),
    Case(#"x{code=~"200|404"}"#, #"x{code="200"}"#, contained: .no, overlaps: .yes),
    Case(#"x{code=~"2..|3.."}"#, #"x{code!~"5.."}"#, contained: .yes, overlaps: .yes),
    Case(#"x{code!~"5.."}"#, #"x{code=~"2..|3.."}"#, contained: .no, overlaps: .yes),
    Case(#"x{code=~"5.."}"#, #"x{code!~"5.."}"#, contained: .no, overlaps: .no),
    Case(#"x{code=~"50[0-3]"}"#, #"x{code=~"5.."}"#, contained: .yes, overlaps: .yes),
    Case(#"x{code=~"5\\d{2}"}"#, #"x{code=~"5[0-9][0-9]"}"#, contained: .yes, overlaps: .yes),
    Case(#"x{code=~"5.+"}"#, #"x{code=~"5.."}"#, contained: .no, overlaps: .yes),
    Case(#"x{code=~"[45].."}"#, #"x{code=~"4..|5.."}"#, contained: .yes, overlaps: .yes),
    Case(#"x{code=~"4..|5.."}"#, #"x{code=~"[45].."}"#, contained: .yes, overlaps: .yes),
    Case(#"x{le="1"}"#, #"x{le=~"1|1\\.0"}"#, contained: .yes, overlaps: .yes),
    Case(#"x{le="1x0"}"#, #"x{le=~"1|1\\.0"}"#, contained: .no, overlaps: .no),
    Case(#"x{env=~"(?i)prod"}"#, #"x{env=~"[pP].*"}"#, contained: .yes, overlaps: .yes),
    Case(#"x{path=~"/api/.*"}"#, #"x{path!~"/health.*"}"#, contained: .yes, overlaps: .yes),
    Case(#"x{path=~".*/health"}"#, #"x{path=~"/api/.*"}"#, contained: .no, overlaps: .yes),
    Case("x", #"x{a=""}"#, contained: .no, overlaps: .yes),
    Case(#"x{a!=""}"#, #"x{a=~".+"}"#, contained: .yes, overlaps: .yes),
    Case(#"x{a=~".+"}"#, #"x{a!=""}"#, contained: .yes, overlaps: .yes),
    Case(#"x{a=""}"#, #"x{a=~"b?"}"#, contained: .yes, overlaps: .yes),
    Case(#"x{a=~".*"}"#, "x", contained: .yes, overlaps: .yes),
    Case("x", #"x{a=~".*"}"#, contained: .yes, overlaps: .yes),
    Case(#"x{a="b", a="c"}"#, "y", contained: .yes, overlaps: .no),
    Case(#"x{a=~"b.*", a!~"b.?"}"#, #"x{a=~"b..+"}"#, contained: .yes, overlaps: .yes),
    Case(#"x{a=~"^b$"}"#, #"x{a="b"}"#, contained: .yes, overlaps: .yes),
    Case(#"x{a=~"\\bb"}"#, "x", contained: .yes, overlaps: .yes),
    Case(#"x{a=~"\\bb"}"#, #"x{a=~"\\bb"}"#, contained: .yes, overlaps: .yes),
    Case(#"x{a=~"\\bb"}"#, #"x{a="b"}"#, contained: .unknown, overlaps: .unknown),
    Case(#"x{a=~"\\bb", c="1"}"#, #"x{c="2"}"#, contained: .no, overlaps: .no),
    Case(#"x{a=~"\\p{Greek}"}"#, #"x{a="b"}"#, contained: .unknown, overlaps: .unknown),
    Case(#"x{a=~"(a|b){500}.{500}(x|y){500}"}"#, #"x{a=~".*"}"#, contained: .unknown, overlaps: .unknown),
    Case(#"x{a=~"(.*a.{20})"}"#, #"x{a=~".*b.{20}"}"#, contained: .no, overlaps: .unknown),
    Case(#"x{a=~"(.*a.{20})"}"#, #"x{a=~".*a.{20}"}"#, contained: .unknown, overlaps: .yes),
  ]

  @Test("containment and overlap", arguments: cases)
  private func relation(_ pair: Case) throws {
    let left = try PromQLParser.parseSelector(pair.left)
    let right = try PromQLParser.parseSelector(pair.right)
    #expect(left.isContained(in: right) == pair.isContained)
    #expect(left.overlaps(right) == pair.overlaps)
    #expect(right.overlaps(left) == pair.overlaps)
  }

  @Test("two spellings of one set are the same")
  func sameSet() throws {
    let plain = try PromQLParser.parseSelector(#"x{code=~"4..|5.."}"#)
    #expect(plain.selectsTheSame(as: try PromQLParser.parseSelector(#"{__name__="x", code=~"[45].."}"#)) == .yes)
    #expect(plain.selectsTheSame(as: try PromQLParser.parseSelector("x")) == .no)
    #expect(plain.selectsTheSame(as: try PromQLParser.parseSelector(#"x{code=~"\\b[45].."}"#)) == .unknown)
  }

  @Test("a matcher answers for a single value")
  func singleValues() {
    #expect(LabelMatcher.matches("le", #"1|1\.0"#).accepts("1.0") == .yes)
    #expect(LabelMatcher.matches("le", #"1|1\.0"#).accepts("1x0") == .no)
    #expect(LabelMatcher.doesNotMatch("code", "5..").accepts("500") == .no)
    #expect(LabelMatcher.notEqual("job", "a").accepts("") == .yes)
    #expect(LabelMatcher.matches("a", #"\ba"#).accepts("a") == .unknown)
  }

  /// The matcher of the Swift standard library is the judge of which texts a pattern matches.
  @Test("answers on random patterns agree with trying every short text")
  func randomPatterns() throws {
    var random = SeededGenerator(seed: 11)
    let texts = (0...4).flatMap(Self.texts)
    for _ in 0..<600 {
      let (left, right) = (Self.pattern(&random, 3), Self.pattern(&random, 3))
      let (leftSet, rightSet) = (try Self.matches(of: left, in: texts), try Self.matches(of: right, in: texts))
      let (leftSelector, rightSelector) = (
        VectorSelector("x", [.matches("a", left)]), VectorSelector("x", [.matches("a", right)])
      )
      #expect(
        leftSelector.isContained(in: rightSelector) == (leftSet.isSubset(of: rightSet) ? .yes : .no),
        "\(left) \(right)"
      )
      #expect(
        leftSelector.overlaps(rightSelector) == (leftSet.isDisjoint(with: rightSet) ? .no : .yes),
        "\(left) \(right)"
      )
    }
  }

  /// Every text of a length over the letters that the patterns use.
  private static func texts(_ length: Int) -> [String] {
    length == 0 ? [""] : texts(length - 1).flatMap { text in ["a", "b", "c"].map { text + $0 } }
  }

  private static func matches(of pattern: String, in texts: [String]) throws -> Set<String> {
    let regex = try Regex("(?:\(pattern))")
    return Set(try texts.filter { try regex.wholeMatch(in: $0) != nil })
  }

  /// A pattern that matches texts of up to four letters, and something in any case.
  private static func pattern(_ random: inout SeededGenerator, _ depth: Int) -> String {
    let letter = random.pick(["a", "b", "[ab]", "[^c]", ".", "c", "[b-c]"]).replacing("[^c]", with: "[a-b]")
    let character = letter == "." ? "[a-c]" : letter
    guard depth > 0 else { return character }
    switch Int.random(in: 0..<5, using: &random) {
    case 0: return "(\(pattern(&random, depth - 1))|\(pattern(&random, depth - 1)))"
    case 1: return "\(character)?\(pattern(&random, depth - 2 < 0 ? 0 : depth - 2))"
    case 2: return "\(character)(\(character)|)"
    case 3: return "\(character){1,3}"
    default: return "\(character)\(character)"
    }
  }
}
