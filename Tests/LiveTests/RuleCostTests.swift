import Diagnostics
import Foundation
import NinesCompiler
import PlanModel
import Quantities
import TestSupport
import Testing

@Suite("What rules read", .timeLimit(.minutes(10)))
struct RuleCostTests {
  private static let interval = 300
  private static let days = 10

  @Test("the table counts as many samples as Prometheus does, within 2%")
  func counted() async throws {
    let workspace = try Self.workspace()
    let objective = try #require(workspace.plan.services.first?.objectives.first)
    let cost = try #require(objective.ruleCost)
    let rules = objective.groups.flatMap(\.rules)
    let folder = try TemporaryFolder()
    let end = Int(Date.now.timeIntervalSince1970) / Self.interval * Self.interval - 3_600
    try Self.load(rules, until: end, into: folder)
    let prometheus = try await PrometheusProcess.start(in: folder, .init())
    defer { prometheus.kill() }

    var read = 0
    for rule in rules { read += try await prometheus.samplesRead(by: rule.expression.description, at: end) }
    let perMinute = Double(read) * 60 / Double(Self.interval)
    // Two of every scraped metric are there, and as many of the targets' own.
    let scraped = cost.scraped.reduce(Rational.zero) { $0 + $1.perMinute * 2 }
    let expected = (cost.recordedPerMinute + scraped).doubleValue
    #expect((expected / perMinute - 1).magnitude < 0.02, "\(expected) a minute, and Prometheus counts \(perMinute)")
  }

  private static func workspace() throws -> InMemoryCompilation.Output {
    let spec = """
      nines: v1
      service: shop
      owner: payments
      policy: none
      indicators:
        orders: { bad: order_errors_total, valid: orders_total }
      objectives:
        orders: orders >= 99.5% over 7d
      """
    let workspace = Workspace(
      name: "",
      folderName: "shop",
      settings: SourceFile(
        id: FileID(0),
        path: "nines.yaml",
        text: "nines: v1\ninterval: 5m\nscrape-interval: 5m\ngap: 30m\n"
      ),
      specs: [SourceFile(id: FileID(1), path: "specs/shop.yaml", text: spec)]
    )
    let compiler = Compiler(today: CalendarDate(dayNumber: 20_780), zones: { _ in .utc })
    return try #require(compiler.compile([workspace]).outputs?.first)
  }

  /// Everything that the rules read, a sample an interval.
  private static func load(_ rules: [Rule], until end: Int, into folder: TemporaryFolder) throws {
    var text = ""
    let times = stride(from: end - days * 86_400, through: end, by: interval)
    func add(_ series: String) {
      for (count, time) in times.enumerated() { text += "\(series) \(count) \(time)\n" }
    }
    for target in ["a", "b"] {
      for metric in ["orders_total", "order_errors_total", "up", "process_start_time_seconds"] {
        add(#"\#(metric){job="shop",instance="\#(target)"}"#)
      }
    }
    for case .recording(let rule) in rules {
      add("\(rule.record){\(rule.labels.map { #"\#($0.name)="\#($0.value)""# }.joined(separator: ","))}")
    }
    let file = folder.url.appendingPathComponent("samples.txt")
    try Data("\(text)# EOF\n".utf8).write(to: file)
    let promtool = Process()
    promtool.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    promtool.arguments = [
      "promtool", "tsdb", "create-blocks-from", "openmetrics", file.path,
      folder.url.appendingPathComponent("data").path,
    ]
    promtool.standardOutput = FileHandle.nullDevice
    try promtool.run()
    promtool.waitUntilExit()
    #expect(promtool.terminationStatus == 0)
  }
}
