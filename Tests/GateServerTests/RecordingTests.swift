import DeployGate
import Foundation
import Quantities
import StructuredText
import Synchronization
import TestSupport
import Testing

@testable import GateServer

@Suite struct RecordingTests {
  private static let log: @Sendable (inout ServerSettings, TemporaryFolder) -> Void = { settings, folder in
    settings.log.file = folder.path("decisions.jsonl")
  }

  @Test("A decision is written down before it goes out, by the name that the answer has")
  func writtenDown() async throws {
    let server = try await RunningServer(Self.log)
    let answer = try await server.feature()
    let lines = try server.folder.lines("decisions.jsonl")
    let line = try #require(lines.first { $0["kind"]?.string == "decision" })
    #expect(line["id"]?.string == answer.headers["decision-id"])
    #expect(line["decision"] == (try answer.json))
    #expect(server.lines.contains { $0.contains(answer.headers["decision-id"] ?? "none") })
    await server.stop()
    #expect(try server.folder.lines("decisions.jsonl").map { $0["kind"]?.string } == ["begun", "decision", "stopped"])
  }

  @Test("A decision that is given again keeps its name, and the log says how often")
  func repeats() async throws {
    let server = try await RunningServer { settings, folder in
      Self.log(&settings, folder)
      settings.cache = .hours(1)
    }
    let answers = [try await server.feature(), try await server.feature(), try await server.feature()]
    #expect(Set(answers.map { $0.headers["decision-id"] }).count == 1)
    try server.folder.write(ShopDocuments.snapshot(bad: ["shop/search": 90]), to: "snapshot.json")
    await server.server.observe()
    #expect(try await server.feature().answer == "deny", "something new is known")
    await server.stop()
    let repeated = try #require(try server.folder.lines("decisions.jsonl").first { $0["kind"]?.string == "repeats" })
    #expect(repeated["id"]?.string == answers[0].headers["decision-id"])
    #expect(repeated["answers"] == 2)
  }

  @Test("No decision is given again past the moment until which it stands")
  func expires() async throws {
    let server = try await RunningServer { settings, _ in settings.cache = .hours(1) }
    let first = try await server.feature()
    server.setClock(ShopDocuments.noon + .minutes(16))
    let second = try await server.feature()
    #expect(try first.answer == "allow")
    #expect(try second.answer == "deny")
    await server.stop()
  }

  @Test("A line that was not written to its end is cut off, kept and spoken of by the next start")
  func tornLine() async throws {
    let folder = try TemporaryFolder()
    try folder.write("{\"kind\":\"begun\"}\n{\"kind\":\"decision\",\"id\":\"0012", to: "decisions.jsonl")
    let server = try await RunningServer(in: folder, Self.log)
    _ = try await server.feature()
    await server.stop()
    let lines = try folder.lines("decisions.jsonl")
    #expect(lines.map { $0["kind"]?.string } == ["begun", "begun", "decision", "stopped"])
    #expect(lines[1]["torn"]?.string == "{\"kind\":\"decision\",\"id\":\"0012")
    #expect(lines[1]["afterStop"]?.bool == false)
    #expect(server.lines.contains { $0.contains("ended in the middle of a line") })
  }

  @Test("A start after a stop in order says nothing of the kind")
  func orderlyStop() async throws {
    let folder = try TemporaryFolder()
    for _ in 0..<2 { await (try await RunningServer(in: folder, Self.log)).stop() }
    let starts = try folder.lines("decisions.jsonl").filter { $0["kind"]?.string == "begun" }
    #expect(starts.map { $0["afterStop"]?.bool } == [true, true])
  }

  @Test("Full files make way, and no line is cut by it")
  func rotation() async throws {
    let server = try await RunningServer { settings, folder in
      Self.log(&settings, folder)
      settings.log.fileBytes = 4_000
      settings.log.keptFiles = 2
    }
    for _ in 0..<12 { _ = try await server.feature() }
    await server.stop()
    for name in ["decisions.jsonl", "decisions.jsonl.1", "decisions.jsonl.2"] {
      #expect(try !server.folder.lines(name).isEmpty)
    }
    #expect(throws: (any Error).self) { try server.folder.read("decisions.jsonl.3") }
  }

  @Test("A disk that does not answer holds up nobody, and nothing is lost once it does")
  func slowDisk() async throws {
    let disk = Mutex(())
    let written = Mutex<[UInt8]>([])
    let gate = DispatchSemaphore(value: 0)
    let queue = LineQueue(limit: 1_000, patience: .milliseconds(1)) { bytes in
      gate.wait()
      gate.signal()
      disk.withLock { _ in written.withLock { $0 += bytes } }
    }
    for number in 0..<20 { await queue.record(Array("line \(number)".utf8)) }
    await queue.record([UInt8](repeating: 65, count: 2_000))
    #expect(queue.account.lost == 1)
    gate.signal()
    await queue.flush()
    let text = String(decoding: written.withLock { $0 }, as: UTF8.self)
    #expect(text == (0..<20).map { "line \($0)\n" }.joined())
    #expect(queue.account == LineQueue.Account(written: 20, lost: 1, failure: nil))
    await queue.close()
  }

  @Test("A log that cannot be written is no reason not to answer")
  func fullDisk() async throws {
    let server = try await RunningServer(Self.log)
    try FileManager.default.removeItem(atPath: server.folder.path("decisions.jsonl"))
    try FileManager.default.createDirectory(
      atPath: server.folder.path("decisions.jsonl"),
      withIntermediateDirectories: false
    )
    #expect(try await server.feature().answer == "allow")
    #expect(try await server.isGood("log") == false)
    #expect(try await server.metric("nines_gate_log_lost_lines_total") == "1")
    await server.stop()
  }
}
