import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// A real Prometheus, started for a test. Whoever starts it kills it, best in a `defer`.
package struct PrometheusProcess: Sendable {
  /// What it scrapes and which rules it evaluates, once a second.
  package struct Configuration: Sendable {
    /// Ports of the loopback interface, by the name of the job.
    package var jobs: [String: UInt16]
    /// The text of rule files.
    package var rules: [String]
    /// The port of an Alertmanager.
    package var alertmanager: UInt16?

    package init(jobs: [String: UInt16] = [:], rules: [String] = [], alertmanager: UInt16? = nil) {
      self.jobs = jobs
      self.rules = rules
      self.alertmanager = alertmanager
    }
  }

  /// A series of an answer, with its newest value.
  package struct Sample: Sendable, Equatable {
    package let labels: [String: String]
    package let value: Double
    /// Seconds since 1970.
    package let time: Double
  }

  /// Where its API answers.
  package let url: URL
  private let process: GuardedProcess
  /// Lives as long as what is written into it.
  private let folder: TemporaryFolder

  /// Starts it on the data that a folder holds of an earlier start, or on none, and returns when it is ready. Without a
  /// port it takes one that is free.
  package static func start(
    in folder: TemporaryFolder,
    _ configuration: Configuration,
    port: Int = 0
  ) async throws -> PrometheusProcess {
    for (number, rules) in configuration.rules.enumerated() {
      try Data(rules.utf8).write(to: folder.url.appendingPathComponent("\(number).rules.yaml"))
    }
    let file = folder.url.appendingPathComponent("prometheus.yaml")
    try Data(configuration.text.utf8).write(to: file)
    let process = try GuardedProcess(
      [
        "prometheus", "--config.file=\(file.path)", "--web.listen-address=127.0.0.1:\(port)",
        "--storage.tsdb.path=\(folder.url.appendingPathComponent("data").path)",
      ],
      log: folder.url.appendingPathComponent("\(UUID().uuidString).log")
    )
    do {
      let prometheus = PrometheusProcess(url: try await process.address(), process: process, folder: folder)
      try await eventually("Prometheus is ready", within: .seconds(60), { $0 == 200 }) {
        try await Loopback.get(prometheus.url.appendingPathComponent("-/ready")).status
      }
      return prometheus
    } catch {
      process.kill()
      throw error
    }
  }

  /// Puts samples, as OpenMetrics, into the data that a Prometheus is started on in a folder.
  package static func makeBlocks(of samples: String, _ name: String, in folder: TemporaryFolder) throws {
    let file = folder.url.appendingPathComponent("\(name).om")
    let text = samples.hasSuffix("# EOF\n") ? samples : samples + "# EOF\n"
    try Data(text.utf8).write(to: file)
    let promtool = Process()
    promtool.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    promtool.arguments = [
      "promtool", "tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=64h", file.path,
      folder.url.appendingPathComponent("data").path,
    ]
    promtool.standardOutput = FileHandle.nullDevice
    try promtool.run()
    promtool.waitUntilExit()
    if promtool.terminationStatus != 0 { throw QueryFailure(description: "promtool made no blocks of '\(name)'") }
  }

  /// Ends it as `kill -9` does.
  package func kill() { process.kill() }

  package var log: String { process.log }

  // MARK: Asking

  package struct QueryFailure: Error, CustomStringConvertible {
    package let description: String
  }

  /// The series that a query yields now.
  package func query(_ text: String) async throws -> [Sample] {
    try await Self.query(["query": text], of: url.appendingPathComponent("api/v1/query"))
  }

  /// The series that a server with Prometheus's API answers with.
  package static func query(_ parameters: [String: String], of endpoint: URL) async throws -> [Sample] {
    try await answer(to: parameters, of: endpoint).data.result.map { entry in
      Sample(labels: entry.metric, value: entry.value.number, time: entry.value.time)
    }
  }

  /// How many samples a query reads at a time in seconds since 1970.
  package func samplesRead(by text: String, at time: Int) async throws -> Int {
    let parameters = ["query": text, "time": "\(time)", "stats": "true"]
    let answer = try await Self.answer(to: parameters, of: url.appendingPathComponent("api/v1/query"))
    guard let statistics = answer.data.stats else { throw QueryFailure(description: "'\(text)': no statistics") }
    return statistics.samples.totalQueryableSamples
  }

  private static func answer(to parameters: [String: String], of endpoint: URL) async throws -> Answer {
    var address = URLComponents(url: endpoint, resolvingAgainstBaseURL: false)
    address?.queryItems = parameters.sorted { $0.key < $1.key }.map { URLQueryItem(name: $0.key, value: $0.value) }
    // A plus means a space in a query string.
    let encoded = address?.percentEncodedQuery?.replacingOccurrences(of: "+", with: "%2B")
    address?.percentEncodedQuery = encoded
    let text = parameters["query"] ?? ""
    guard let target = address?.url else { throw QueryFailure(description: "no address for '\(text)'") }
    let answer = try await Loopback.get(target)
    guard answer.status == 200 else {
      throw QueryFailure(description: "'\(text)': \(String(decoding: answer.body, as: UTF8.self))")
    }
    return try JSONDecoder().decode(Answer.self, from: answer.body)
  }

  /// The value of a query that yields one series; nil where it yields none.
  package func value(_ text: String) async throws -> Double? {
    let samples = try await query(text)
    if samples.count > 1 { throw QueryFailure(description: "'\(text)' yields \(samples.count) series") }
    return samples.first?.value
  }

  private struct Answer: Decodable {
    struct Content: Decodable {
      let result: [Entry]
      let stats: Statistics?
    }
    struct Statistics: Decodable { let samples: Samples }
    struct Samples: Decodable { let totalQueryableSamples: Int }
    struct Entry: Decodable {
      let metric: [String: String]
      let value: Pair
    }
    struct Pair: Decodable {
      let time: Double
      let number: Double

      init(from decoder: any Decoder) throws {
        var pair = try decoder.unkeyedContainer()
        time = try pair.decode(Double.self)
        let text = try pair.decode(String.self)
        guard let number = Double(text) else {
          throw DecodingError.dataCorruptedError(in: pair, debugDescription: "no number: \(text)")
        }
        self.number = number
      }
    }
    let data: Content
  }
}

extension PrometheusProcess.Configuration {
  fileprivate var text: String {
    var lines = ["global:", "  scrape_interval: 1s", "  scrape_timeout: 1s", "  evaluation_interval: 1s"]
    if !rules.isEmpty {
      lines.append("rule_files: ['*.rules.yaml']")
    }
    if let alertmanager {
      lines += ["alerting:", "  alertmanagers: [{ static_configs: [{ targets: ['127.0.0.1:\(alertmanager)'] }] }]"]
    }
    lines.append("scrape_configs:")
    for (job, port) in jobs.sorted(by: { $0.key < $1.key }) {
      lines.append("  - { job_name: \(job), static_configs: [{ targets: ['127.0.0.1:\(port)'] }] }")
    }
    return lines.joined(separator: "\n")
  }
}

/// Requests to servers of this machine.
package enum Loopback {
  package struct Answer: Sendable {
    package let status: Int
    package let body: Data
  }

  package static func get(_ url: URL) async throws -> Answer {
    try await send(URLRequest(url: url))
  }

  package static func send(_ request: URLRequest) async throws -> Answer {
    var request = request
    request.timeoutInterval = 120
    let (body, response) = try await URLSession.shared.data(for: request)
    return Answer(status: (response as? HTTPURLResponse)?.statusCode ?? 0, body: body)
  }
}
