import Foundation
import StructuredText
import TestSupport
import Testing

@testable import GateServer

/// What the server says of itself, held against judges that are not ours and against the documentation.
@Suite struct DescriptionTests {
  @Test("Metrics are what Prometheus expects")
  func metrics() async throws {
    let server = try await RunningServer { settings, folder in settings.log.file = folder.path("log.jsonl") }
    for path in ["/v1/gate/shop?change=feature", "/none", "/healthz"] { _ = try await server.ask(path) }
    let answer = try await server.ask("/metrics")
    #expect(answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
    #expect(answer.text.contains(#"nines_gate_decisions_total{answer="allow",source="gate"} 1"#))
    try server.folder.write(answer.text, to: "metrics.txt")
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["promtool", "check", "metrics"]
    process.standardInput = try FileHandle(forReadingFrom: server.folder.url.appendingPathComponent("metrics.txt"))
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let said = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(said)")
    #expect(said.isEmpty)
    await server.stop()
  }

  @Test("Answers are what the OpenAPI document says")
  func schemas() async throws {
    let server = try await RunningServer(snapshot: ShopDocuments.snapshot(bad: ["shop/search": 90]))
    let document = try await server.ask("/openapi.json").json
    let components = try #require(document["components"])
    let answers = [
      ("Decision", "/v1/gate/shop?change=fix&stage=25%25&approval=ann"),
      ("Decision", "/v1/gate/shop/checkout?change=feature"),
      ("Policies", "/v1/policies"), ("Objectives", "/v1/objectives"), ("Readiness", "/readyz"), ("Problem", "/none"),
    ]
    for (schema, path) in answers {
      let judge = JSONValue.object([
        JSONMember("$ref", .string("#/components/schemas/\(schema)")), JSONMember("components", components),
      ])
      let answer = try await server.ask(path)
      let errors = try JSONSchemaJudge.errors(in: [answer.text, "{}"], bySchema: judge.text(.compact))
      #expect(errors[0].isEmpty, "\(path): \(errors[0])")
      #expect(!errors[1].isEmpty, "the schema takes anything")
    }
    await server.stop()
  }

  @Test("The OpenAPI document has every route, and everything that it refers to")
  func document() throws {
    let document = OpenAPIDocument.value
    let paths = try #require(document["paths"]?.object)
    #expect(Set(paths.map(\.name)) == Set(Route.allCases.map(\.path)))
    let schemas = try #require(document["components"]?["schemas"]?.object).map(\.name)
    let references = document.text(.compact).matches(of: /"#\/components\/schemas\/(\w+)"/).map { String($0.1) }
    #expect(Set(references).subtracting(schemas).isEmpty)
  }

  @Test("The documentation lists every route and every problem")
  func documentation() throws {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../docs/serve.md")
    let text = try String(contentsOf: page.standardized, encoding: .utf8)
    for code in Problem.Code.allCases {
      #expect(text.contains("| \(code.status) | `\(code.rawValue)` | \(code.meaning) |"), "\(code)")
    }
    for route in Route.allCases { #expect(text.contains("\(route.method.rawValue) \(route.path)`"), "\(route)") }
  }
}
