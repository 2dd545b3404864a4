import ContentHash
import Foundation
import Quantities
import StructuredText
import TestSupport
import Testing

/// `nines serve` itself, in a process of its own: encrypted, for those with a token, with everything on disk that it can have.
struct ServedProgram {
  let folder: TemporaryFolder
  let process: GuardedProcess
  let port: Int

  static let token = "secret"

  /// What the server needs before it starts, in a folder.
  static func prepare() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(ShopDocuments.policy(), to: "policy.json")
    let now = Instant(unixSeconds: Int64(Date().timeIntervalSince1970))
    try folder.write(ShopDocuments.snapshot(at: now, bad: ["shop/search": 20]), to: "snapshot.json")
    let digest = SHA256.hexadecimal(of: Array(token.utf8))
    try folder.write(
      #"{"nines":"tokens/v1","tokens":[{"name":"ci","sha256":"\#(digest)","services":["shop"]}]}"#,
      to: "tokens.json"
    )
    let openssl = Process()
    openssl.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    openssl.arguments = [
      "openssl", "req", "-x509", "-nodes", "-days", "2", "-subj", "/CN=gate", "-addext", "subjectAltName=IP:127.0.0.1",
      "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-keyout", "gate.key", "-out", "gate.pem",
    ]
    openssl.currentDirectoryURL = folder.url
    openssl.standardError = FileHandle.nullDevice
    try openssl.run()
    openssl.waitUntilExit()
    try #require(openssl.terminationStatus == 0)
    return folder
  }

  /// Starts it, and returns when it listens. Its own log is `server.log` of the start, numbered.
  static func start(in folder: TemporaryFolder, number: Int = 0) async throws -> ServedProgram {
    let process = try GuardedProcess(
      [
        BuiltProgram.nines.path, "serve", "--port", "0", "--rate", "0", "--policy", folder.path("policy.json"),
        "--snapshot", folder.path("snapshot.json"), "--refresh", "20ms", "--reload", "1h",
        "--state", folder.url.path, "--decision-log", folder.path("decisions.jsonl"),
        "--tokens", folder.path("tokens.json"), "--tls-certificate", folder.path("gate.pem"),
        "--tls-key", folder.path("gate.key"),
      ],
      log: folder.url.appendingPathComponent("server.log.\(number)"),
      limit: 600
    )
    do {
      let port = try await eventually("the server listens", { $0 != nil }) {
        if !process.isRunning { throw ProcessEnded(log: process.log) }
        return process.log.firstMatch(of: /listening on [^:]+:(\d+)/).flatMap { Int($0.1) }
      }
      return ServedProgram(folder: folder, process: process, port: try #require(port))
    } catch {
      process.kill()
      throw error
    }
  }

  /// The same in a folder of its own, ready to answer.
  static func startReady() async throws -> ServedProgram {
    let server = try await start(in: prepare())
    do {
      try await eventually("it has observed", { $0 == 200 }) { try server.ask("/readyz").status }
      return server
    } catch {
      server.process.kill()
      throw error
    }
  }

  struct Answer: Sendable {
    let status: Int
    let text: String

    var json: JSONValue { get throws { try JSONParser.parse(text) } }
    var answer: String? { get throws { try json["answer"]?.string } }
  }

  func url(_ path: String) -> String { "https://127.0.0.1:\(port)\(path)" }

  static let feature = "/v1/gate/shop?change=feature"

  /// Asks as any program would: `curl`, which trusts nobody but the server's certificate.
  func ask(_ path: String, token: String? = token, scheme: String = "https") throws -> Answer {
    let client = try Caller(self, ["--write-out", "\n%{http_code}", "\(scheme)://127.0.0.1:\(port)\(path)"], token)
    let lines = try client.end().output.split(separator: "\n", omittingEmptySubsequences: false)
    return Answer(status: lines.last.flatMap { Int($0) } ?? 0, text: lines.dropLast().joined(separator: "\n"))
  }

  /// The identity of the policy that a decision follows.
  func policy() throws -> String? { try ask(Self.feature).json["policy"]?.string }

  func metric(_ name: String) throws -> String? {
    try ask("/metrics").text.split(separator: "\n").first { $0.hasPrefix("\(name) ") }.map {
      String($0.dropFirst(name.count + 1))
    }
  }

  /// What `/readyz` says of a check.
  func check(_ name: String) throws -> JSONValue? {
    try ask("/readyz").json["checks"]?.array?.first { $0["name"]?.string == name }
  }

  /// A `curl` on its way.
  final class Caller {
    private let process = Process()
    private let output: URL
    private let trace: URL
    /// What it sends, where it was told to read from there.
    let input = Pipe()

    init(_ server: ServedProgram, _ arguments: [String], _ token: String? = token) throws {
      output = server.folder.url.appendingPathComponent(UUID().uuidString)
      trace = output.appendingPathExtension("trace")
      let authority = ["--cacert", server.folder.path("gate.pem")]
      let header = token.map { ["--header", "Authorization: Bearer \($0)"] } ?? []
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["curl", "--silent", "--verbose", "--max-time", "600"] + authority + header + arguments
      for file in [output, trace] { try Data().write(to: file) }
      process.standardInput = input
      process.standardOutput = try FileHandle(forWritingTo: output)
      process.standardError = try FileHandle(forWritingTo: trace)
      try process.run()
    }

    /// What it said of its work so far.
    var said: String { get throws { try String(contentsOf: trace, encoding: .utf8) } }

    /// Waits until it is done.
    func end() throws -> (status: Int32, output: String) {
      process.waitUntilExit()
      return (process.terminationStatus, try String(contentsOf: output, encoding: .utf8))
    }
  }

  /// The connections, as the system lists them, with something on its way to the server that it has not read yet.
  var unread: [String] {
    get throws {
      let address = String(format: ":%04X", port)
      // A file without a size is read to its end this way only.
      let bytes = try FileHandle(forReadingFrom: URL(fileURLWithPath: "/proc/net/tcp")).readToEnd() ?? Data()
      let table = String(decoding: bytes, as: UTF8.self)
      return table.split(separator: "\n").map(String.init).filter { line in
        // Beginning with the second: number, local and remote address, state, what waits to be sent and what to be read.
        let fields = line.split(separator: " ").map(String.init)
        guard fields.count > 4, fields[3] == "01" else { return false }
        // Clients may leave unread what the server sends of its own accord.
        return fields[2].hasSuffix(address) && !fields[4].hasPrefix("00000000:")
          || fields[1].hasSuffix(address) && !fields[4].hasSuffix(":00000000")
      }
    }
  }
}
