import PlanModel
import PromQL
import Quantities
import RuleReplay
import Testing

@Suite("What is played of PromQL")
struct LanguageTests {
  /// Small series with everything that histories have: resets, gaps, late births, several of one name.
  static let inputs: [(labels: SeriesLabels, values: [Double?])] = {
    var draw = SmallGenerator(state: 7)
    func counter(_ labels: [LabelPair], from birth: Int) -> (SeriesLabels, [Double?]) {
      var value = 0.0
      let values = (0..<240).map { step -> Double? in
        if step < birth || (step > 150 && step < 150 + birth / 2) { return nil }
        value = draw.next(40) == 0 ? 0 : value + Double(draw.next(9))
        return value
      }
      return (SeriesLabels("events_total", labels), values)
    }
    func gauge(_ labels: [LabelPair]) -> (SeriesLabels, [Double?]) {
      let values = (0..<240).map { _ -> Double? in
        // In eighths, so that a mean is the same in whatever order Prometheus comes across the series.
        draw.next(12) == 0 ? nil : Double(draw.next(2_000)) / 8 - 100
      }
      return (SeriesLabels("heat", labels), values)
    }
    return [
      counter([LabelPair("job", "a"), LabelPair("code", "200")], from: 0),
      counter([LabelPair("job", "a"), LabelPair("code", "500")], from: 30),
      counter([LabelPair("job", "b"), LabelPair("code", "200")], from: 60),
      gauge([LabelPair("job", "a")]), gauge([LabelPair("job", "b"), LabelPair("room", "x")]),
      (SeriesLabels("up", [LabelPair("job", "a")]), (0..<240).map { $0 % 50 == 49 ? 0 : 1 }),
    ]
  }()

  static let expressions = [
    "events_total", "events_total{code=\"200\"} offset 2m", "events_total{code!=\"200\"}",
    "events_total{code=~\"2.*\", job!~\"b|c\"}", "heat offset 45s",
    "increase(events_total[5m])", "increase(events_total[3m] offset 1m)", "rate(events_total[10m])",
    "increase(events_total[100s])", "delta(heat[7m])", "increase(events_total[40s])",
    "last_over_time(events_total[1m])", "last_over_time(heat[10m] offset 30s)",
    "min_over_time(heat[10m])", "max_over_time(heat[4m])", "sum_over_time(heat[6m])", "avg_over_time(heat[6m])",
    "count_over_time(heat[6m])", "present_over_time(heat[1m])",
    "absent_over_time(events_total{job=\"b\"}[5m])", "absent(heat{job=\"a\", room=\"\"})", "absent(sum(nothing))",
    "absent_over_time(heat{job=\"c\"}[2m])",
    "min_over_time(heat[20m:2m])", "max_over_time(sum(heat)[10m:45s])", "last_over_time(up[30m:7m] offset 1m)",
    "sum_over_time(vector(time())[5m:1m])", "count_over_time((heat > 0)[10m:1m])",
    "sum(events_total)", "sum by (job) (events_total)", "sum without (code) (increase(events_total[5m]))",
    "avg(heat)", "min by (room) (heat)", "max(heat)", "count(heat > 20)", "group by (job) (events_total)",
    "-heat", "abs(heat)", "ceil(heat)", "floor(heat)", "round(heat)", "sgn(heat)", "sqrt(abs(heat))",
    "clamp(heat, -10, 20.5)", "clamp(heat, 3, 1)", "clamp_min(heat, 0)", "clamp_max(heat, scalar(sum(up)))",
    "vector(time() % 90)", "vector(scalar(sum(heat) or vector(1)))",
    "heat + 1", "7 % heat > -3", "10 < heat", "heat > bool 10", "time() - 60 > bool 120 + vector(1)",
    "heat - on (job) up", "heat * on (job) group_left () sum by (job) (events_total)",
    "(events_total + 1) / on (job) group_left () up",
    "up * on (job) group_right () events_total", "events_total * on (job) group_left (room) heat",
    "heat > ignoring (room) events_total{code=\"200\"}", "heat >= bool on (job) group_right () events_total",
    "heat and on (job) up == 1", "heat and events_total", "heat unless on (job) events_total{code=\"500\"}",
    "heat or events_total", "up or on (job) heat", "sum(heat > 100) or vector(0)",
    "increase(events_total[3m]) > 0 and on (job) up == 1 or on () vector(1)",
    #"label_replace(events_total, "source", "0", "", "")"#, #"label_replace(up, "job", "$$c", "job", "a")"#,
  ]

  @Test("every function and operator yields what Prometheus yields, at every moment")
  func expressions() throws {
    let rules = try Self.expressions.enumerated().map { number, text in
      Rule.recording(
        RecordingRule(
          record: "played:\(number)",
          expression: try PromQLParser.parse(text),
          labels: [LabelPair("rule", "yes")]
        )
      )
    }
    try PromtoolComparison(
      groups: [RuleGroup(name: "expressions", interval: .seconds(30), rules: rules)],
      inputs: Self.inputs,
      identity: ["__name__", "job", "code", "room", "source"]
    ).expectEqual()
  }

  @Test("rules that read their own past, each other's, or what is evaluated after them, are played as Prometheus does")
  func recurrences() throws {
    let texts = [
      ("count:ledger", "max(last_over_time(count:ledger[10m])) + on () count:delta or on () vector(0)"),
      ("count:delta", "sum(increase(events_total[1m])) > 3"),
      ("count:first", "min(min_over_time(count:first[30m:4m]) or last_over_time(count:first[5m])) or vector(time())"),
      (
        "count:latch", "clamp_max((vector(time() % 900) < bool 60) + (last_over_time(count:latch[1d]) or vector(0)), 1)"
      ),
      ("count:ping", "count:pong + 1 or vector(1)"), ("count:pong", "count:ping * 2 < 4000"),
      ("count:late", "increase(count:after[5m])"), ("count:after", "sum(events_total)"),
    ]
    let rules = try texts.map { name, text in
      Rule.recording(RecordingRule(record: name, expression: try PromQLParser.parse(text), labels: []))
    }
    try PromtoolComparison(
      groups: [RuleGroup(name: "recurrences", interval: .seconds(30), rules: rules)],
      inputs: Self.inputs
    ).expectEqual()
  }

  @Test("alerts wait, fire and go on as in Prometheus")
  func alertStates() throws {
    let waits = [(0, 0), (0, 240), (90, 0), (90, 60), (30, 600)]
    let rules = try waits.enumerated().map { number, wait in
      Rule.alert(
        AlertRule(
          alert: "Hot\(number)",
          expression: try PromQLParser.parse("heat > 40"),
          sustained: .seconds(wait.0),
          keepFiringFor: .seconds(wait.1),
          labels: [],
          annotations: []
        )
      )
    }
    try PromtoolComparison(
      groups: [RuleGroup(name: "alerts", interval: .seconds(30), rules: rules)],
      inputs: Self.inputs,
      identity: ["__name__", "job", "room", "number"]
    ).expectEqual()
  }

  @Test(
    "what is not played is refused by name",
    arguments: [
      ("topk(1, heat)", "topk"), ("heat ^ 2", "^"), ("exp(heat)", "exp()"), ("heat @ 0", "@"),
      ("rate(up[5m:1m])", "a rate of a subquery"), ("{job=\"a\"}", "a selector without a name"), ("ALERTS", "ALERTS"),
      ("heat offset -1m", "a negative offset"), ("sum_over_time(up[5m:])", "a subquery without a step"),
    ]
  )
  func refusals(_ text: String, _ part: String) throws {
    #expect(throws: ReplayError.unsupported(part, rule: "played")) { try Self.play([text]) }
  }

  @Test("what Prometheus refuses while it evaluates is refused with the time")
  func ambiguities() throws {
    #expect(throws: ReplayError.ambiguous(SeriesLabels([LabelPair("job", "a")]), rule: "played", time: 900_000)) {
      try Self.play(["up * on (job) events_total"])
    }
    #expect(throws: ReplayError.ambiguous(SeriesLabels([LabelPair("job", "a")]), rule: "played", time: 900_000)) {
      try Self.play(["up * on (job) group_right (code) events_total"])
    }
    #expect(throws: ReplayError.recordedTwice(SeriesLabels("played"))) { try Self.play(["vector(1)", "vector(2)"]) }
  }

  private static func play(_ texts: [String]) throws {
    let rules = try texts.map {
      Rule.recording(RecordingRule(record: "played", expression: try PromQLParser.parse($0), labels: []))
    }
    let group = RuleGroup(name: "played", interval: .seconds(30), rules: rules)
    let grid = Grid(start: 0, step: 30_000, count: 240)
    _ = try Replay([group], over: inputs.map(\.labels), on: grid).play(inputs.map(\.values))
  }
}

/// Draws for tests; the same on every run.
struct SmallGenerator {
  var state: UInt64

  /// 0 up to a bound.
  mutating func next(_ bound: UInt64) -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state >> 33) % bound
  }
}
