import DeployGate
import Foundation
import Quantities
import StructuredText
import Synchronization
import TestSupport
import Testing

@testable import GateServer

@Suite struct KnowledgeTests {
  @Test("Before anything was observed there is no answer, and the server says that it is not ready")
  func nothingObserved() async throws {
    let server = try await RunningServer(snapshot: nil)
    let answer = try await server.feature()
    #expect(answer.status == 503)
    #expect(try answer.code == "no-observations")
    #expect(try await server.ask("/readyz").status == 503)
    #expect(try await server.ask("/healthz").status == 200)
    try server.folder.write(ShopDocuments.snapshot(), to: "snapshot.json")
    await server.server.observe()
    #expect(try await server.feature().answer == "allow")
    #expect(try await server.ask("/readyz").status == 200)
    await server.stop()
  }

  @Test("A changed policy is taken over whole")
  func policyChanges() async throws {
    let server = try await RunningServer(snapshot: ShopDocuments.snapshot(bad: ["shop/search": 20]))
    #expect(try await server.feature().answer == "allow")
    try server.folder.write(ShopDocuments.policy(bound: "0.85"), to: "policy.json")
    await server.server.reload()
    let answer = try await server.feature()
    #expect(try answer.answer == "deny")
    let policy = try GatePolicy(reading: Array(ShopDocuments.policy(bound: "0.85").utf8))
    #expect(try answer.json["policy"]?.string == policy.identity)
    #expect(try await server.metric("nines_gate_policy_loads_total") == "1")
    await server.stop()
  }

  @Test(
    "A policy that makes no sense is refused, the one before stays in use, and the server says so",
    arguments: ["", "{}", ShopDocuments.policy().replacingOccurrences(of: "0.99", with: "0.9")]
  )
  func policyRefused(text: String) async throws {
    let server = try await RunningServer()
    let before = try await server.feature().json["policy"]
    try server.folder.write(text, to: "policy.json")
    await server.server.reload()
    await server.server.reload()
    #expect(try await server.feature().json["policy"] == before)
    #expect(try await server.isGood("policy") == false)
    #expect(try await server.ask("/readyz").status == 200)
    #expect(try await server.metric("nines_gate_policy_up_to_date") == "0")
    #expect(try await server.metric("nines_gate_policy_refusals_total") == "1")
    try server.folder.write(ShopDocuments.policy(), to: "policy.json")
    await server.server.reload()
    #expect(try await server.isGood("policy") == true)
    #expect(try await server.metric("nines_gate_policy_up_to_date") == "1")
    await server.stop()
  }

  @Test("A policy without a level that a budget is in is refused")
  func levelsVanish() async throws {
    let server = try await RunningServer(snapshot: ShopDocuments.snapshot(bad: ["shop/search": 90]))
    try server.folder.write(ShopDocuments.policy(level: "exhausted"), to: "policy.json")
    await server.server.reload()
    #expect(try await server.isGood("policy") == false)
    #expect(try await server.feature().answer == "deny")
    await server.stop()
  }

  @Test("A reload drops no request")
  func reloadUnderLoad() async throws {
    let server = try await RunningServer()
    let statuses = try await withThrowingTaskGroup(of: [Int].self) { group in
      for _ in 0..<8 {
        group.addTask {
          var statuses: [Int] = []
          for _ in 0..<40 { statuses.append(try await server.feature().status) }
          return statuses
        }
      }
      for bound in ["0.4", "0.3", "0.2"] {
        try server.folder.write(ShopDocuments.policy(bound: bound), to: "policy.json")
        await server.server.reload()
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(statuses.count == 320)
    #expect(statuses.allSatisfy { $0 == 200 })
    await server.stop()
  }

  @Test("Levels that were entered outlive the server")
  func levelsKept() async throws {
    let folder = try TemporaryFolder()
    let keep: (inout ServerSettings, TemporaryFolder) -> Void = { settings, folder in
      settings.stateFolder = folder.url.path
    }
    let first = try await RunningServer(in: folder, snapshot: ShopDocuments.snapshot(bad: ["shop/search": 90]), keep)
    #expect(try await first.feature().answer == "deny")
    await first.stop()
    let later = ShopDocuments.snapshot(at: ShopDocuments.noon + .minutes(1), bad: ["shop/search": 20])
    let second = try await RunningServer(in: folder, snapshot: later, keep)
    second.setClock(ShopDocuments.noon + .minutes(1))
    await second.server.observe()
    #expect(try await second.feature().answer == "deny", "above the bound where the level is left only at 90%")
    await second.stop()
    let fresh = try await RunningServer(snapshot: ShopDocuments.snapshot(bad: ["shop/search": 20]))
    #expect(try await fresh.feature().answer == "allow")
    await fresh.stop()
  }

  @Test("Levels that cannot be read keep the server from starting", arguments: ["", "{}", "{\"nines\":\"levels/v1\"}"])
  func levelsCorrupt(text: String) async throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "levels.json")
    await #expect(throws: ServerRefusal.self) {
      try await RunningServer(in: folder) { settings, folder in settings.stateFolder = folder.url.path }
    }
  }

  @Test("Where levels cannot be kept, the server says so and goes on")
  func stateFolderMissing() async throws {
    let server = try await RunningServer { settings, folder in settings.stateFolder = folder.path("none") }
    #expect(try await server.feature().answer == "allow")
    #expect(try await server.isGood("state") == false)
    #expect(try await server.metric("nines_gate_state_failures_total") != "0")
    await server.stop()
  }
}
