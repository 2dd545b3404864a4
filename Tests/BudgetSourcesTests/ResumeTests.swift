import Foundation
import PlanModel
import Quantities
import TestSupport
import Testing
import WorkspaceFiles

@testable import BudgetSources

/// Backfills that are stopped, against a server that counts ten events an interval and one of them bad.
@Suite("A backfill that was stopped")
struct ResumeTests {
  private static let begin = Instant(unixSeconds: 1_760_000_000)

  /// What `nines backfill` runs, for six days of one objective.
  private func backfill(_ output: ResumableFile, to hours: Int = 144, resolution: TimeSpan = .minutes(5)) throws
    -> Backfill
  {
    let choice = try LedgerChoice(["shop/availability"], in: [try plan(LedgerSourceTests.shop)])
    let request = BackfillRequest(
      from: Self.begin,
      to: Self.begin + .hours(hours),
      now: Self.begin + .hours(1_000),
      resolution: resolution
    )
    return try Backfill(choice.sources, request, output: output)
  }

  /// Answers range queries evenly, and to anything else that there is nothing.
  private static func counting(_ request: ScriptedServer.Request) -> ScriptedServer.Reaction {
    guard let query = request.field("query"), let start = request.field("start").flatMap({ Int($0) }),
      let end = request.field("end").flatMap({ Int($0) }), let step = request.field("step").flatMap({ Int($0) }),
      !query.contains("slo:")
    else { return .data(#"{"resultType":"matrix","result":[]}"#) }
    let value = query.contains(#"code!~"#) ? 1 : 10
    let values = stride(from: start, through: end, by: step).map { #"[\#($0),"\#(value)"]"# }.joined(separator: ",")
    return .data(#"{"resultType":"matrix","result":[{"metric":{},"values":[\#(values)]}]}"#)
  }

  private func run(
    _ backfill: Backfill,
    _ script: @escaping @Sendable (Int, ScriptedServer.Request) -> ScriptedServer.Reaction
  ) async throws -> [LedgerPast] {
    let server = try await ScriptedServer(script)
    let result: Result<[LedgerPast], any Error>
    do {
      let access = try PrometheusAccess.loopback(server.port)
      result = .success(try await asking(access) { try await backfill.run(asking: $0) { _ in } })
    } catch {
      result = .failure(error)
    }
    try await server.stop()
    return try result.get()
  }

  @Test("goes on where it was, and ends in the same file as one that was not stopped", arguments: [3, 5, 8])
  func resumed(_ stop: Int) async throws {
    let folder = try TemporaryFolder()
    let whole = ResumableFile(folder.url.appendingPathComponent("whole").path)
    let pasts = try await run(try backfill(whole)) { _, request in Self.counting(request) }
    let evaluations = 144.0 * 120
    #expect(pasts.map(\.total) == [evaluations * 10])
    #expect(pasts.map(\.bad) == [evaluations])

    let parts = ResumableFile(folder.url.appendingPathComponent("parts").path)
    let backfill = try backfill(parts)
    await #expect(throws: PrometheusError.self) {
      try await run(backfill) { number, request in number < stop ? Self.counting(request) : .answer(400, "{}") }
    }
    // A part that was not noted, as it is left by a machine that goes down while it writes.
    let left = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(parts.path).part"))
    try left.seekToEnd()
    try left.write(contentsOf: Data("half a li".utf8))
    try left.close()
    #expect(try await run(backfill) { _, request in Self.counting(request) } == pasts)
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: parts.path)) == Data(contentsOf: URL(fileURLWithPath: whole.path))
    )
    #expect(!FileManager.default.fileExists(atPath: parts.statePath))
  }

  @Test("goes on after 'kill -9', from the command line", .timeLimit(.minutes(10)))
  func killed() async throws {
    let folder = try TemporaryFolder()
    let whole = ResumableFile(folder.url.appendingPathComponent("whole").path)
    _ = try await run(try backfill(whole)) { _, request in Self.counting(request) }
    let specs = folder.url.appendingPathComponent("specs")
    try FileManager.default.createDirectory(at: specs, withIntermediateDirectories: true)
    try Data(LedgerSourceTests.shop.utf8).write(to: specs.appendingPathComponent("shop.yaml"))
    let output = folder.url.appendingPathComponent("parts").path
    func command(_ program: String, _ port: Int) -> [String] {
      let options = ["-C", folder.url.path, "-o", output, "shop/availability"]
      let span = ["--from", "\(Self.begin)", "--to", "\(Self.begin + .hours(144))"]
      return [program, "backfill", "--prometheus", "http://127.0.0.1:\(port)"] + span + options
    }
    let program = BuiltProgram.nines.path

    let stalling = try await ScriptedServer { number, request in number < 5 ? Self.counting(request) : .silence }
    let log = folder.url.appendingPathComponent("log")
    let first = try GuardedProcess(command(program, stalling.port), log: log)
    try await eventually("two parts are noted", { $0.contains("\"reached\":1760172800000") }) {
      if !first.isRunning { throw ProcessEnded(log: first.log) }
      return try String(contentsOfFile: "\(output).state", encoding: .utf8)
    }
    first.kill()
    try await stalling.stop()

    let answering = try await ScriptedServer { _, request in Self.counting(request) }
    let second = try GuardedProcess(command(program, answering.port), log: log)
    try await eventually("it has ended", { !$0 }) { second.isRunning }
    try await answering.stop()
    #expect(second.log.contains("total 172800, bad 17280"), "\(second.log)")
    let written = try String(contentsOfFile: output, encoding: .utf8)
    #expect(try written == String(contentsOfFile: whole.path, encoding: .utf8))
  }

  @Test("is not mixed with one that was asked for differently, and what is finished is not written over")
  func otherRun() async throws {
    let folder = try TemporaryFolder()
    let output = ResumableFile(folder.url.appendingPathComponent("out").path)
    await #expect(throws: PrometheusError.self) {
      try await run(try backfill(output)) { number, request in number < 3 ? Self.counting(request) : .answer(400, "{}")
      }
    }
    await #expect(throws: BackfillError.otherRun(output.statePath)) {
      try await run(try backfill(output, to: 48)) { _, request in Self.counting(request) }
    }
    _ = try await run(try backfill(output)) { _, request in Self.counting(request) }
    await #expect(throws: WorkspaceError.alreadyThere(output.path)) {
      try await run(try backfill(output)) { _, request in Self.counting(request) }
    }
  }

  @Test("asks for less where the server says that it was too much")
  func shrinks() async throws {
    let folder = try TemporaryFolder()
    let output = ResumableFile(folder.url.appendingPathComponent("out").path)
    let pasts = try await run(try backfill(output, to: 24)) { _, request in
      let start = request.field("start").flatMap { Int($0) } ?? 0
      let end = request.field("end").flatMap { Int($0) } ?? 0
      let error = "query processing would load too many samples into memory in query execution"
      return end - start > 30 * 400 && request.field("query")?.contains("slo:") == false
        ? .answer(422, #"{"status":"error","errorType":"execution","error":"\#(error)"}"#) : Self.counting(request)
    }
    #expect(pasts.map(\.total) == [24.0 * 120 * 10])
  }

  @Test("is given up where the answer lacks a part")
  func incomplete() async throws {
    let folder = try TemporaryFolder()
    let output = ResumableFile(folder.url.appendingPathComponent("out").path)
    await #expect(throws: BackfillError.incomplete(objective: "shop/availability", warning: "a store was away")) {
      try await run(try backfill(output)) { _, request in
        request.field("query")?.contains("slo:") == true
          ? .data(#"{"resultType":"matrix","result":[]}"#)
          : .data(#"{"resultType":"matrix","result":[]}"#, warnings: #"["a store was away"]"#)
      }
    }
  }

  @Test("a resolution that rules could not read back is refused")
  func resolution() throws {
    let output = ResumableFile("/nowhere/out")
    for resolution: TimeSpan in [.seconds(10), .seconds(45), .minutes(10)] {
      #expect(throws: BackfillError.coarseResolution(resolution, interval: .seconds(30))) {
        try backfill(output, resolution: resolution)
      }
    }
  }
}
