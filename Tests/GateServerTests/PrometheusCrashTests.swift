import Foundation
import StructuredText
import Synchronization
import TestSupport
import Testing

/// What rules would have recorded, as a metrics page.
private final class Recordings: Sendable {
  private let bad = Mutex(0)

  /// Of 10,000 events of an objective that allows 100.
  func count(bad count: Int) { bad.withLock { $0 = count } }

  var page: String {
    let bad = bad.withLock { $0 }
    return ["shop/checkout/success", "shop/search"].map { slo in
      """
      slo:total:window{slo="\(slo)",window="30d"} 10000
      slo:bad:window{slo="\(slo)",window="30d"} \(bad)
      slo:total:ledger{slo="\(slo)"} 10000

      """
    }.joined()
  }
}

@Suite("A real Prometheus behind nines serve")
struct PrometheusCrashTests {
  @Test("killed, it lets nothing out for what it said once, and what it says again rules", .timeLimit(.minutes(10)))
  func killed() async throws {
    let recordings = Recordings()
    let target = try LoopbackServer { _ in recordings.page }
    defer { target.stop() }
    let configuration = PrometheusProcess.Configuration(jobs: ["shop": target.port])
    let data = try TemporaryFolder()
    var prometheus = try await PrometheusProcess.start(in: data, configuration)
    defer { prometheus.kill() }
    let port = try #require(prometheus.url.port)
    let server = try await start(asking: prometheus.url)
    defer { server.process.kill() }
    try await eventually("a feature may go out", { $0 == "allow" }) { try await server.answer() }

    prometheus.kill()
    try await eventually("what was said is too old", { $0 != "allow" }) { try await server.answer() }
    recordings.count(bad: 80)
    for _ in 0..<5 { #expect(try await server.answer() != "allow") }
    let none = "\nnines_gate_observation_failures_total 0\n"
    try await eventually("the failure is counted", { !$0.contains(none) }) {
      try await server.text("/metrics")
    }

    // The objectives lost most of their budgets meanwhile.
    prometheus = try await PrometheusProcess.start(in: data, configuration, port: port)
    var answers: Set<String> = []
    func isMeasured(_ decision: String) -> Bool {
      decision.contains("change-not-allowed-at-level") && !decision.contains("without-data")
    }
    try await eventually("what is said again is the reason", isMeasured) {
      let text = try await server.text(Self.feature)
      answers.insert(try JSONParser.parse(text)["answer"]?.string ?? text)
      return text
    }
    #expect(!answers.contains("allow"))

    recordings.count(bad: 0)
    try await eventually("the budget is back, and nobody started anything anew", { $0 == "allow" }) {
      try await server.answer()
    }
  }

  private static let feature = "/v1/gate/shop?change=feature"

  private struct Server {
    let process: GuardedProcess
    let url: URL
    /// Lives as long as the policy in it.
    let folder: TemporaryFolder

    func text(_ path: String) async throws -> String {
      let address = try #require(URL(string: path, relativeTo: url))
      return String(decoding: try await Loopback.get(address).body, as: UTF8.self)
    }

    func answer() async throws -> String? { try JSONParser.parse(try await text(feature))["answer"]?.string }
  }

  private func start(asking prometheus: URL) async throws -> Server {
    let folder = try TemporaryFolder()
    try folder.write(ShopDocuments.policy(services: ["shop"], interval: "1s", patience: "2s"), to: "policy.json")
    let process = try GuardedProcess(
      [
        BuiltProgram.nines.path, "serve", "--port", "0", "--rate", "0", "--policy", folder.path("policy.json"),
        "--prometheus", prometheus.absoluteString, "--refresh", "200ms", "--cache", "0s",
      ],
      log: folder.url.appendingPathComponent("server.log")
    )
    do {
      let port = try await eventually("the server listens", { $0 != nil }) {
        if !process.isRunning { throw ProcessEnded(log: process.log) }
        return process.log.firstMatch(of: /listening on [^:]+:(\d+)/).flatMap { Int($0.1) }
      }
      let found = try #require(port)
      let url = try #require(URL(string: "http://127.0.0.1:\(found)"))
      return Server(process: process, url: url, folder: folder)
    } catch {
      process.kill()
      throw error
    }
  }
}
