import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// A real VictoriaMetrics server, started for a test. Whoever starts it kills it, best in a `defer`.
package struct VictoriaMetricsProcess: Sendable {
  private let url: URL
  private let process: GuardedProcess
  /// Lives as long as what is written into it.
  private let folder: TemporaryFolder

  /// Samples of a series, oldest first, with their times in seconds since 1970.
  package struct Series: Sendable, Encodable {
    let metric: [String: String]
    let values: [Double]
    let timestamps: [Int64]

    package init(_ name: String, _ labels: [String: String], _ samples: [(time: Int, value: Double)]) {
      metric = labels.merging(["__name__": name]) { _, name in name }
      values = samples.map(\.value)
      timestamps = samples.map { Int64($0.time) * 1_000 }
    }
  }

  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  /// It does not say which port the system gave it, so the test finds a free one.
  package static func start() async throws -> VictoriaMetricsProcess {
    let folder = try TemporaryFolder()
    let finder = try LoopbackServer { _ in "" }
    let port = finder.port
    finder.stop()
    let process = try GuardedProcess(
      [
        "victoria-metrics", "-httpListenAddr=127.0.0.1:\(port)", "-retentionPeriod=100y", "-search.latencyOffset=0s",
        "-search.disableCache", "-storageDataPath=\(folder.url.appendingPathComponent("data").path)",
      ],
      log: folder.url.appendingPathComponent("log")
    )
    guard let url = URL(string: "http://127.0.0.1:\(port)") else { throw Failure(description: "no port \(port)") }
    do {
      let server = VictoriaMetricsProcess(url: url, process: process, folder: folder)
      try await eventually("VictoriaMetrics is ready", within: .seconds(60), { $0 == 200 }) {
        if !process.isRunning { throw ProcessEnded(log: process.log) }
        return try await Loopback.get(url.appendingPathComponent("health")).status
      }
      return server
    } catch {
      process.kill()
      throw error
    }
  }

  package func kill() { process.kill() }

  /// Writes samples, which queries see from then on.
  package func write(_ series: [Series]) async throws {
    if series.isEmpty { return }
    let encoder = JSONEncoder()
    let lines = try series.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
    var request = URLRequest(url: url.appendingPathComponent("api/v1/import"))
    request.httpMethod = "POST"
    request.httpBody = Data(lines.joined(separator: "\n").utf8)
    let answer = try await Loopback.send(request)
    guard answer.status < 300 else { throw Failure(description: String(decoding: answer.body, as: UTF8.self)) }
    _ = try await Loopback.get(url.appendingPathComponent("internal/force_flush"))
  }

  /// The series that a query yields at a time in seconds since 1970, asked as vmalert asks. The step is how old the newest
  /// sample of a series may be.
  package func query(_ text: String, at time: Int, step: String = "5m") async throws -> [PrometheusProcess.Sample] {
    try await PrometheusProcess.query(
      ["query": text, "time": "\(time)", "step": step],
      of: url.appendingPathComponent("api/v1/query")
    )
  }
}
