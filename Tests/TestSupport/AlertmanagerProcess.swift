import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// A real Alertmanager, started for a test. Whoever starts it kills it, best in a `defer`.
package struct AlertmanagerProcess: Sendable {
  package let url: URL
  private let process: GuardedProcess
  /// Lives as long as what is written into it.
  private let folder: TemporaryFolder

  /// An alert as Alertmanager shows it.
  package struct Alert: Sendable, Decodable {
    package struct Status: Sendable, Decodable {
      /// `unprocessed`, `active` or `suppressed`.
      package let state: String
      package let inhibitedBy: [String]
    }

    package let labels: [String: String]
    package let status: Status
  }

  /// Starts it, and returns when it is ready.
  package static func start(in folder: TemporaryFolder, configuration: String) async throws -> AlertmanagerProcess {
    let file = folder.url.appendingPathComponent("alertmanager.yml")
    try Data(configuration.utf8).write(to: file)
    let process = try GuardedProcess(
      [
        "prometheus-alertmanager", "--config.file=\(file.path)", "--web.listen-address=127.0.0.1:0",
        "--cluster.listen-address=", "--log.level=debug",
        "--storage.path=\(folder.url.appendingPathComponent("alertmanager").path)",
      ],
      log: folder.url.appendingPathComponent("alertmanager.log")
    )
    do {
      let alertmanager = AlertmanagerProcess(url: try await process.address(), process: process, folder: folder)
      try await eventually("Alertmanager is ready", within: .seconds(60), { $0 == 200 }) {
        try await Loopback.get(alertmanager.url.appendingPathComponent("-/ready")).status
      }
      return alertmanager
    } catch {
      process.kill()
      throw error
    }
  }

  package func kill() { process.kill() }

  package var log: String { process.log }

  package struct Refusal: Error, CustomStringConvertible {
    package let description: String
  }

  /// Hands alerts over, as Prometheus does while they fire, and when they do so no more.
  package func post(_ alerts: [[String: String]], areOver: Bool = false) async throws {
    let end = areOver ? Date() : Date(timeIntervalSinceNow: 300)
    let posted = alerts.map { Posted(labels: $0, endsAt: end.ISO8601Format()) }
    var request = URLRequest(url: url.appendingPathComponent("api/v2/alerts"))
    request.httpMethod = "POST"
    request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    request.httpBody = try JSONEncoder().encode(posted)
    let answer = try await Loopback.send(request)
    if answer.status != 200 { throw Refusal(description: String(decoding: answer.body, as: UTF8.self)) }
  }

  private struct Posted: Encodable {
    let labels: [String: String]
    let endsAt: String
  }

  package func alerts() async throws -> [Alert] {
    let answer = try await Loopback.get(url.appendingPathComponent("api/v2/alerts"))
    return try JSONDecoder().decode([Alert].self, from: answer.body)
  }
}
