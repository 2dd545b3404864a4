import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("The shell step of pipelines")
struct GateScriptTests {
  private static let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/pipelines/gate.sh").path

  /// Runs the script with the shell of the system.
  private func ask(_ address: String, _ arguments: [String], _ variables: [String: String] = [:]) throws
    -> FinishedProgram
  {
    let path = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "NINES_GATE": address]
    return try FinishedProgram.run(
      "timeout",
      ["600", "sh", Self.script] + arguments,
      variables: path.merging(variables) { $1 }
    )
  }

  @Test(
    "every answer of the gate has an exit status of its own, and what the gate says is shown",
    arguments: zip([200, 409, 404, 422, 400, 424, 428, 401, 302], [0, 1, 2, 2, 2, 3, 5, 4, 4] as [Int32])
  )
  func answers(_ status: Int, _ exit: Int32) throws {
    let server = try LoopbackServer(responding: { _ in (status, "No: 'feature' may not go out\nbecause of this\n") })
    defer { server.stop() }
    let outcome = try ask("http://127.0.0.1:\(server.port)", ["shop", "feature"])
    #expect(outcome.status == exit, "\(outcome.errors)")
    #expect(outcome.output.hasPrefix("No: 'feature' may not go out\nbecause of this\n"))
    #expect(!outcome.output.contains(String(status)))
  }

  @Test("a gate that is not there, or answers with anything but an answer, is no yes")
  func silence() throws {
    #expect(try ask("http://127.0.0.1:1", ["shop", "feature"]).status == 4)
    let server = try LoopbackServer(responding: { _ in (500, "200\n") })
    defer { server.stop() }
    #expect(try ask("http://127.0.0.1:\(server.port)", ["shop", "feature"]).status == 4)
  }

  @Test("the question arrives as it was asked, with the token and whoever approved")
  func question() throws {
    let asked = Mutex<[HTTPRequest]>([])
    let server = try LoopbackServer(responding: { request in
      asked.withLock { $0.append(request) }
      return (200, "Yes\n")
    })
    defer { server.stop() }
    let address = "http://127.0.0.1:\(server.port)"
    let variables = ["NINES_TOKEN": "s3cret", "NINES_APPROVAL": "jo & co"]
    #expect(try ask(address, ["shop/checkout", "feature", "25%"], variables).status == 0)
    #expect(try ask(address, ["shop", "feature"]).status == 0)
    let requests = asked.withLock { $0 }
    #expect(requests.map(\.method) == ["GET", "GET"])
    let parts = try #require(URLComponents(string: address + (requests.first?.path ?? "")))
    #expect(parts.path == "/v1/gate/shop/checkout")
    let items = (parts.percentEncodedQuery ?? "").replacingOccurrences(of: "+", with: "%20").removingPercentEncoding
    #expect(items == "change=feature&answer-as=status&stage=25%&approval=jo & co")
    #expect(requests.first?.headers["authorization"] == "Bearer s3cret")
    #expect(requests.last?.path == "/v1/gate/shop?change=feature&answer-as=status")
    #expect(requests.last?.headers["authorization"] == nil)
    #expect(requests.allSatisfy { $0.headers["accept"] == "text/plain" })
  }
}
