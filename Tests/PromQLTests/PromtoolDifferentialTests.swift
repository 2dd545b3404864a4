import PromQL
import TestSupport
import Testing

@Suite("The parser and promtool 2.42 give the same verdict")
struct PromtoolDifferentialTests {
  private struct Disagreement: CustomStringConvertible {
    let expression: String
    let promtool: String?
    let ours: String?

    var description: String {
      "\(expression.debugDescription)\n  promtool: \(promtool ?? "accepts")\n  ours: \(ours ?? "accepts")"
    }
  }

  private func expectAgreement(on expressions: [String]) throws {
    let refusals = try Promtool.refusals(of: expressions)
    let disagreements = zip(expressions, refusals).compactMap { expression, refusal -> Disagreement? in
      let ours = problem(in: expression)
      return (ours == nil) == (refusal == nil)
        ? nil : Disagreement(expression: expression, promtool: refusal, ours: ours)
    }
    #expect(disagreements.isEmpty, "\(disagreements.count) of \(expressions.count): \(disagreements.prefix(20))")
  }

  private func problem(in text: String) -> String? {
    do {
      _ = try PromQLParser.parse(text)
      return nil
    } catch {
      return "\(error.range): \(error.message)"
    }
  }

  /// Tokens with white space and comments between, or with nothing where that keeps them apart.
  private func joined(_ tokens: [String], _ random: inout SeededGenerator) -> String {
    tokens.reduce(into: "") { text, token in
      text.append(random.chance(90) ? " " : random.pick(["\n", "\t", "  ", " # note\n", "\r\n"]))
      text.append(token)
    }
  }

  @Test("on expressions that follow the grammar and the types, and on how they print")
  func validExpressions() throws {
    var generator = ExpressionGenerator(seed: 1)
    var random = SeededGenerator(seed: 2)
    let texts = (0..<3_000).map { _ in joined(generator.expression(), &random) }
    let refusals = try Promtool.refusals(of: texts)
    var printed: [String] = []
    for (text, refusal) in zip(texts, refusals) where refusal == nil {
      let tree = try PromQLParser.parse(text)
      printed.append(tree.description)
      #expect(try PromQLParser.parse(tree.description) == tree, "\(text)\n\(tree)")
    }
    #expect(printed.count > 2_700)
    try expectAgreement(on: texts + printed)
  }

  @Test("on operands of the wrong type, arguments too many and misplaced modifiers")
  func confusedTypes() throws {
    var generator = ExpressionGenerator(seed: 3, confusion: 12)
    var random = SeededGenerator(seed: 4)
    try expectAgreement(on: (0..<4_000).map { _ in joined(generator.expression(), &random) })
  }

  @Test("on tokens that were deleted, doubled, swapped and replaced")
  func mutatedTokens() throws {
    var generator = ExpressionGenerator(seed: 5)
    var random = SeededGenerator(seed: 6)
    try expectAgreement(
      on: (0..<8_000).map { _ in
        var tokens = generator.expression()
        for _ in 0..<Int.random(in: 1...2, using: &random) { mutate(&tokens, &random) }
        return joined(tokens, &random)
      }
    )
  }

  @Test("on values: a scalar expression evaluates to the same after printing")
  func printedValues() throws {
    var generator = ExpressionGenerator(seed: 10)
    let pairs = try (0..<1_500).map { _ -> (String, String) in
      let text = generator.constant().joined(separator: " ")
      return (text, try PromQLParser.parse(text).description)
    }
    let unequal = try Promtool.unequal(pairs)
    #expect(unequal.isEmpty, "\(unequal.prefix(10))")
  }

  private func mutate(_ tokens: inout [String], _ random: inout SeededGenerator) {
    guard let index = tokens.indices.randomElement(using: &random) else { return tokens.append("1") }
    switch Int.random(in: 0..<5, using: &random) {
    case 0: tokens.remove(at: index)
    case 1: tokens.insert(tokens[index], at: index)
    case 2: tokens.swapAt(index, tokens.indices.randomElement(using: &random) ?? index)
    case 3: tokens[index] = random.pick(ExpressionGenerator.strays)
    default: tokens.insert(random.pick(ExpressionGenerator.strays), at: index)
    }
  }

  @Test("on characters that were deleted, doubled and replaced, with nothing between tokens")
  func mutatedCharacters() throws {
    var generator = ExpressionGenerator(seed: 7)
    var random = SeededGenerator(seed: 8)
    let characters = Array("0159.eExXsmhdwy_:()[]{}\"'`\\,=~!<>+-*/%^@# \n\tabné$")
    try expectAgreement(
      on: (0..<8_000).map { _ in
        var text = Array(generator.expression().joined(separator: random.chance(50) ? " " : ""))
        for _ in 0..<Int.random(in: 0...2, using: &random) {
          guard let index = text.indices.randomElement(using: &random) else { break }
          switch Int.random(in: 0..<3, using: &random) {
          case 0: text.remove(at: index)
          case 1: text.insert(random.pick(characters), at: index)
          default: text[index] = random.pick(characters)
          }
        }
        return String(text)
      }
    )
  }

  @Test("on regular expressions, right and wrong")
  func regularExpressions() throws {
    var random = SeededGenerator(seed: 9)
    let pieces = [
      "a", "b", "0", ".", "*", "+", "?", "|", "(", ")", "(?:", "(?i)", "(?P<n>", "(?-s:", "(?", "[", "]", "[^", "[a-c]",
      "[z-a]", "[[:alpha:]]", "[[:nope:]]", "[:", ":]", "-", "^", "$", "{2}", "{1,3}", "{3,1}", "{,2}", "{2,}",
      "{1001}",
      "{40}", "{", "}", "\\d", "\\W", "\\b", "\\B", "\\A", "\\z", "\\Z", "\\C", "\\Q", "\\E", "\\pL", "\\p{Greek}",
      "\\p{^Lu}", "\\p{Nope}", "\\1", "\\12", "\\0", "\\x41", "\\x{1F600}", "\\x{110000}", "\\x4", "\\.", "\\_", "\\y",
      "\\",
      "é", "\\é", " ", "/", "\"",
    ]
    try expectAgreement(
      on: (0..<8_000).map { _ in
        let pattern = (0..<Int.random(in: 1...6, using: &random)).map { _ in random.pick(pieces) }.joined()
        let escaped = pattern.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return random.chance(50) ? "{x=~\"\(escaped)\"}" : "up{x!~\"\(escaped)\"}"
      }
    )
  }
}
