import PromQL
import Testing

@Suite("What is no PromQL is refused with its place and the reason")
struct ParserErrorTests {
  /// Guillemets mark the bytes that the error points at.
  @Test(
    "syntax",
    arguments: [
      ("«»", "expected an expression, found the end of the expression"),
      ("x +«»", "expected an expression, found the end of the expression"),
      ("x «y»", "expected an operator or the end, found 'y'"),
      ("sum(x«»", "expected ',', ')' or an operator, found the end of the expression"),
      ("(x«]»", "expected ')' or an operator, found ']'"),
      ("x«)»", "expected an operator or the end, found ')'"),
      ("rate(x[5m],«)»", "expected an expression, found ')'"),
      ("x{a«»", "expected '=', '!=', '=~' or '!~', found the end of the expression"),
      ("x{a=«b»}", "expected a quoted string, found 'b'"),
      ("x{«,»}", "expected a label name or '}', found ','"),
      (#"{«"x"»}"#, "a name in quotes is not part of prometheus-2.42"),
      (#"x{a="b" «c»="d"}"#, "expected ',' or '}', found 'c'"),
      ("x{a«:»b=1}", "':' has no meaning inside braces"),
      ("x[«]»", "expected a duration such as 5m, found ']'"),
      ("x[5m«»", "expected ']' or ':', found the end of the expression"),
      ("x[«5»]", "the range '5' has no unit such as 's', 'm', 'h' or 'd'"),
      ("x[«1m1h»]", "'1m1h' is neither a number nor a duration such as 1h30m"),
      ("x[«0s»]", "a duration cannot be zero"),
      ("x[«300y»]", "'300y' is longer than 292 years"),
      ("x offset «x»", "expected a duration such as 5m, found 'x'"),
      ("x @ «5m»", "expected a timestamp, start() or end(), found '5m'"),
      ("x @ «9.3e18»", "the timestamp '9.3e18' is out of bounds"),
      ("sum by («without») (x)", "expected a label name, found 'without'"),
      ("sum by («,») (x)", "expected a label name, found ','"),
      ("sum by «x»", "expected '(' and label names, found 'x'"),
      ("x * «group_left»(a) y", "expected an expression, found 'group_left'"),
      ("x «&» y", "'&' has no meaning in an expression"),
      ("x «é»", "'é' has no meaning in an expression"),
      ("«1_000»", "'1_000' is neither a number nor a duration such as 1h30m"),
      ("«1e»", "'1e' is no number that a 64-bit float can hold"),
      ("«1e400»", "'1e400' is no number that a 64-bit float can hold"),
      ("«0x»", "'0x' is no number that a 64-bit float can hold"),
      ("«\"abc»", "the string that starts here is never closed"),
      ("«\"a»\nb\"", "the string that starts here is never closed"),
      (#""a«\q»""#, #"'\q' is no escape that strings know"#),
      (#""«\ud800»""#, #"'\ud800' is no escape that strings know"#),
      (#""«\777»""#, #"'\777' is no escape that strings know"#),
      (#"«"\xff"»"#, "the escapes in this string make bytes that are not UTF-8"),
      ("«rates»(x[5m])", "unknown function 'rates'"),
      ("«histogram_avg»(x)", "function 'histogram_avg' is not part of prometheus-2.42"),
    ]
  )
  func syntax(_ marked: String, _ message: String) {
    expectError(marked, message)
  }

  @Test(
    "types and rules",
    arguments: [
      ("rate(«x»)", "'rate' takes a range vector here, found an instant vector"),
      ("sum(«x[5m]»)", "'sum' takes an instant vector here, found a range vector"),
      ("«clamp_max(x)»", "'clamp_max' takes 2 arguments, found 1"),
      ("«round(x, 1, 2)»", "'round' takes 1 to 2 arguments, found 3"),
      ("«label_join(x)»", "'label_join' takes at least 3 arguments, found 1"),
      ("«time(1)»", "'time' takes 0 arguments, found 1"),
      ("«topk(x)»", "'topk' takes 2 arguments, found 1"),
      ("topk(«x», x)", "the parameter of 'topk' takes a scalar here, found an instant vector"),
      ("1 «==» 1", "a comparison of two scalars needs 'bool': == bool"),
      ("x «+» bool y", "'bool' stands after '+', which is no comparison"),
      ("x «and» 1", "'and' joins two instant vectors only, and one side is a scalar"),
      ("x + «y[5m]»", "'+' has a range vector as an operand"),
      (#"«"a"» == bool "a""#, "'==' has a string as an operand"),
      ("«-x[5m]»", "a sign stands in front of a range vector"),
      ("«1 + on (a) x»", "labels are matched between two instant vectors only, and one side is a scalar"),
      ("«x and on () group_left () y»", "'and' pairs many with many; it has no group_left or group_right"),
      ("«x + on (a, b) group_left (b) y»", "label 'b' stands in both 'on' and the group modifier"),
      ("sum(x)«[5m]»", "a range follows a metric selector only; a subquery has a ':' in its brackets"),
      ("(x)«[5m]»", "a range follows a metric selector only; a subquery has a ':' in its brackets"),
      ("x offset 1m «[5m]»", "the offset stands before the range, not after it"),
      ("x @ 1 «[5m]»", "the '@' modifier stands before the range, not after it"),
      ("«x[5m]»[1h:]", "a subquery takes an instant vector here, found a range vector"),
      ("(x) «offset 5m»", "an offset follows a selector or a subquery only, without parentheses between"),
      ("sum(x) «@ 5»", "an '@' modifier follows a selector or a subquery only, without parentheses between"),
      ("x offset 1m «offset 2m»", "the offset is set twice"),
      ("x @ 1 «@ end()»", "the '@' modifier is set twice"),
      ("«{}»", "the selector would match every series: none of its matchers excludes the empty value"),
      (#"«{a=~".*"}»"#, "the selector would match every series: none of its matchers excludes the empty value"),
      (#"x{«__name__="y"»}"#, "the metric name is set twice, to 'x' and 'y'"),
      (#"x{a=~«"("»}"#, "regular expression '(': a group is never closed"),
      (#"x{a=~«"a**"»}"#, "regular expression 'a**': a repetition follows another one"),
      (#"x{a=~«"[z-a]"»}"#, "regular expression '[z-a]': a character range runs backwards"),
      (#"x{a=~«"(?=a)"»}"#, "regular expression '(?=a)': '(?' opens a group of a kind that RE2 does not have"),
    ]
  )
  func types(_ marked: String, _ message: String) {
    expectError(marked, message)
  }

  private func expectError(_ marked: String, _ message: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let parts = marked.split(separator: /[«»]/, omittingEmptySubsequences: false)
    let start = parts[0].utf8.count
    let expected = PromQLError(message, at: start..<(start + parts[1].utf8.count))
    #expect(throws: expected, sourceLocation: sourceLocation) { try PromQLParser.parse(parts.joined()) }
  }
}
