import DeployGate
import Quantities
import StructuredText
import TestSupport
import Testing

@testable import GateServer

@Suite struct RouteTests {
  @Test("A decision over HTTP is the bytes that the gate itself gives")
  func sameBytes() async throws {
    let server = try await RunningServer()
    let answer = try await server.feature()
    let decision = try Gate.decide(
      policy: GatePolicy(reading: Array(ShopDocuments.policy().utf8)),
      observations: Snapshot(reading: Array(ShopDocuments.snapshot().utf8)),
      request: GateRequest(service: "shop", change: "feature"),
      now: ShopDocuments.noon
    )
    #expect(answer.status == 200)
    #expect(answer.text == decision.json.text(.compact))
    #expect(answer.headers["content-type"] == "application/json")
    await server.stop()
  }

  @Test(
    "Yes, no and an approval are answers with status 200",
    arguments: [(0, "feature", "allow"), (90, "feature", "deny"), (90, "fix", "approve")]
  )
  func answers(bad: Int, change: String, expected: String) async throws {
    let server = try await RunningServer(snapshot: ShopDocuments.snapshot(bad: ["shop/search": bad]))
    let answer = try await server.ask("/v1/gate/shop?change=\(change)")
    #expect(answer.status == 200)
    #expect(try answer.answer == expected)
    await server.stop()
  }

  @Test("A path, a query and a body ask the same")
  func sameQuestion() async throws {
    let server = try await RunningServer(snapshot: ShopDocuments.snapshot(bad: ["shop/checkout/success": 90]))
    let query = "change=fix&stage=25%25&approval=ann&approval=b%C3%B6b+smith"
    let asked = try await server.ask("/v1/gate/shop/checkout?\(query)")
    let told = try await server.ask(
      "/v1/decisions",
      method: "POST",
      body: """
        {"service":"shop","journey":"checkout","change":"fix","stage":"0.25","approvals":["ann","böb smith"]}
        """
    )
    #expect(try asked.answer == "allow")
    #expect(asked.text == told.text)
    await server.stop()
  }

  @Test("Text for people comes to those who ask for it")
  func text() async throws {
    let server = try await RunningServer()
    let answer = try await server.feature(["Accept": "text/plain"])
    #expect(answer.headers["content-type"] == "text/plain; charset=utf-8")
    #expect(answer.text.hasPrefix("Yes: 'feature' may go out for 'shop'"))
    await server.stop()
  }

  @Test(
    "What cannot be answered is a problem with a status and a stable code",
    arguments: [
      ("/v1/gate/shop", 400, "unreadable-request"),
      ("/v1/gate/shop?change=feature&chnage=fix", 400, "unreadable-request"),
      ("/v1/gate/shop?change=feature&change=fix", 400, "unreadable-request"),
      ("/v1/gate/shop?change=feature&stage=2", 400, "unreadable-request"),
      ("/v1/gate/shop?change=%ff", 400, "unreadable-request"),
      ("/v1/policies?all", 400, "unreadable-request"),
      ("/v1/gate/shopp?change=feature", 404, "unknown-name"),
      ("/v1/gate/shop/chekout?change=feature", 404, "unknown-name"),
      ("/v1/gate/shop?change=feature&objective=none", 404, "unknown-name"),
      ("/v1/gate/shop?change=fetaure", 422, "unanswerable"),
      ("/v1/gate/shop?change=fix&approval=", 422, "unanswerable"),
      ("/v2/gate/shop", 404, "not-found"),
      ("/v1/gate/", 404, "not-found"),
      ("/v1/gate/a/b/c", 404, "not-found"),
    ]
  )
  func problems(path: String, status: Int, code: String) async throws {
    let server = try await RunningServer()
    let answer = try await server.ask(path)
    #expect(answer.status == status)
    #expect(try answer.code == code)
    #expect(answer.headers["content-type"] == "application/problem+json")
    await server.stop()
  }

  @Test(
    "A body that is not the question it should be is refused",
    arguments: [
      ("", 400), ("{", 400), ("[]", 400), ("{\"service\":\"shop\"}", 400),
      ("{\"service\":\"shop\",\"change\":3}", 400),
      ("{\"service\":\"shop\",\"change\":\"fix\",\"approvals\":\"ann\"}", 400),
      ("{\"service\":\"shop\",\"change\":\"fix\",\"force\":true}", 400),
      ("{\"service\":\"bank\",\"service\":\"shop\",\"change\":\"fix\"}", 400),
    ]
  )
  func bodies(body: String, status: Int) async throws {
    let server = try await RunningServer()
    #expect(try await server.ask("/v1/decisions", method: "POST", body: body).status == status)
    await server.stop()
  }

  @Test("Nothing but asking is possible", arguments: ["PUT", "PATCH", "DELETE", "POST"])
  func readOnly(method: String) async throws {
    let server = try await RunningServer()
    let asked = Set(Route.allCases.filter { $0.method == .post }.map(\.path))
    for path in Route.allCases.filter({ $0.method == .get }).map(\.path) where method != "POST" || !asked.contains(path)
    {
      let filled = path.replacing("{service}", with: "shop").replacing("{journey}", with: "checkout")
      let answer = try await server.ask(filled, method: method)
      #expect(answer.status == 405, "\(method) \(path)")
      #expect(answer.headers["allow"] == (asked.contains(path) ? "GET, HEAD, POST" : "GET, HEAD"), "\(path)")
    }
    await server.stop()
  }

  @Test("An answer that the caller has already is not sent again")
  func entityTags() async throws {
    let server = try await RunningServer()
    for path in ["/v1/gate/shop?change=feature", "/v1/policies", "/v1/objectives", "/openapi.json"] {
      let first = try await server.ask(path)
      let tag = try #require(first.headers["etag"])
      let second = try await server.ask(path, headers: ["If-None-Match": tag])
      #expect(second.status == 304, "\(path)")
      #expect(second.text.isEmpty)
      #expect(try await server.ask(path, headers: ["If-None-Match": "\"other\""]).status == 200)
    }
    await server.stop()
  }

  @Test("Browsers are told to keep everything shut, and input comes back as data only")
  func securityHeaders() async throws {
    let server = try await RunningServer()
    for path in ["/v1/gate/shop?change=feature", "/%3Cscript%3E", "/v1/gate/%3Cscript%3E?change=a", "/healthz"] {
      let answer = try await server.ask(path)
      #expect(answer.headers["x-content-type-options"] == "nosniff", "\(path)")
      #expect(answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'", "\(path)")
      #expect(answer.headers["x-frame-options"] == "DENY", "\(path)")
      #expect(answer.headers["content-type"]?.contains("html") == false, "\(path)")
    }
    await server.stop()
  }

  @Test("The page shows what was decided, with its own stylesheet and nothing else allowed")
  func page() async throws {
    let server = try await RunningServer(snapshot: ShopDocuments.snapshot(bad: ["shop/search": 90]))
    let id = try #require(try await server.feature().headers["decision-id"])
    let page = try await server.ask("/")
    #expect(page.headers["content-type"] == "text/html; charset=utf-8")
    #expect(page.text.contains(id))
    #expect(page.text.contains("Shop &amp; &lt;b&gt;Sons&lt;/b&gt;"))
    let policy = try #require(page.headers["content-security-policy"])
    #expect(policy.hasPrefix("default-src 'none'; style-src 'sha256-"))
    #expect(!policy.contains("unsafe"))
    #expect(try await server.ask("/?workspace=none").status == 404)
    #expect(try await server.ask("/?workspace=Shop+%26+%3Cb%3ESons%3C%2Fb%3E").status == 200)
    await server.stop()
  }

  @Test("Objectives are listed with the levels that their budgets are in")
  func objectives() async throws {
    let server = try await RunningServer(snapshot: ShopDocuments.snapshot(bad: ["shop/search": 90]))
    let listed = try #require(try await server.ask("/v1/objectives").json["objectives"]?.array)
    let levels = listed.map { ($0["name"]?.string, $0["budgets"]?.array?.first?["level"]?.string) }
    #expect(levels.map(\.0) == ["bank/success", "shop/checkout/success", "shop/search"])
    #expect(levels.map(\.1) == ["healthy", "healthy", "spent"])
    let policies = try #require(try await server.ask("/v1/policies").json["policies"]?.array)
    #expect(policies.map { $0["name"]?.string } == ["bank/budget", "shop/budget"])
    await server.stop()
  }
}
