import ContentHash
import Foundation
import NIOCore
import StructuredText
import TestSupport
import Testing

@testable import GateServer

@Suite struct ProtectionTests {
  private static func tokens(_ entries: [(name: String, token: String, services: [String])]) -> String {
    let tokens = entries.map { entry -> JSONValue in
      [
        "name": .string(entry.name), "sha256": .string(SHA256.hexadecimal(of: Array(entry.token.utf8))),
        "services": .array(entry.services.map { .string($0) }),
      ]
    }
    return JSONValue.object([JSONMember("nines", "tokens/v1"), JSONMember("tokens", .array(tokens))]).text(.pretty)
  }

  private static let both = tokens([("ci", "secret", ["shop"]), ("ops", "master", ["*"])])

  private func guarded() async throws -> RunningServer {
    try await RunningServer { settings, folder in
      try folder.write(Self.both, to: "tokens.json")
      settings.tokenFile = folder.path("tokens.json")
    }
  }

  @Test("A token opens the services that it is for, and nothing else")
  func scopes() async throws {
    let server = try await guarded()
    let ci = ["Authorization": "Bearer secret"]
    let ops = ["Authorization": "bearer master"]
    #expect(try await server.feature(ci).status == 200)
    #expect(try await server.feature(ops).status == 200)
    let other = try await server.ask("/v1/gate/bank?change=feature", headers: ci)
    #expect(other.status == 403)
    #expect(try other.code == "forbidden")
    #expect(try await server.ask("/v1/gate/bank?change=feature", headers: ops).status == 200)
    #expect(try await server.ask("/v1/gate/none?change=feature", headers: ci).status == 403, "what exists is not told")
    let body = #"{"service":"bank","change":"feature"}"#
    #expect(try await server.ask("/v1/decisions", method: "POST", headers: ci, body: body).status == 403)
    await server.stop()
  }

  @Test(
    "Without a token that is known nothing is answered but what watches the server",
    arguments: [
      [:], ["Authorization": "Bearer wrong"], ["Authorization": "Basic secret"], ["Authorization": "Bearer "],
    ]
  )
  func unknownToken(headers: [String: String]) async throws {
    let server = try await guarded()
    let answer = try await server.feature(headers)
    #expect(answer.status == 401)
    #expect(answer.headers["www-authenticate"] == "Bearer")
    for path in ["/v1/policies", "/v1/objectives"] {
      #expect(try await server.ask(path, headers: headers).status == 401, "\(path)")
    }
    for path in ["/healthz", "/readyz", "/metrics", "/openapi.json"] {
      #expect(try await server.ask(path, headers: headers).status == 200, "\(path)")
    }
    await server.stop()
  }

  @Test("Lists show a caller its own services only")
  func lists() async throws {
    let server = try await guarded()
    let ci = ["Authorization": "Bearer secret"]
    let objectives = try await server.ask("/v1/objectives", headers: ci).json["objectives"]?.array ?? []
    #expect(objectives.map { $0["service"]?.string } == ["shop", "shop"])
    let policies = try await server.ask("/v1/policies", headers: ci).json["policies"]?.array ?? []
    #expect(policies.map { $0["name"]?.string } == ["shop/budget"])
    await server.stop()
  }

  @Test("The page is for those who may ask about everything")
  func pageScope() async throws {
    let server = try await guarded()
    #expect(try await server.ask("/", headers: ["Authorization": "Bearer master"]).status == 200)
    #expect(try await server.ask("/", headers: ["Authorization": "Bearer secret"]).status == 403)
    #expect(try await server.ask("/").status == 401)
    await server.stop()
  }

  @Test("A decision made for one caller is not another one's")
  func cachedScope() async throws {
    let server = try await RunningServer { settings, folder in
      try folder.write(Self.both, to: "tokens.json")
      settings.tokenFile = folder.path("tokens.json")
      settings.cache = .hours(1)
    }
    let question = "/v1/gate/bank?change=feature"
    #expect(try await server.ask(question, headers: ["Authorization": "Bearer master"]).status == 200)
    #expect(try await server.ask(question, headers: ["Authorization": "Bearer secret"]).status == 403)
    #expect(try await server.ask(question).status == 401)
    await server.stop()
  }

  @Test("Tokens change without a restart, and a file that makes no sense changes nothing")
  func tokensChange() async throws {
    let server = try await guarded()
    try server.folder.write("{}", to: "tokens.json")
    await server.server.reload()
    #expect(try await server.feature(["Authorization": "Bearer secret"]).status == 200)
    #expect(try await server.isGood("tokens") == false)
    try server.folder.write(Self.tokens([("ci", "new", ["shop"])]), to: "tokens.json")
    await server.server.reload()
    #expect(try await server.feature(["Authorization": "Bearer secret"]).status == 401)
    #expect(try await server.feature(["Authorization": "Bearer new"]).status == 200)
    #expect(try await server.isGood("tokens") == true)
    await server.stop()
  }

  @Test(
    "A token file that might open too much is refused",
    arguments: [
      "[]", #"{"nines":"tokens/v2","tokens":[]}"#,
      #"{"nines":"tokens/v1","tokens":[{"name":"ci","sha256":"secret","services":["*"]}]}"#,
      #"{"nines":"tokens/v1","tokens":[{"name":"ci","token":"secret","services":["*"]}]}"#,
      Self.tokens([("ci", "one", [])]), Self.tokens([("ci", "one", ["a"]), ("ci", "two", ["b"])]),
      Self.tokens([("ci", "one", ["a"]), ("cd", "one", ["b"])]),
    ]
  )
  func tokenFiles(text: String) {
    #expect(throws: TokenFileError.self) { try TokenFile(reading: Array(text.utf8)) }
  }

  @Test("What is too large is refused")
  func sizes() async throws {
    let server = try await RunningServer { settings, _ in settings.limits.bodyBytes = 1_000 }
    let long = String(repeating: "a", count: 2_000)
    let body = #"{"service":"shop","change":"\#(long)"}"#
    #expect(try await server.ask("/v1/decisions", method: "POST", body: body).status == 413)
    #expect(try await server.ask("/v1/gate/shop?change=\(long)\(long)\(long)").status == 414)
    let typed = try await server.ask(
      "/v1/decisions",
      method: "POST",
      headers: ["Content-Type": "text/plain"],
      body: #"{"service":"shop","change":"fix"}"#
    )
    #expect(typed.status == 415)
    await server.stop()
  }

  @Test("A caller may ask so many times a second, and twice as often for a moment")
  func rate() {
    let limiter = RateLimiter(rate: 10)
    let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
    #expect((0..<20).allSatisfy { _ in limiter.mayPass("one", at: start) })
    #expect(!limiter.mayPass("one", at: start))
    #expect(limiter.mayPass("two", at: start))
    #expect(limiter.mayPass("one", at: start + .milliseconds(100)))
    #expect(!limiter.mayPass("one", at: start + .milliseconds(100)))
  }

  @Test("Who asks too often is told so, and what watches the server is never turned away")
  func rateOverHTTP() async throws {
    let server = try await RunningServer { settings, _ in settings.limits.rate = 0 }
    let answer = try await server.feature()
    #expect(answer.status == 429)
    #expect(answer.headers["retry-after"] == "1")
    for _ in 0..<10 { #expect(try await server.ask("/healthz").status == 200) }
    await server.stop()
  }
}
