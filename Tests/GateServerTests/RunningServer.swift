import DeployGate
import Foundation
import Quantities
import StructuredText
import Synchronization
import TestSupport

@testable import GateServer

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// A server at a free port, with files in a folder of its own and a clock that the test sets.
final class RunningServer: Sendable {
  struct Answer: Sendable {
    let status: Int
    let headers: [String: String]
    let text: String

    /// What a JSON body says.
    var json: JSONValue { get throws { try JSONParser.parse(text) } }
    var answer: String? { get throws { try json["answer"]?.string } }
    var code: String? { get throws { try json["code"]?.string } }
  }

  let folder: TemporaryFolder
  let server: DecisionServer
  private let clock: Clock
  private let said: Said
  private let port: Int
  private let task: Task<Void, any Error>

  /// What a request may take, in seconds. Servers and clients share the threads of all tests, so an answer comes when the
  /// others let it; the limit only ends a run that would not end by itself.
  private static let patience = 600.0

  final class Clock: Sendable {
    let now = Mutex(ShopDocuments.noon)
  }

  final class Said: Sendable {
    let lines = Mutex<[String]>([])
  }

  /// Starts it with a policy and, where one is given, observations.
  init(
    in folder: TemporaryFolder? = nil,
    policy: String? = ShopDocuments.policy(),
    snapshot: String? = ShopDocuments.snapshot(),
    feed: ObservationFeed? = nil,
    _ change: (inout ServerSettings, TemporaryFolder) throws -> Void = { _, _ in }
  ) async throws {
    let folder = try folder ?? TemporaryFolder()
    self.folder = folder
    let clock = Clock()
    let said = Said()
    self.clock = clock
    self.said = said
    var settings = ServerSettings()
    settings.port = 0
    settings.policies = [folder.path("policy.json")]
    settings.limits.rate = nil
    settings.limits.idle = .hours(1)
    settings.limits.body = .hours(1)
    settings.cache = .zero
    // The test says when something is looked at.
    settings.refresh = .hours(1)
    settings.reload = .hours(1)
    if let policy { try folder.write(policy, to: "policy.json") }
    if let snapshot { try folder.write(snapshot, to: "snapshot.json") }
    try change(&settings, folder)
    server = try DecisionServer(
      settings,
      observing: feed ?? .file(folder.path("snapshot.json")),
      now: { clock.now.withLock { $0 } },
      say: { bytes in
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        said.lines.withLock { $0 += lines }
      }
    )
    await server.observe()
    let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
    let server = server
    task = Task {
      defer { continuation.finish() }
      try await server.run(.ignored) { port in continuation.yield(port) }
    }
    var found: Int?
    for await port in ports {
      found = port
      break
    }
    port = try found ?? { throw ProcessEnded(log: said.lines.withLock { $0.joined(separator: "\n") }) }()
  }

  /// Stops it and returns when it has stopped.
  func stop() async {
    task.cancel()
    _ = await task.result
  }

  /// What the server said in its own log.
  var lines: [String] { said.lines.withLock { $0 } }

  func setClock(_ instant: Instant) { clock.now.withLock { $0 = instant } }

  func url(_ path: String, scheme: String = "http") throws -> URL {
    guard let url = URL(string: "\(scheme)://127.0.0.1:\(port)\(path)") else { throw URLError(.badURL) }
    return url
  }

  func ask(
    _ path: String,
    method: String = "GET",
    headers: [String: String] = [:],
    body: String? = nil
  ) async throws -> Answer {
    var request = URLRequest(url: try url(path))
    request.httpMethod = method
    request.timeoutInterval = Self.patience
    request.cachePolicy = .reloadIgnoringLocalCacheData
    for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
    if let body {
      request.httpBody = Data(body.utf8)
      if headers["Content-Type"] == nil { request.setValue("application/json", forHTTPHeaderField: "Content-Type") }
    }
    let (data, response) = try await URLSession.shared.data(for: request)
    guard let http = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
    let fields = http.allHeaderFields.map { ("\($0.key)".lowercased(), "\($0.value)") }
    return Answer(
      status: http.statusCode,
      headers: Dictionary(fields) { first, _ in first },
      text: String(decoding: data, as: UTF8.self)
    )
  }

  /// What the gate says on a feature of the shop.
  func feature(_ headers: [String: String] = [:]) async throws -> Answer {
    try await ask("/v1/gate/shop?change=feature", headers: headers)
  }

  /// Whether a check of `/readyz` is good.
  func isGood(_ check: String) async throws -> Bool? {
    try await ask("/readyz").json["checks"]?.array?.first { $0["name"]?.string == check }?["good"]?.bool
  }

  func metric(_ name: String) async throws -> String? {
    try await ask("/metrics").text.split(separator: "\n").first { $0.hasPrefix("\(name) ") }.map {
      String($0.dropFirst(name.count + 1))
    }
  }
}

extension TemporaryFolder {
  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: url.appendingPathComponent(name), options: .atomic)
  }

  func read(_ name: String) throws -> String {
    try String(contentsOf: url.appendingPathComponent(name), encoding: .utf8)
  }

  /// The members of a JSON Lines file.
  func lines(_ name: String) throws -> [JSONValue] {
    try read(name).split(separator: "\n").map { try JSONParser.parse(String($0)) }
  }
}
