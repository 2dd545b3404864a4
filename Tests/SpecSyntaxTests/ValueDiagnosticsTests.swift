import Diagnostics
import SpecSyntax
import Testing

/// One line of a spec with a mistake in it.
struct Slip: Sendable, CustomTestStringConvertible {
  let line: String
  let message: String
  /// The line after the safe edit, where there is one.
  let mended: String?

  init(_ line: String, _ message: String, _ mended: String? = nil) {
    self.line = line
    self.message = message
    self.mended = mended
  }

  var testDescription: String { line }

  func expect(_ code: String, location: SourceLocation = #_sourceLocation) {
    let head = "nines: v1\nservice: a\n"
    let spec = SpecText("\(head)\(line)\n")
    #expect(spec.diagnostics.map(\.descriptor.code) == [code], "\(spec.summary)", sourceLocation: location)
    #expect(spec.diagnostics.map(\.message) == [message], sourceLocation: location)
    #expect(spec.diagnostics.map(\.span.range) == spec.marks, "\(spec.summary)", sourceLocation: location)
    #expect(spec.fixed == mended.map { "\(head)\($0)\n" } ?? spec.text, sourceLocation: location)
    if mended != nil {
      let fixed = SpecText(spec.fixed)
      #expect(fixed.diagnostics.isEmpty, "\(fixed.summary)", sourceLocation: location)
    }
  }
}

@Suite("values")
struct ValueDiagnosticsTests {
  static let values: [Slip] = [
    Slip("tier: «7»", "'7' is not a tier, a whole number from 1 to 4"),
    Slip("tier: «critical»", "'critical' is not a tier, a whole number from 1 to 4"),
    Slip("title: «' '»", "'title' is empty"),
    Slip("traffic: «10»", "'10' does not say per what, as in '10/h'"),
    Slip("severities: { P1: { respond: «15» } }", "'15' has no unit such as s, m, h or d"),
    Slip(
      "severities: { P1: { respond: 15 «minutes» } }",
      "'minutes' is not a unit of time: us, ms, s, m, h, d, w and y are",
      "severities: { P1: { respond: 15m } }"
    ),
    Slip("severities: { P1: { respond: «0s» } }", "'respond' lasts longer than '0s'"),
    Slip(
      "severities: { P1: { pages: «yes» } }",
      "'yes' is not true or false: 'true' or 'false'",
      "severities: { P1: { pages: true } }"
    ),
    Slip("rollout: { stages: [«5», 25%] }", "'5' has no percent sign", "rollout: { stages: [5%, 25%] }"),
    Slip(
      "rollout: { stages: [\"«0.25»\"] }",
      "'0.25' has no percent sign: '0.25%' and '25%' are different shares"
    ),
    Slip("depends-on: [«two words»]", "'two words' is not the name of a service or objective, such as 'payments'"),
    Slip(
      "burn-alerts: «clasic»",
      "'clasic' is not a scheme of burn-rate alerts: 'budget', 'classic' or 'none'",
      "burn-alerts: classic"
    ),
    Slip(
      "metrics: { a: { type: «couter» } }",
      "'couter' is not a metric type: 'counter', 'gauge', 'histogram' or 'native-histogram'",
      "metrics: { a: { type: counter } }"
    ),
    Slip(
      "metrics: { a: { type: gauge, unit: «ms» } }",
      "'ms' is not a base unit",
      "metrics: { a: { type: gauge, unit: milliseconds } }"
    ),
    Slip(
      "metrics: { a: { type: gauge, unit: «per hour» } }",
      "'per hour' is neither a base unit nor one word for what is counted"
    ),
    Slip("metrics: { a: { type: gauge, labels: { code: «some» } } }", "'some' is not 'any' or a list of values: 'any'"),
    Slip(
      "reviews: { a: { every: «quarterly» } }",
      "'quarterly' is not a cadence: 'week', 'month', 'quarter' or 'year'",
      "reviews: { a: { every: quarter } }"
    ),
    Slip("reviews: { a: { every: week, last: «2026-13-01» } }", "there is no day '2026-13-01': a year has 12 months"),
    Slip("overrides: [{ change: a, for: b, until: «2026-10-01» }]", "'2026-10-01' is a day, not a moment"),
    Slip(
      "worked-examples: [{ target: 99%, events: 1«k» }]",
      "'k' is not written for a number of zeros",
      "worked-examples: [{ target: 99%, events: 1000 }]"
    ),
    Slip("capacity: { forecast: { «2026-Q5»: { mau: 1 } } }", "'2026-Q5' is not a quarter such as '2026-Q1'"),
    Slip(
      "maintenance: { m: { windows: [{ weekly: «sun» 02:00, duration: 1h }] } }",
      "'sun' is not a weekday: 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday' or 'sunday'",
      "maintenance: { m: { windows: [{ weekly: sunday 02:00, duration: 1h }] } }"
    ),
    Slip(
      "maintenance: { m: { windows: [{ weekly: sunday «2:00», duration: 1h }] } }",
      "the hour of '2:00' has one digit",
      "maintenance: { m: { windows: [{ weekly: sunday 02:00, duration: 1h }] } }"
    ),
    Slip(
      "maintenance: { m: { windows: [{ daily: \"«25:00»\", duration: 1h }] } }",
      "'25:00' is not a time of day from 00:00 to 23:59"
    ),
    Slip(
      "maintenance: { m: { windows: [{ daily: \"02:00\", duration: 1h, in: «Europe Berlin» }] } }",
      "'Europe Berlin' is not the name of a time zone, such as 'Europe/Berlin' or 'UTC'"
    ),
    Slip(
      "exclusions: { a: { not-measured: «false» } }",
      "'not-measured' is true or not there: what is measured says 'when'"
    ),
    Slip(
      "agreements: { a: { with: b, responses: { c: «ack» within 48h } } }",
      "'ack' is not 'acknowledge', 'answer' or 'fix'",
      "agreements: { a: { with: b, responses: { c: acknowledge within 48h } } }"
    ),
    Slip(
      "agreements: { a: { with: b, responses: { c: fix «in» 7d } } }",
      "'within' is expected instead of 'in'",
      "agreements: { a: { with: b, responses: { c: fix within 7d } } }"
    ),
    Slip(
      "agreements: { a: { with: b, starts: «2026-02-30» } }",
      "there is no day '2026-02-30': that month has 28 days"
    ),
  ]

  @Test("a value that does not read is marked at the part at fault", arguments: values)
  func value(_ slip: Slip) { slip.expect("SLO106") }

  static let ranges: [Slip] = [
    Slip("normal: «10/h»", "'10/h' is not a range"),
    Slip("normal: < «10»", "'10' does not say per what, as in '10/h'"),
    Slip("normal: 10/h .. «20»", "'20' does not say per what, as in '10/h'"),
    Slip("normal: 10/h ..«»", "nothing is written here"),
    Slip("normal: '«=<» 10/h'", "'=<' is not one of <, <=, > and >=", "normal: '<= 10/h'"),
    // Without quotes YAML would take the '>' for the beginning of folded text.
    Slip("normal: «=>» 10/h", "'=>' is not one of <, <=, > and >="),
  ]

  @Test("a range of burn is marked at the part at fault", arguments: ranges)
  func range(_ slip: Slip) {
    let head = "objectives: \n  o:\n    objective: a > 1 over 7d\n    burn:\n      "
    Slip("\(head)\(slip.line)", slip.message, slip.mended.map { "\(head)\($0)" }).expect("SLO106")
  }

  static let levels: [Slip] = [
    Slip("when: remaining > «50»", "'50' has no percent sign", "when: remaining > 50%"),
    Slip("when: «budget» > 50%", "'remaining' or 'always' is expected instead of 'budget'"),
    Slip("when: remaining «50%»", "a comparison is expected instead of '50%'"),
    Slip("when: remaining «=>» 50%", "'=>' is not one of <, <=, > and >=", "when: remaining >= 50%"),
    Slip("when: remaining >«»", "a share such as '50%' is expected after '>'"),
  ]

  @Test("the entry of a level is marked at the part at fault", arguments: levels)
  func level(_ slip: Slip) {
    let head = "policies:\n  p:\n    changes: [a]\n    levels:\n      l:\n        "
    Slip("\(head)\(slip.line)", slip.message, slip.mended.map { "\(head)\($0)" }).expect("SLO108")
  }

  @Test("what a level allows and does is one of the words or a list")
  func allowance() {
    let head = "policies:\n  p:\n    changes: [a]\n    levels:\n      l:\n        when: always\n        "
    Slip(
      "\(head)allow: «feature»",
      "'feature' is not 'all', 'none' or a list of change classes",
      "\(head)allow: [feature]"
    ).expect("SLO106")
    Slip(
      "\(head)actions: [war «room»]",
      "'room' is not how often an action is taken: 'hourly', 'daily', 'weekly', 'monthly' or 'quarterly', or as in "
        + "'every 12h'"
    ).expect("SLO106")
  }

  static let names: [(String, String, String?)] = [
    ("Song Generation", "lower-case words joined by hyphens", "song-generation"),
    ("songGeneration", "lower-case words joined by hyphens", "song-generation"),
    ("song_generation", "lower-case words joined by hyphens", "song-generation"),
    ("-song-", "lower-case words joined by hyphens", "song"),
    ("gänge", "lower-case words joined by hyphens", nil),
  ]

  @Test("a name in another form is answered with the nearest that has it", arguments: names)
  func name(_ name: String, _ rule: String, _ suggestion: String?) throws {
    let spec = SpecText("nines: v1\nservice: a\nindicators:\n  «\(name)»: { good: a_total, valid: b_total }\n")
    #expect(spec.diagnostics.map(\.message) == ["a name is written as \(rule), which '\(name)' is not"])
    #expect(spec.diagnostics.map(\.span.range) == spec.marks)
    #expect(
      spec.diagnostics.first?.fix?.title == suggestion.map { "write '\($0)'" } ?? spec.diagnostics.first?.fix?.title
    )
    #expect(spec.diagnostics.first?.fix?.safety != .safe)
    // What refers to the name finds it, so that one mistake has one diagnostic.
    #expect(try spec.document().indicators.map(\.name.value) == [name])
  }

  @Test("severities and alerts may have capitals, labels and metrics the characters of Prometheus")
  func forms() {
    let spec = SpecText(
      """
      nines: v1
      service: a
      severities: { P1: {}, sev_2: {} }
      labels: { «a-b»: c, «__x»: d, a_b: e }
      metrics: { «1a»: { type: gauge }, job:a:rate5m: { type: gauge } }
      """
    )
    #expect(spec.diagnostics.map(\.descriptor.code) == ["SLO106", "SLO106", "SLO106"], "\(spec.summary)")
    #expect(spec.diagnostics.map(\.span.range) == spec.marks)
  }

  @Test("a name may be a hundred characters long and no longer")
  func length() {
    let fits = String(repeating: "a", count: 100)
    #expect(SpecText("nines: v1\nservice: \(fits)\n").diagnostics.isEmpty)
    let spec = SpecText("nines: v1\nservice: «\(fits)a»\n")
    #expect(spec.diagnostics.map(\.span.range) == spec.marks)
    #expect(
      spec.diagnostics.first?.message.hasSuffix("is 101 characters long, more than the limit of 100 for a name") == true
    )
  }

  @Test("settings are held to their words, codes and severities")
  func settings() {
    let spec = SpecText(
      """
      nines: v1
      dialect: «promtheus-3»
      outputs: [grafana, «catalog»]
      interval: «30»
      label-names: { slo: «my-slo», «env»: env }
      rules: { «slo306»: off, SLO404: «warn», «SL1»: off }
      «service»: a
      """,
      asSettings: true
    )
    #expect(
      spec.diagnostics.sorted { $0.span.start < $1.span.start }.map(\.message) == [
        "'promtheus-3' is not a dialect: 'prometheus-2.42', 'prometheus-3', 'mimir', 'thanos' or 'victoriametrics'",
        "'catalog' is not a kind of artifact: 'prometheus', 'alertmanager', 'grafana', 'tables', 'gate', 'catalogue' or 'delivery'",
        "'30' has no unit such as s, m, h or d",
        "a label is written as letters, digits and '_', with no digit first, and not two '_' first, which 'my-slo' is not",
        "unknown key 'env' of the names of labels",
        "'slo306' is no code of a rule",
        "'warn' is not a severity: 'off', 'info', 'warning' or 'error'",
        "'SL1' is no code of a rule",
        "unknown key 'service' of the settings of a workspace",
      ],
      "\(spec.summary)"
    )
    #expect(
      spec.diagnostics.map(\.span.range).sorted { $0.lowerBound < $1.lowerBound } == spec.marks,
      "\(spec.summary)"
    )
  }
}
