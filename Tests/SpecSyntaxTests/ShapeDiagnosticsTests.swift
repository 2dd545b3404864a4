import Diagnostics
import SpecSyntax
import Testing

@Suite("keys and shapes")
struct ShapeDiagnosticsTests {
  /// Expects one finding and the text after its safe edits.
  private func expectOne(
    _ code: String,
    _ message: String,
    in marked: String,
    fix: String? = nil,
    fixed: String? = nil,
    location: SourceLocation = #_sourceLocation
  ) {
    let spec = SpecText(marked)
    #expect(spec.diagnostics.map(\.descriptor.code) == [code], "\(spec.summary)", sourceLocation: location)
    #expect(spec.diagnostics.map(\.message) == [message], sourceLocation: location)
    #expect(spec.diagnostics.map(\.span.range) == spec.marks, "\(spec.summary)", sourceLocation: location)
    if let fix { #expect(spec.diagnostics.first?.fix?.title == fix, sourceLocation: location) }
    if let fixed {
      #expect(spec.fixed == fixed, sourceLocation: location)
      #expect(SpecText(fixed).diagnostics.isEmpty, sourceLocation: location)
    }
  }

  // MARK: Unknown keys

  @Test("a misspelt key is answered with the nearest, and its value read all the same")
  func misspelt() throws {
    expectOne(
      "SLO103",
      "unknown key 'ownr' of a spec",
      in: "nines: v1\nservice: a\n«ownr»: web\n",
      fixed: "nines: v1\nservice: a\nowner: web\n"
    )
    let spec = SpecText("nines: v1\nservice: a\nindicatrs:\n  i: { good: a_total, valid: b_total }\n")
    #expect(try spec.document().indicators.map(\.name.value) == ["i"])
  }

  @Test("a misspelt key whose right spelling is there too is left out")
  func misspeltTwice() throws {
    let spec = SpecText("nines: v1\nservice: a\nowner: web\n«onwer»: mobile\n")
    #expect(spec.diagnostics.map(\.span.range) == spec.marks)
    #expect(try spec.document().facts.owner?.value == "web")
  }

  @Test("a required key that is misspelt is not missing besides")
  func misspeltRequired() {
    expectOne(
      "SLO103",
      "unknown key 'servce' of a spec",
      in: "nines: v1\n«servce»: a\n",
      fixed: "nines: v1\nservice: a\n"
    )
  }

  @Test("the word of another tool is answered with the one of this language")
  func synonym() {
    expectOne(
      "SLO103",
      "unknown key 'total' of an indicator",
      in: "nines: v1\nservice: a\nindicators:\n  i: { good: a_total, «total»: b_total }\n",
      fix: "write 'valid'"
    )
  }

  @Test("a key of another level is sent there")
  func elsewhere() {
    expectOne(
      "SLO103",
      "unknown key 'window-reason' of a spec",
      in: "nines: v1\nservice: a\n«window-reason»: weeks\n",
      fix: "it is a key of an objective: move it there"
    )
    expectOne(
      "SLO103",
      "unknown key 'dialect' of a spec",
      in: "nines: v1\nservice: a\n«dialect»: mimir\n",
      fix: "it is a key of the settings of a workspace: move it there"
    )
  }

  @Test("a key that is like none is answered with those that there are")
  func unlike() {
    let spec = SpecText("nines: v1\nservice: a\nrollout: { «percentages»: [5%] }\n")
    #expect(spec.diagnostics.map(\.span.range) == spec.marks, "\(spec.summary)")
    #expect(spec.diagnostics.first?.notes.map(\.message) == ["the keys of a rollout are 'stages', 'kill-switches'"])
  }

  // MARK: Missing keys

  @Test("what a construct lacks is said at its name, once for each key")
  func missing() {
    expect(
      "SLO104",
      "policy 'p' lacks 'changes'",
      "policy 'p' lacks 'levels'",
      in: "nines: v1\nservice: a\npolicies:\n  ««p»»:\n    title: P\n"
    )
    expectOne(
      "SLO104",
      "indicator 'i' lacks 'valid'",
      in: "nines: v1\nservice: a\nindicators:\n  «i»: { good: a_total }\n",
      fix: "add 'valid: http_requests_total'"
    )
    expectOne(
      "SLO104",
      "indicator 'i' lacks 'good' or 'bad'",
      in: "nines: v1\nservice: a\nindicators:\n  «i»: { valid: a_total }\n"
    )
    expectOne("SLO104", "a spec lacks 'service'", in: "«nines»: v1\nowner: web\n")
  }

  @Test("what an item of a list lacks is said at the item")
  func missingInItem() {
    expectOne(
      "SLO104",
      "override (item 1 of 'overrides') lacks 'for'",
      in: "nines: v1\nservice: a\noverrides:\n  - «{ change: feature }»\n",
      fix: "add 'for: checkout'"
    )
    expectOne(
      "SLO104",
      "remedy (item 1 of 'remedies') lacks 'credit'",
      in: "nines: v1\nservice: a\nagreements:\n  a: { with: b, remedies: [«{ below: 99% }»] }\n"
    )
  }

  @Test("a construct without what it needs is left out and remembered, its other mistakes reported")
  func unread() throws {
    let spec = SpecText(
      """
      nines: v1
      service: a
      indicators:
        «broken»: { good: a_total, measurement: «{}» }
        sound: { good: a_total, valid: b_total }
      alerts: «[]»
      """
    )
    #expect(spec.diagnostics.map(\.descriptor.code).sorted() == ["SLO104", "SLO105", "SLO105"], "\(spec.summary)")
    #expect(
      spec.diagnostics.map(\.span.range).sorted { $0.lowerBound < $1.lowerBound } == spec.marks,
      "\(spec.summary)"
    )
    let document = try spec.document()
    #expect(document.indicators.map(\.name.value) == ["sound"])
    #expect(document.unread.contains(.indicator, "broken"))
    #expect(!document.unread.contains(.indicator, "sound"))
    #expect(!document.unread.contains(.objective, "broken"))
    #expect(document.unread.contains(.alert, "any"))
  }

  // MARK: Wrong shapes

  @Test("a list of one text or name may be written without its brackets")
  func single() throws {
    let spec = SpecText(
      """
      nines: v1
      service: a
      stakeholders: support
      alerts:
        A: { when: burn_rate > 1, severity: P1, notify: on-call, steps: call somebody }
      """
    )
    #expect(spec.diagnostics.isEmpty, "\(spec.summary)")
    let document = try spec.document()
    #expect(document.facts.stakeholders.map(\.value) == ["support"])
    #expect(document.alerts.first?.notify.map(\.value) == ["on-call"])
    #expect(document.alerts.first?.steps.map(\.value) == ["call somebody"])
  }

  @Test("a shape that is not meant is named beside the one that is")
  func shapes() {
    expectOne(
      "SLO105",
      "'objectives' is a list; a mapping from name to objective is meant",
      in: "nines: v1\nservice: a\nobjectives:\n  «- requests >= 99% over 7d»\n",
      fix: "write each entry as 'name: …', without the '-'"
    )
    expectOne(
      "SLO105",
      "'objectives' is text; a mapping from name to objective is meant",
      in: "nines: v1\nservice: a\nobjectives: «requests >= 99% over 7d»\n"
    )
    expectOne(
      "SLO105",
      "'alerts' is empty; a mapping from name to alert is meant",
      in: "nines: v1\nservice: a\n«alerts»:\n",
      fix: "indent what belongs to it further than itself, or remove the key"
    )
    expectOne(
      "SLO105",
      "'owner' is a list; a team such as 'payments' is meant",
      in: "nines: v1\nservice: a\nowner: «[web]»\n",
      fixed: "nines: v1\nservice: a\nowner: web\n"
    )
    expectOne(
      "SLO105",
      "'stages' is text; a list of percentages is meant",
      in: "nines: v1\nservice: a\nrollout: { stages: «5%» }\n",
      fixed: "nines: v1\nservice: a\nrollout: { stages: [5%] }\n"
    )
    expectOne(
      "SLO105",
      "'steps' is a mapping; text or a list of texts is meant",
      in: "nines: v1\nservice: a\nalerts:\n  A: { when: burn_rate > 1, severity: P1, steps: «{ call: me }» }\n"
    )
    expectOne(
      "SLO105",
      "the document is a list; a spec, a mapping with keys such as 'nines' and 'service', is meant",
      in: "«- a»\n"
    )
  }

  @Test("text behind a '#' is a comment, which is said where a value is missing")
  func comment() {
    expectOne(
      "SLO105",
      "'channel' is empty; the name of a channel such as '#uploads' is meant",
      in: "nines: v1\nservice: a\nnotify:\n  team:\n    slack:\n      «channel»: #uploads\n",
      fix: "put quotes around text that begins with '#': a comment begins there"
    )
  }

  @Test("a selector that begins with a brace is a mapping to YAML")
  func brace() {
    expectOne(
      "SLO105",
      "'good' is a mapping to YAML, because it begins with '{'",
      in: "nines: v1\nservice: a\nindicators:\n  i:\n    good: «{job=\"a\"}»\n    valid: b_total\n",
      fixed: "nines: v1\nservice: a\nindicators:\n  i:\n    good: '{job=\"a\"}'\n    valid: b_total\n"
    )
  }

  @Test("keys that exclude each other are told apart")
  func exclusive() {
    expectOne(
      "SLO105",
      "'distribution' does not go with 'good': an indicator has one of 'good', 'bad', 'distribution', 'down-when', "
        + "'gauge', 'attested' or 'uses'",
      in: "nines: v1\nservice: a\nindicators:\n  i: { good: a_total, valid: b_total, «distribution»: c }\n"
    )
    expectOne(
      "SLO105",
      "'across' does not go with 'good', only with 'gauge'",
      in: "nines: v1\nservice: a\nindicators:\n  i: { good: a_total, valid: b_total, «across»: max }\n"
    )
    expectOne(
      "SLO105",
      "'log' does not go with 'slack': a channel has one of 'pagerduty', 'slack', 'email', 'opsgenie', 'webhook' or 'log'",
      in: "nines: v1\nservice: a\nnotify:\n  c: { slack: { channel: '#a' }, «log»: {} }\n"
    )
    expectOne(
      "SLO105",
      "'promised' goes with 'external': a service of this workspace states its objectives",
      in: "nines: v1\nservice: a\ndepends-on: [{ on: b, «promised»: 99% }]\n"
    )
    expectOne(
      "SLO105",
      "'in' does not go with 'start', whose instant has its own zone",
      in:
        "nines: v1\nservice: a\nmaintenance:\n  m:\n    windows:\n      - { start: 2026-12-05T02:00:00Z, duration: 1h, «in»: UTC }\n"
    )
    expectOne(
      "SLO105",
      "'ratio' goes with 'good' or 'failures', which are not stated",
      in: "nines: v1\nservice: a\nworked-examples: [{ target: 99%, events: 5, budget: 1, «ratio»: 5% }]\n"
    )
  }
}
