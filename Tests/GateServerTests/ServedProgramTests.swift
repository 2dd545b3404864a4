import Foundation
import StructuredText
import TestSupport
import Testing

/// What whoever runs `nines serve` relies on, from the outside.
@Suite("nines serve as a program")
struct ServedProgramTests {
  @Test("answers over an encrypted connection, and those with a token only", .timeLimit(.minutes(10)))
  func protected() async throws {
    let server = try await ServedProgram.startReady()
    defer { server.process.kill() }
    let answer = try server.ask(ServedProgram.feature)
    #expect(answer.status == 200)
    #expect(try answer.answer == "allow")
    #expect(try server.ask(ServedProgram.feature, token: nil).status == 401)
    #expect(try server.ask(ServedProgram.feature, token: "guessed").status == 401)
    #expect(try server.ask("/v1/gate/bank?change=feature").status == 403)
    #expect(try server.ask(ServedProgram.feature, scheme: "http").status == 0, "nothing is said in the clear")
  }

  @Test("takes over a policy on SIGHUP, and says of one that makes no sense that it does not", .timeLimit(.minutes(10)))
  func hangup() async throws {
    let server = try await ServedProgram.startReady()
    defer { server.process.kill() }
    let before = try #require(try server.policy())
    try server.folder.write(ShopDocuments.policy(bound: "0.85"), to: "policy.json")
    #expect(try server.policy() == before, "nobody said anything")
    server.process.send(SIGHUP)
    var statuses: Set<Int> = []
    let after = try await eventually("the new policy rules", { $0 != nil && $0 != before }) {
      let answer = try server.ask(ServedProgram.feature)
      statuses.insert(answer.status)
      return try answer.json["policy"]?.string
    }
    #expect(statuses == [200], "an answer of the old one or of the new one, never none")
    #expect(try server.ask(ServedProgram.feature).answer == "deny")

    try server.folder.write(#"{"format":2}"#, to: "policy.json")
    server.process.send(SIGHUP)
    let refused = try await eventually("the refusal is said", { $0?["good"]?.bool == false }) {
      try server.check("policy")
    }
    #expect(refused?["detail"]?.string?.contains("policy.json") == true)
    #expect(try server.ask("/readyz").status == 200, "it answers, by the policy before")
    #expect(try server.metric("nines_gate_policy_up_to_date") == "0")
    #expect(try server.metric("nines_gate_policy_refusals_total") == "1")
    #expect(try server.policy() == after)

    try server.folder.write(ShopDocuments.policy(), to: "policy.json")
    server.process.send(SIGHUP)
    try await eventually("the first policy rules again", { $0 == before }) { try server.policy() }
    #expect(try server.metric("nines_gate_policy_up_to_date") == "1")
  }

  @Test("told to stop, answers what was asked before it ends", .timeLimit(.minutes(10)))
  func termination() async throws {
    let server = try await ServedProgram.startReady()
    defer { server.process.kill() }
    let client = try ServedProgram.Caller(
      server,
      [
        "--request", "POST", "--upload-file", "-", "--header", "Content-Type: application/json", "--header", "Expect:",
        "--write-out", "\n%{http_code}", server.url("/v1/decisions"),
      ]
    )
    try client.input.fileHandleForWriting.write(contentsOf: Data(#"{"service":"shop","#.utf8))
    try await eventually("half of the question has been sent", { $0.contains("> POST /v1/decisions") }) {
      try client.said
    }
    try await eventually("half of the question has arrived", { $0.isEmpty }) { try server.unread }
    server.process.send(SIGTERM)
    try await eventually("nobody else is let in", { $0 == 0 }) { try server.ask("/healthz").status }
    #expect(server.process.isRunning)
    try client.input.fileHandleForWriting.write(contentsOf: Data(#""change":"feature"}"#.utf8))
    try client.input.fileHandleForWriting.close()
    let (outcome, trace) = (try client.end(), try client.said)
    #expect(outcome.status == 0, "\(trace)")
    #expect(outcome.output.hasSuffix("\n200"))
    #expect(try await server.process.status() == 0, "\(server.process.log)")
    let kinds = try server.folder.lines("decisions.jsonl").map { $0["kind"]?.string }
    #expect(kinds == ["begun", "decision", "stopped"])
  }

  @Test("killed while it writes decisions down, loses at most the line in flight and says so", .timeLimit(.minutes(10)))
  func killed() async throws {
    let folder = try ServedProgram.prepare()
    let log = folder.url.appendingPathComponent("decisions.jsonl")
    var before = Remains(of: Data())
    for round in 0..<20 {
      let server = try await ServedProgram.start(in: folder, number: round)
      defer { server.process.kill() }
      try before.expectNextStart(in: Data(contentsOf: log), isFirst: round == 0, saying: server.process.log)
      let begun = try size(of: log)
      let clients = try (0..<3).map { try hammer(server, "\(round)-\($0)") }
      try await eventually("some are written down", { $0 > begun + 2_000 * (round + 1) }) { try size(of: log) }
      server.process.kill()
      before = Remains(of: try Data(contentsOf: log))
      let written = try Set(before.lines(from: begun).compactMap { $0["id"]?.string })
      for client in clients {
        let answered = try client.end().output.split(separator: "\n").filter { $0.hasPrefix("200 ") }
        let lost = answered.map { String($0.dropFirst(4)) }.filter { !written.contains($0) }
        #expect(lost.isEmpty || lost.count == 1 && answered.last?.hasSuffix(lost[0]) == true, "\(lost)")
      }
      // The system writes most lines in one piece. A disk need not.
      if round % 5 == 4 { before = try tear(log) }
    }
    let server = try await ServedProgram.start(in: folder, number: 20)
    defer { server.process.kill() }
    try before.expectNextStart(in: Data(contentsOf: log), isFirst: false, saying: server.process.log)
    #expect(!before.torn.isEmpty)
  }

  private func size(of log: URL) throws -> Int {
    try FileManager.default.attributesOfItem(atPath: log.path)[.size] as? Int ?? 0
  }

  /// Cuts off the end of the log's last line.
  private func tear(_ log: URL) throws -> Remains {
    let rest = try Data(contentsOf: log).dropLast(100)
    try rest.write(to: log)
    return Remains(of: rest)
  }

  /// Asks one question after the other, none twice, and prints what came back of each.
  private func hammer(_ server: ServedProgram, _ name: String) throws -> ServedProgram.Caller {
    let questions = server.url("\(ServedProgram.feature)&approval=\(name)-[1-5000]")
    let report = ["--write-out", "%{http_code} %header{decision-id}\n", "--output", "/dev/null", "--fail-early"]
    return try ServedProgram.Caller(server, report + [questions])
  }
}

/// What is in a decision log whose writer was killed.
private struct Remains {
  /// All lines with their ends.
  let whole: Data
  /// What there is of one that has no end.
  let torn: String

  init(of log: Data) {
    let end = log.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? log.startIndex
    whole = Data(log[..<end])
    torn = String(decoding: log[end...], as: UTF8.self)
  }

  /// The lines from a place on.
  func lines(from start: Int) throws -> [JSONValue] {
    try whole[start...].split(separator: UInt8(ascii: "\n")).map { try JSONParser.parse(Array($0)) }
  }

  /// The next start leaves all whole lines as they are, and says how the last run ended: in a line of its own, and to people.
  func expectNextStart(in log: Data, isFirst: Bool, saying said: String) throws {
    #expect(log.prefix(whole.count) == whole)
    let lines = try Remains(of: log).lines(from: whole.count)
    #expect(lines.first?["kind"]?.string == "begun")
    #expect(lines.first?["afterStop"]?.bool == isFirst)
    #expect(lines.first?["torn"]?.string == (torn.isEmpty ? nil : torn))
    let note = torn.isEmpty ? "was not stopped in order" : "ended in the middle of a line"
    #expect(said.contains(note) == !isFirst, "\(said)")
  }
}
