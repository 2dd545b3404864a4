import Diagnostics
import Emitters
import Foundation
import NinesCompiler
import PlanModel
import PromQL
import Quantities
import TestSupport
import Testing

/// Debian's VictoriaMetrics 1.79, the oldest that the dialect is meant for.
@Suite("Rules in VictoriaMetrics", .timeLimit(.minutes(10)))
struct VictoriaMetricsTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Folders with specs: both plans and the goldens.
  static let examples = [
    "specs/flashfusion-studio", "specs/smart-pip", "Tests/NinesCompilerTests/Goldens/checkout/specs",
    "Tests/NinesCompilerTests/Goldens/nested/specs/depot", "Tests/NinesCompilerTests/Goldens/nested/specs/shop",
  ]

  private static func example(_ folder: String) throws -> InMemoryCompilation.Output {
    let folder = root.appending(path: folder)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    let texts = try names.filter { $0.hasSuffix(".yaml") }.map { name in
      (name, try String(contentsOf: folder.appending(path: name), encoding: .utf8))
    }
    let settings = texts.first { $0.0 == "nines.yaml" }?.1 ?? "nines: v1\n"
    return try compiled(texts.filter { $0.0 != "nines.yaml" }.map(\.1), settings: settings)
  }

  private static func compiled(_ specs: [String], settings: String) throws -> InMemoryCompilation.Output {
    let kept = settings.split(separator: "\n").filter { line in
      !["dialect:", "format:", "outputs:"].contains { line.hasPrefix($0) }
    }
    let settings = kept + ["dialect: victoriametrics"]
    let workspace = Workspace(
      name: "",
      folderName: "shop",
      settings: SourceFile(id: FileID(specs.count), path: "nines.yaml", text: settings.joined(separator: "\n") + "\n"),
      specs: specs.enumerated().map { index, text in
        SourceFile(id: FileID(index), path: "specs/\(index).yaml", text: text)
      }
    )
    let compiler = Compiler(today: CalendarDate(dayNumber: 20_780), zones: { _ in .utc })
    let compilation = compiler.compile([workspace])
    #expect(compilation.report.diagnostics.filter { $0.severity == .error }.map(\.message) == [])
    return try #require(compilation.outputs?.first)
  }

  @Test("vmalert reads the rules of the examples", arguments: examples)
  func dryRun(_ example: String) throws {
    let folder = try TemporaryFolder()
    let files = try Self.example(example).artifacts.filter { $0.path.hasSuffix(".rules.yaml") }
    #expect(!files.isEmpty)
    for (number, file) in files.enumerated() {
      let path = folder.url.appendingPathComponent("\(number).yaml")
      try Data(file.bytes).write(to: path)
      let vmalert = Process()
      vmalert.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      vmalert.arguments = ["vmalert", "-dryRun", "-rule=\(path.path)"]
      let output = Pipe()
      vmalert.standardError = output
      try vmalert.run()
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      vmalert.waitUntilExit()
      #expect(vmalert.terminationStatus == 0, "\(file.path): \(text)")
    }
  }

  @Test("the server knows every function and operator of the examples' rules")
  func executes() async throws {
    let server = try await VictoriaMetricsProcess.start()
    defer { server.kill() }
    for example in Self.examples {
      for rule in try Self.example(example).plan.allRules {
        _ = try await server.query(rule.expression.description, at: 1_700_000_000)
      }
    }
  }

  // MARK: Figures

  /// With all of its windows alike.
  private static func shop(over window: String) -> String {
    """
    nines: v1
    service: shop
    owner: payments
    policy: budget
    policies:
      budget:
        changes: [feature]
        levels:
          healthy: { when: remaining >= 50%, allow: all }
          exhausted: { when: remaining < 50%, until: remaining > 70%, allow: [] }
    exclusions:
      upgrade: { reason: the database is upgraded, when: shop_upgrade_active == 1 }
    indicators:
      requests:
        good: http_requests_total{job="web", outcome="success"}
        valid: http_requests_total{job="web"}
      orders: { bad: order_errors_total, valid: orders_total, excluding: [upgrade] }
    objectives:
      availability: requests >= 99.9% over \(window)
      by-platform: requests >= 99% over \(window) by [platform]
      orders: orders >= 99.5% over \(window)
    """
  }

  /// What Prometheus's own `promtool` finds in the same tests is held to the same numbers by the tests of the lowering.
  @Test(
    "evaluated as vmalert does, rules yield what the tests expect that come with them, within half a percent",
    arguments: [("30d", 1), ("calendar month", 0)]
  )
  func figures(_ window: String, _ windowDelay: Int) async throws {
    let server = try await VictoriaMetricsProcess.start()
    defer { server.kill() }
    let workspace = try Self.compiled([Self.shop(over: window)], settings: "nines: v1")
    let service = try #require(workspace.plan.services.first)
    // An hour of evaluations is some ten thousand queries.
    let suite = try #require(service.ruleTests.suites.first { $0.step == .seconds(30) })
    let tests = suite.tests.filter { test in test.checks.allSatisfy { $0.time < .minutes(20) } }
    #expect(tests.count >= 2)
    for (number, test) in tests.enumerated() {
      // Far enough from each other, and from midnight, where this server loses a sample of the very moment.
      let player = VictoriaMetricsPlayer(
        server: server,
        rules: workspace.plan.allRules,
        interval: 30,
        start: 1_600_000_000 + number * 100 * 86_400,
        windowDelay: windowDelay
      )
      try await player.play(test)
    }
  }
}

/// Plays a test of rules on a server as vmalert would: what rules record is there for the evaluation after.
struct VictoriaMetricsPlayer {
  let server: VictoriaMetricsProcess
  let rules: [Rule]
  let interval: Int
  /// Seconds since 1970.
  let start: Int
  /// How many evaluations the sums of windows lag behind: rolling ones read the ledgers of the evaluation before.
  let windowDelay: Int

  func play(_ test: RuleTest) async throws {
    try await server.write(
      test.series.map { series in
        let samples = series.values.samples.enumerated().compactMap { index, value in
          value.map { (time: time(index), value: $0) }
        }
        return .init(series.metric, series.labels.dictionary, samples)
      }
    )
    let last = test.checks.map { interval(of: $0) }.max() ?? 0
    for step in 0...last {
      try await evaluate(at: step)
      for check in test.checks where interval(of: check) == step { try await verify(check, of: test) }
    }
  }

  private func time(_ step: Int) -> Int { start + step * interval }

  /// Sums of windows, budgets and levels are computed from what was recorded an evaluation ago, each from the other.
  private func interval(of check: RuleCheck) -> Int {
    let step = Int((check.time.seconds / Rational(interval)).floor)
    let names = Set(check.query.selectorUses.compactMap(\.selector.metricName))
    let delay =
      if names.contains("slo:level") {
        2 + windowDelay
      } else if names.contains("slo:error_budget:remaining") || names.contains("slo:success:ratio") {
        1 + windowDelay
      } else if names.contains(where: { $0.hasSuffix(":window") }) {
        windowDelay
      } else { 0 }
    return step + delay
  }

  private func evaluate(at step: Int) async throws {
    var recorded: [VictoriaMetricsProcess.Series] = []
    for rule in rules {
      for sample in try await server.query(rule.expression.description, at: time(step)) {
        var labels = sample.labels
        labels["__name__"] = nil
        switch rule {
        case .recording(let rule):
          labels.merge(rule.labels.dictionary) { _, given in given }
          recorded.append(.init(rule.record, labels, [(time(step), sample.value)]))
        case .alert(let rule):
          let state = ["alertname": rule.alert, "alertstate": "firing"]
          labels.merge(rule.labels.dictionary.merging(state) { _, given in given }) { _, given in given }
          recorded.append(.init("ALERTS", labels, [(time(step), 1)]))
        }
      }
    }
    try await server.write(recorded)
  }

  private func verify(_ check: RuleCheck, of test: RuleTest) async throws {
    // An alert that has ended leaves no mark here, where vmalert would leave one.
    let isAlert = check.query.selectorUses.contains { $0.selector.metricName == "ALERTS" }
    let samples = try await server.query(
      check.query.description,
      at: time(interval(of: check)),
      step: isAlert ? "\(interval)s" : "5m"
    )
    var found: [[String: String]: Double] = [:]
    for sample in samples { found[sample.labels.filter { $0.key != "__name__" }] = sample.value }
    for expected in check.expected {
      let value = found.removeValue(forKey: expected.labels.dictionary)
      let wanted = expected.value.value
      let isNear = value.map { ($0 - wanted).magnitude <= 0.005 * wanted.magnitude } ?? false
      #expect(
        isNear,
        "\(test.name), \(check.time): \(check.query) of \(expected.labels.dictionary) is \(String(describing: value)), not \(wanted)"
      )
    }
    #expect(found == [:], "\(test.name), \(check.time): \(check.query)")
  }
}

extension Plan {
  /// In the order of evaluation.
  var allRules: [Rule] {
    (workspace.groups + services.flatMap { $0.objectives.flatMap(\.groups) + $0.groups }).flatMap(\.rules)
  }
}

extension [LabelPair] {
  /// Labels that are templates would be expanded.
  fileprivate var dictionary: [String: String] {
    Dictionary(filter { !$0.value.contains("{{") }.map { ($0.name, $0.value) }) { first, _ in first }
  }
}
