import Foundation
import TestSupport
import Testing

@Suite("Programs and servers of tests")
struct TestSupportTests {
  @Test("Prometheus scrapes a server of the test, and has its samples after it was killed")
  func prometheus() async throws {
    let server = try LoopbackServer { $0.path == "/metrics" ? "served_total 42\n" : "" }
    defer { server.stop() }
    let folder = try TemporaryFolder()
    var prometheus = try await PrometheusProcess.start(in: folder, .init(jobs: ["shop": server.port]))
    defer { prometheus.kill() }
    try await eventually("a sample", { $0 == 42 }) { try await prometheus.value("served_total") }
    server.stop()
    prometheus.kill()
    await #expect(throws: (any Error).self) { try await prometheus.query("up") }

    prometheus = try await PrometheusProcess.start(in: folder, .init())
    try await eventually("a sample", { $0 == 42 }) { try await prometheus.value("max_over_time(served_total[10m])") }
  }
}
