import ContentHash
import Foundation
import StructuredText
import Testing

@testable import GateServer

@Suite("Answers that the status tells")
struct AnswerStatusTests {
  /// A question, and what comes of it.
  struct Case: Sendable, CustomTestStringConvertible {
    let question: String
    let answer: String
    let status: Int
    /// Of the shell step of pipelines.
    let exit: Int32

    var testDescription: String { answer }
  }

  static let cases = [
    Case(question: "bank?change=feature", answer: "allow", status: 200, exit: 0),
    Case(question: "shop?change=feature", answer: "deny", status: 409, exit: 1),
    Case(question: "shop/checkout?change=feature", answer: "unknown", status: 424, exit: 3),
    Case(question: "shop?change=fix", answer: "approve", status: 428, exit: 5),
  ]

  /// The shop has spent its budget; of its checkout nothing is known, and no policy says what to do then.
  private func start(_ question: Case) async throws -> RunningServer {
    var policy = try JSONParser.parse(ShopDocuments.policy()).object ?? []
    policy = policy.map { member in
      guard member.name == "policies" else { return member }
      let policies = (member.value.array ?? []).map { value in
        JSONValue.object((value.object ?? []).filter { $0.name != "withoutData" })
      }
      return JSONMember("policies", .array(policies))
    }
    let rest = policy.filter { $0.name != "identity" }
    let identity = SHA256.hexadecimal(of: Array(JSONValue.object(rest).text(.compact).utf8))
    let named = [rest[0], JSONMember("identity", .string(identity))] + rest.dropFirst()
    // What is not known would otherwise rule the shop as a whole.
    let isUnknown = question.answer == "unknown"
    let snapshot = try JSONParser.parse(ShopDocuments.snapshot(bad: ["shop/search": 80])).object ?? []
    let seen = snapshot.map { member in
      guard member.name == "objectives", isUnknown else { return member }
      let known = (member.value.array ?? []).filter { $0["objective"]?.string != "shop/checkout/success" }
      return JSONMember("objectives", .array(known))
    }
    return try await RunningServer(
      policy: JSONValue.object(named).text(.pretty),
      snapshot: JSONValue.object(seen).text(.pretty)
    )
  }

  @Test("each answer has a status of its own by GET and by POST, and the same decision in the body", arguments: cases)
  func statuses(_ question: Case) async throws {
    let server = try await start(question)
    let path = "/v1/gate/\(question.question)"
    let plain = try await server.ask(path)
    #expect(plain.status == 200)
    #expect(try plain.answer == question.answer)
    let told = try await server.ask("\(path)&answer-as=status")
    #expect(told.status == question.status)
    #expect(try told.answer == question.answer)
    for _ in 0..<2 {
      let hook = try await server.ask(path, method: "POST", body: #"{"name": "shop", "phase": "Progressing"}"#)
      #expect(hook.status == question.status)
      #expect(try hook.answer == question.answer)
    }
    await server.stop()
  }

  @Test("the shell step of pipelines ends as the answer says", arguments: cases)
  func shell(_ question: Case) async throws {
    let server = try await start(question)
    let parts = question.question.components(separatedBy: "?change=")
    let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/pipelines/gate.sh")
    let address = try server.url("").absoluteString
    // Whoever waits for the script must not hold a thread that the server answers on.
    let (status, text) = try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Result { try Self.run(script, parts, asking: address) }) }
    }
    #expect(status == question.exit)
    #expect(text.contains("'\(parts[1])'"))
    await server.stop()
  }

  private static func run(_ script: URL, _ arguments: [String], asking address: String) throws -> (Int32, String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["timeout", "600", "sh", script.path] + arguments
    process.environment = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "NINES_GATE": address]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
  }

  @Test("a webhook is never answered 200 for anything but a yes, and a slip in how to answer is refused")
  func slips() async throws {
    let server = try await start(Self.cases[1])
    #expect(
      try await server.ask("/v1/gate/shop?change=feature&answer-as=body", method: "POST", body: "{}").status == 400
    )
    #expect(try await server.ask("/v1/gate/shop?change=feature&answer-as=Status").status == 400)
    #expect(try await server.ask("/v1/gate/nowhere?change=feature", method: "POST", body: "{}").status == 404)
    let words = try await server.ask(
      "/v1/gate/shop?change=feature&answer-as=status",
      headers: ["Accept": "text/plain"]
    )
    #expect(words.status == 409)
    #expect(words.text.hasPrefix("No: 'feature' may not go out for 'shop'"))
    await server.stop()
  }
}
