import BudgetSources
import DeployGate
import Foundation
import Quantities
import Synchronization
import TestSupport
import Testing

@testable import GateServer

/// What becomes of answers when the source does not do what it should. The policy says: a freeze after 15 minutes without data.
@Suite struct FaultTests {
  private static let later = ShopDocuments.noon + .minutes(16)

  enum Fault: String, CaseIterable, Sendable {
    case gone, empty, garbage, otherVersion, stale, fromTheFuture, older, partial, withoutObjective, negative

    /// What the source says instead of a snapshot of now; nil for nothing.
    var text: String? {
      let good = ShopDocuments.snapshot(at: FaultTests.later)
      return switch self {
      case .gone: nil
      case .empty: ""
      case .garbage: "<html>502 Bad Gateway</html>"
      case .otherVersion: good.replacing("snapshot/v1", with: "snapshot/v9")
      case .stale: ShopDocuments.snapshot()
      case .fromTheFuture: ShopDocuments.snapshot(at: FaultTests.later + .hours(1))
      case .older: ShopDocuments.snapshot(at: ShopDocuments.noon - .hours(1))
      case .partial: good.replacing("\"partial\": false", with: "\"partial\": true")
      case .withoutObjective: good.replacing("shop/search", with: "shop/other")
      case .negative: good.replacing("\"bad\": \"0\"", with: "\"bad\": \"-1\"")
      }
    }
  }

  @Test("A source at fault is never the ground of a yes, and its recovery needs no restart", arguments: Fault.allCases)
  func neverYes(fault: Fault) async throws {
    let server = try await RunningServer()
    #expect(try await server.feature().answer == "allow")
    server.setClock(Self.later)
    if let text = fault.text {
      try server.folder.write(text, to: "snapshot.json")
    } else {
      try FileManager.default.removeItem(atPath: server.folder.path("snapshot.json"))
    }
    await server.server.observe()
    let answer = try await server.feature()
    #expect(answer.status == 200)
    #expect(try answer.answer == "deny")
    try server.folder.write(ShopDocuments.snapshot(at: Self.later), to: "snapshot.json")
    await server.server.observe()
    #expect(try await server.feature().answer == "allow")
    #expect(try await server.isGood("observations") == true)
    await server.stop()
  }

  @Test("A source that hangs holds up no answer")
  func hangs() async throws {
    let isHanging = Mutex(false)
    let (release, releaser) = AsyncStream.makeStream(of: Void.self)
    let now = Mutex(ShopDocuments.noon)
    let feed = ObservationFeed(name: "a source that hangs") { _ in
      if isHanging.withLock({ $0 }) { for await _ in release { break } }
      return try Snapshot(reading: Array(ShopDocuments.snapshot(at: now.withLock { $0 }).utf8))
    }
    let server = try await RunningServer(feed: feed)
    isHanging.withLock { $0 = true }
    let observing = Task { await server.server.observe() }
    #expect(try await server.feature().answer == "allow")
    server.setClock(Self.later)
    #expect(try await server.feature().answer == "deny")
    now.withLock { $0 = Self.later }
    releaser.finish()
    await observing.value
    await server.server.observe()
    #expect(try await server.feature().answer == "allow")
    await server.stop()
  }

  @Test("A Prometheus that is killed or talks nonsense leaves the last observations to grow stale")
  func prometheus() async throws {
    let nonsense = try LoopbackServer { _ in "nonsense" }
    let clock = Mutex(ShopDocuments.noon)
    let access = PrometheusAccess(endpoint: try PrometheusEndpoint(reading: "http://127.0.0.1:\(nonsense.port)"))
    let broken = try ObservationFeed.prometheus(access, within: .milliseconds(300)) { clock.withLock { $0 } }
    let isBroken = Mutex(false)
    let feed = ObservationFeed(name: "prometheus") { policy in
      if isBroken.withLock({ $0 }) { return try await broken.observe(policy) }
      return try Snapshot(reading: Array(ShopDocuments.snapshot().utf8))
    }
    let server = try await RunningServer(feed: feed)
    isBroken.withLock { $0 = true }
    await server.server.observe()
    #expect(try await server.isGood("observations") == false)
    nonsense.stop()
    await server.server.observe()
    #expect(try await server.isGood("observations") == false)
    #expect(try await server.feature().answer == "allow", "what was observed a moment ago still holds")
    server.setClock(Self.later)
    #expect(try await server.feature().answer == "deny")
    #expect(try await server.metric("nines_gate_observation_failures_total") != "0")
    await server.stop()
  }
}
