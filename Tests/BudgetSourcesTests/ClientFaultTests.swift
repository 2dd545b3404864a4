import Foundation
import Quantities
import TestSupport
import Testing

@testable import BudgetSources

private let one = #"{"resultType":"vector","result":[{"metric":{"a":"b"},"value":[1760000387.123,"4.5"]}]}"#

/// What a client makes of a server that does not do what a Prometheus does.
@Suite("Asking a Prometheus")
struct ClientFaultTests {
  private func ask(
    _ change: (inout PrometheusAccess) -> Void = { _ in },
    _ script: @escaping @Sendable (Int, ScriptedServer.Request) -> ScriptedServer.Reaction
  ) async throws -> PrometheusAnswer<[PrometheusSeries]> {
    let server = try await ScriptedServer(script)
    var access = try PrometheusAccess.loopback(server.port)
    change(&access)
    let answer: Result<PrometheusAnswer<[PrometheusSeries]>, any Error>
    do {
      answer = .success(try await asking(access) { try await $0.query("up", at: 1_760_000_387_123) })
    } catch {
      answer = .failure(error)
    }
    try await server.stop()
    return try answer.get()
  }

  @Test("a value comes with its labels, its time and the server's warnings")
  func value() async throws {
    let answer = try await ask { _, request in
      request.field("time") == "1760000387.123" && request.field("query") == "up"
        ? .data(one, warnings: #"["a store was away"]"#) : .answer(400, "{}")
    }
    #expect(
      answer.value == [PrometheusSeries(labels: ["a": "b"], samples: [.init(time: 1_760_000_387_123, value: 4.5)])]
    )
    #expect(answer.warnings == ["a store was away"])
  }

  @Test("raw samples of VictoriaMetrics are read, which calls them a stream")
  func stream() async throws {
    let body = #"{"status":"success","data":\#(one)}"#
    let answer = try await ask { _, _ in .answer(200, body, type: "application/stream+json; charset=utf-8") }
    #expect(answer.value.first?.samples.first?.value == 4.5)
  }

  @Test("what passes is asked again: 500, 503, 429 and cut connections")
  func retried() async throws {
    let answer = try await ask { number, _ in
      switch number {
      case 0: .answer(500, "x", type: "text/plain")
      case 1: .answer(429, #"{"status":"error","errorType":"too_many_requests","error":"slow down"}"#)
      case 2: .cut
      case 3: .answer(503, #"{"status":"error","errorType":"unavailable","error":"starting"}"#)
      default: .data(one)
      }
    }
    #expect(answer.value.first?.samples.first?.value == 4.5)
  }

  @Test("a server that never recovers is given up, and an answer of 4xx at once")
  func givenUp() async throws {
    for (status, attempts) in [(500, 5), (400, 1), (404, 1), (422, 1), (401, 1)] {
      let folder = try TemporaryFolder()
      let log = folder.url.appendingPathComponent("log")
      let error = await #expect(throws: PrometheusError.self) {
        try await ask { number, _ in
          try? Data("\(number)".utf8).write(to: log)
          return .answer(status, #"{"status":"error","errorType":"bad_data","error":"so it is"}"#)
        }
      }
      #expect(error?.reason == .refused(status: status, type: "bad_data", message: "so it is"))
      #expect(try String(contentsOf: log, encoding: .utf8) == "\(attempts - 1)")
    }
  }

  @Test(
    "what is no answer of a Prometheus is said to be none",
    arguments: [
      (.answer(200, "<html>", type: "text/html"), "not an answer of a Prometheus: its type is 'text/html'"),
      (.answer(200, #"{"status":"success","data":"#), "JSON that breaks off"),
      (.answer(200, #"{"status":"success"}"#), "it has no 'data'"),
      (
        .data(#"{"resultType":"vector","result":[{"metric":{},"value":[1,2]}]}"#), "a sample is not a time and a number"
      ),
      (.data(#"{"resultType":"streams","result":[]}"#), "its result is a 'streams'"),
      (.bytes("SSH-2.0-OpenSSH_9.2\r\n\r\n\r\n\r\n"), "not an answer of a Prometheus"),
      (.answer(302, "", "Location: http://elsewhere/"), "redirected to 'http://elsewhere/' (status 302)"),
      (.answer(401, "", type: "text/plain"), "status 401"),
    ] as [(ScriptedServer.Reaction, String)]
  )
  func garbage(_ reaction: ScriptedServer.Reaction, message: String) async throws {
    let error = await #expect(throws: PrometheusError.self) { try await ask { _, _ in reaction } }
    let text = try #require(error?.description)
    #expect(text.hasPrefix("query at http://127.0.0.1:"))
    #expect(text.contains(message))
  }

  @Test("a server that says nothing, or stops in the middle, is left after the time for a request")
  func hanging() async throws {
    for reaction: ScriptedServer.Reaction in [.silence, .bytes("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")] {
      let error = await #expect(throws: PrometheusError.self) {
        try await ask({ $0.limits.request = .milliseconds(300) }) { _, _ in reaction }
      }
      #expect(error?.reason == .timedOut(.milliseconds(300)))
    }
  }

  @Test("an answer that is cut off is asked for again, and then a lost connection")
  func truncated() async throws {
    let error = await #expect(throws: PrometheusError.self) {
      try await ask { _, _ in
        .truncated("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
      }
    }
    #expect(error?.description.contains("the connection was lost: it ended in the middle of the answer") == true)
  }

  @Test("no more is read than the limit, whether its length is stated or not")
  func tooLarge() async throws {
    let body = String(repeating: " ", count: 2_000)
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n\(body)\r\n"
    for reaction: ScriptedServer.Reaction in [.answer(200, body), .bytes(chunked)] {
      let error = await #expect(throws: PrometheusError.self) {
        try await ask({ $0.limits.answerBytes = 1_000 }) { _, _ in reaction }
      }
      #expect(error?.reason == .tooLarge(limit: 1_000))
    }
  }

  @Test("nobody at the port is no connection")
  func unreachable() async throws {
    let server = try await ScriptedServer { _, _ in .cut }
    try await server.stop()
    let error = await #expect(throws: PrometheusError.self) {
      try await asking(try .loopback(server.port)) { try await $0.query("up") }
    }
    guard case .unreachable? = error?.reason else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("credentials, tenant and headers go along, read anew for each request")
  func credentials() async throws {
    let folder = try TemporaryFolder()
    let secret = folder.url.appendingPathComponent("secret")
    try Data("first\n".utf8).write(to: secret)
    let server = try await ScriptedServer { _, request in
      .data(#"{"resultType":"vector","result":[{"metric":{"head":"\#(escaped(request.head))"},"value":[0,"1"]}]}"#)
    }
    var access = try PrometheusAccess.loopback(server.port)
    access.headers = [try .init(reading: "X-Reason: backfill"), try PrometheusAccess.tenant("team-a")]
    access.credentials = .bearer(tokenFile: secret.path)
    let heads = try await asking(access) { client in
      let first = try await client.query("up").value
      try Data("second\n".utf8).write(to: secret)
      return try await (first + client.query("up").value).compactMap { $0.labels["head"] }
    }
    access.credentials = .basic(user: "ann", passwordFile: secret.path)
    let basic = try await asking(access) { try await $0.query("up").value.compactMap { $0.labels["head"] } }
    try await server.stop()
    #expect(heads.map { $0.contains("Authorization: Bearer first|") } == [true, false])
    #expect(heads.last?.contains("Authorization: Bearer second|") == true)
    #expect(heads.allSatisfy { $0.contains("X-Scope-OrgID: team-a") && $0.contains("X-Reason: backfill") })
    // base64 of 'ann:second'.
    #expect(basic.first?.contains("Authorization: Basic YW5uOnNlY29uZA==") == true)
  }
}

/// Header lines for a JSON string, with a bar at each end of a line.
private func escaped(_ head: String) -> String {
  head.replacingOccurrences(of: "\r\n", with: "|").replacingOccurrences(of: "\"", with: "'") + "|"
}
