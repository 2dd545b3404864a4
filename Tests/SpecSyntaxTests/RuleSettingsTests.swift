import Quantities
import SpecSyntax
import Testing

@Suite("what nines.yaml says of rules")
struct RuleSettingsTests {
  private func expect(
    _ text: String,
    _ messages: String...,
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    let spec = SpecText("nines: v1\n\(text)\n", asSettings: true)
    let found = spec.diagnostics.sorted { $0.span.start < $1.span.start }
    #expect(found.map(\.message) == messages, sourceLocation: sourceLocation)
    #expect(found.map(\.span.range) == spec.marks, "\(spec.summary)", sourceLocation: sourceLocation)
  }

  @Test("a rule that does not exist is an error where it is named, and its name is no code")
  func unknownRules() {
    expect("rules: { «SLO307»: off }", "'SLO307' is no code of a rule")
    expect("rules: { «rule-306»: off }", "'rule-306' is no code of a rule")
    expect("paths: { legacy/**: { «SLO999»: off } }", "'SLO999' is no code of a rule")
    #expect(SpecText("nines: v1\nrules: { rule-306: off }", asSettings: true).fixed.contains("{ SLO306: off }"))
  }

  @Test("an error of reading cannot be turned off, neither throughout nor for a path")
  func fixedRules() {
    expect("rules: { «SLO101»: off }", "SLO101 is an error that no workspace can change: rule-101")
    expect("paths: { a/*: { «SLO101»: off } }", "SLO101 is an error that no workspace can change: rule-101")
  }

  @Test("an option that the rule does not have, or of another kind, is an error")
  func options() {
    expect("rules: { SLO404: { «tims»: 3 } }", "unknown key 'tims' of a setting of SLO404")
    expect("rules: { SLO306: { «times»: 3 } }", "unknown key 'times' of a setting of SLO306")
    expect("rules: { SLO404: { times: «10» } }", "'10' is not a count, a whole number from 1 to 9")
    expect("rules: { SLO404: { figure: «0» } }", "factor '0' is not above zero")
    expect("rules: { SLO404: { part: «0.4» } }", "'0.4' has no percent sign: '0.4%' and '40%' are different shares")
    expect("rules: { SLO404: { length: «31» } }", "'31' has no unit such as s, m, h or d")
  }

  @Test("options are read with their kinds")
  func values() throws {
    let text = "nines: v1\nrules: { SLO404: { times: 3, figure: 2.5, part: 10%, length: 2w } }"
    let rule = SpecText(text, asSettings: true).settings.rules.first
    #expect(rule?.severity == nil)
    #expect(
      rule?.options.map(\.value) == [
        .count(3), .factor(5 / 2), .share(try #require(Ratio(1 / 10))), .duration(.days(14)),
      ]
    )
  }

  @Test("a glob and a pattern that do not read are errors")
  func patterns() {
    expect(
      "paths: { «/etc/*»: { SLO306: off } }",
      "'/etc/*' is no glob: a glob is names joined by '/', none of them empty, '.' or '..'"
    )
    expect(
      "standards: { a: { labels: { b: «'('» }, message: m } }",
      "'(' is no pattern: a group is never closed"
    )
  }

  @Test("a standard asks for one thing and says why")
  func standards() {
    expect("standards: { «a»: { windows: 28d } }", "standard 'a' lacks 'message'")
    expect(
      "standards: { a: { windows: 28d, «minimum-target»: 99%, message: m } }",
      """
      'minimum-target' does not go with 'windows': a standard has one of 'labels', 'objective-labels', 'windows', \
      'minimum-target', 'names' or 'channels'
      """
    )
    expect(
      "standards: { a: { «channels»: { severities: P1 }, message: m } }",
      "choice of channels 'channels' lacks 'kinds' or 'names'"
    )
  }
}
