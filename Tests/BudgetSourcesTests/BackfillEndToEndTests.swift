import Emitters
import Foundation
import PlanModel
import Quantities
import TestSupport
import Testing
import WorkspaceFiles

@testable import BudgetSources

/// Counters of a day with all that makes counting hard, and the number of events that they show.
private struct RawHistory {
  private(set) var text = ""
  private(set) var total = 0
  private(set) var bad = 0

  /// One pod from a minute to another: ten requests a minute, some of which fail from minute to minute. The series of
  /// failures is there from the first failure on, and scrapes are lost in `lost`.
  mutating func pod(_ name: String, _ minutes: Range<Int>, failing: [Range<Int>], lost: Range<Int>, before end: Int) {
    var counts = (good: 0, bad: 0)
    var lines = (good: "", bad: "")
    for minute in minutes {
      let failed = failing.contains { $0.contains(minute) } ? 4 : 0
      // The first scrape shows a process that has done nothing yet.
      if minute > minutes.lowerBound {
        counts.good += 10 - failed
        counts.bad += failed
      }
      guard !lost.contains(minute) else { continue }
      let labels = #"job="shop",instance="\#(name)""#
      let time = end - (Self.length - minute) * 60
      lines.good += "http_requests_total{\(labels),code=\"200\"} \(counts.good) \(time)\n"
      if counts.bad > 0 { lines.bad += "http_requests_total{\(labels),code=\"500\"} \(counts.bad) \(time)\n" }
    }
    text += lines.good + lines.bad
    total += counts.good + counts.bad
    bad += counts.bad
  }

  static let length = 20 * 60
}

@Suite("Backfill, from raw metrics to the budget that rules read")
struct BackfillEndToEndTests {
  private static let spec = """
    nines: v1
    service: shop
    owner: web
    policy: none

    indicators:
      requests:
        bad: http_requests_total{job="shop", code=~"5.."}
        valid: http_requests_total{job="shop"}

    objectives:
      availability: requests >= 99% over 1d
    """
  private static let settings = """
    nines: v1
    interval: 15s
    scrape-interval: 1m
    """

  @Test("the budget of a day is there minutes after the rules are", .timeLimit(.minutes(10)))
  func budget() async throws {
    let folder = try TemporaryFolder()
    let end = Int(Date().timeIntervalSince1970) / 60 * 60 - 120
    var history = RawHistory()
    let none = 0..<0
    history.pod("a", 0..<1_200, failing: [200..<230, 900..<905], lost: 400..<406, before: end)
    history.pod("b", 0..<500, failing: [200..<230], lost: none, before: end)
    // A new pod, and an old one that starts again under its name.
    history.pod("c", 500..<1_200, failing: [700..<703], lost: none, before: end)
    history.pod("d", 0..<300, failing: [], lost: none, before: end)
    try PrometheusProcess.makeBlocks(of: history.text, "raw", in: folder)
    let plan = try plan(Self.spec, settings: Self.settings)
    let output = ResumableFile(folder.url.appendingPathComponent("ledgers").path)

    let raw = try await PrometheusProcess.start(in: folder, .init())
    let port = try #require(raw.url.port)
    let request = BackfillRequest(
      from: Instant(unixSeconds: Int64(end - RawHistory.length * 60)),
      to: Instant(unixSeconds: Int64(end)),
      now: Instant(unixSeconds: Int64(end) + 120),
      resolution: .minutes(5)
    )
    let pasts: [LedgerPast]
    do {
      let backfill = try Backfill(LedgerChoice([], in: [plan]).sources, request, output: output)
      pasts = try await asking(try .loopback(port)) { try await backfill.run(asking: $0) { _ in } }
    } catch {
      raw.kill()
      throw error
    }
    raw.kill()
    #expect(pasts.map(\.total) == [Double(history.total)])
    #expect(pasts.map(\.bad) == [Double(history.bad)])

    try PrometheusProcess.makeBlocks(of: try String(contentsOfFile: output.path, encoding: .utf8), "ledger", in: folder)
    let rules = Emission.artifacts(of: plan).filter { $0.path.hasSuffix(".rules.yaml") }
      .map { String(decoding: $0.bytes, as: UTF8.self) }
    let live = try await PrometheusProcess.start(in: folder, .init(rules: rules))
    defer { live.kill() }
    let truth = 1 - Double(history.bad) / (0.01 * Double(history.total))
    let read = try await eventually("the budget is recorded", within: .seconds(90), { $0 != nil }) {
      try await live.value("slo:error_budget:remaining")
    }
    let remaining = try #require(read)
    #expect(abs(remaining - truth) < 0.005, "\(remaining) for \(truth)")
    // The computed ledger ends at zero, where the live one begins, and that is as old as the computed one.
    #expect(try await live.value("slo:bad:ledger") == 0)
    #expect(try await live.value("slo:bad:window") == Double(history.bad))
    let start = try #require(try await live.value("slo:ledger:start"))
    #expect(abs(start - Double(end - RawHistory.length * 60)) <= 120)
  }

  /// The sums of one pod's counters, by minutes since it started.
  private static func counted(_ minute: Int) -> (total: Int, bad: Int) {
    (10 * max(minute, 0), 4 * max(0, min(minute, 1_130) - 1_100) + 4 * max(0, min(minute, 230) - 200))
  }

  @Test("a past ends where the live ledger begins, and windows read both as one", .timeLimit(.minutes(10)))
  func seam() async throws {
    let folder = try TemporaryFolder()
    let begin = (Int(Date().timeIntervalSince1970) / 60 - RawHistory.length - 2) * 60
    // Rules are evaluated at moments of their own, here a quarter of a second after a scrape in an outage.
    let live = Int64(begin + 1_110 * 60) * 1_000 + 250
    let interval: Int64 = 15_000
    let arrival: Int64 = 10_000
    let end = Int64(begin + RawHistory.length * 60) * 1_000
    let plan = try plan(Self.spec, settings: Self.settings)
    let source = try #require(LedgerChoice([], in: [plan]).sources.first)
    var good = ""
    var bad = ""
    for minute in 0...RawHistory.length {
      let count = Self.counted(minute)
      let time = begin + minute * 60
      good += "http_requests_total{job=\"shop\",instance=\"a\",code=\"200\"} \(count.total - count.bad) \(time)\n"
      bad += "http_requests_total{job=\"shop\",instance=\"a\",code=\"500\"} \(count.bad) \(time)\n"
    }
    var ledgers = (total: LedgerText(), bad: LedgerText())
    // Evaluations count what was scraped ten seconds before, for scrapes take time to arrive.
    let before = Self.counted(Int((live - interval - arrival) / 1_000 - Int64(begin)) / 60)
    for time in stride(from: live, through: end, by: Int64.Stride(interval)) {
      let now = Self.counted(Int((time - arrival) / 1_000 - Int64(begin)) / 60)
      ledgers.total.add(.totalLedger, source, [], Double(now.total - before.total), at: time)
      ledgers.bad.add(.badLedger, source, [], Double(now.bad - before.bad), at: time)
    }
    let recorded = String(decoding: ledgers.total.bytes + ledgers.bad.bytes, as: UTF8.self)
    try PrometheusProcess.makeBlocks(of: good + bad + recorded, "raw", in: folder)

    let output = ResumableFile(folder.url.appendingPathComponent("ledgers").path)
    let now = Instant(milliseconds: end)
    let request = BackfillRequest(from: nil, to: nil, now: now, resolution: .minutes(5))
    let raw = try await PrometheusProcess.start(in: folder, .init())
    let port = try #require(raw.url.port)
    let pasts: [LedgerPast]
    do {
      let late = BackfillRequest(from: nil, to: now, now: now, resolution: .minutes(5))
      let overlapping = try Backfill([source], late, output: output)
      await #expect(throws: BackfillError.self) {
        try await asking(try .loopback(port)) { try await overlapping.run(asking: $0) { _ in } }
      }
      let backfill = try Backfill([source], request, output: output)
      pasts = try await asking(try .loopback(port)) { try await backfill.run(asking: $0) { _ in } }
    } catch {
      raw.kill()
      throw error
    }
    raw.kill()
    #expect(pasts.map(\.end) == [live - interval])
    #expect(pasts.map(\.bad) == [Double(before.bad)])

    try PrometheusProcess.makeBlocks(of: try String(contentsOfFile: output.path, encoding: .utf8), "ledger", in: folder)
    let both = try await PrometheusProcess.start(in: folder, .init())
    defer { both.kill() }
    let truth = Self.counted(RawHistory.length)
    let access = try PrometheusAccess.loopback(try #require(both.url.port))
    for (record, events) in [(RecordName.totalLedger, truth.total), (.badLedger, truth.bad)] {
      let ledger = source.ledger(record)
      for query in ["increase(\(ledger)[1d])", "\(ledger) - \(ledger) offset 1d"] {
        let answer = try await asking(access) { try await $0.query(query, at: end).value }
        let value = try #require(answer.first?.samples.first?.value)
        #expect(abs(value / Double(events) - 1) < 0.005, "\(query): \(value) for \(events)")
      }
    }
  }
}
