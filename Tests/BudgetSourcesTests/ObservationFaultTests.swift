import DeployGate
import NIOConcurrencyHelpers
import PlanModel
import Quantities
import TestSupport
import Testing

@testable import BudgetSources

private let moment: Int64 = 1_790_856_000

/// Healthy counts, as a server whose clock says `now` finds them, `age` seconds old.
private func healthy(age: Int64 = 10, bad: String = "1", now: Int64 = moment) -> String {
  let labels = #""slo":"shop/availability","sli":"0123abcd","window":"30d""#
  let series = [("slo:bad:window", bad), ("slo:total:window", "10000")].map { name, value in
    #"{"metric":{"__name__":"\#(name)",\#(labels)},"values":[[\#(now - age),"\#(value)"]]}"#
  }
  return #"{"resultType":"matrix","result":[\#(series.joined(separator: ","))]}"#
}

private let nothing = #"{"resultType":"matrix","result":[]}"#

/// Whatever becomes of a source, it is never the ground of a yes.
@Suite("A gate whose source is out of order")
struct ObservationFaultTests {
  struct Fault: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let react: @Sendable (ScriptedServer.Request) -> ScriptedServer.Reaction

    /// A fault of every answer.
    init(_ name: String, _ reaction: ScriptedServer.Reaction) {
      testDescription = name
      react = { _ in reaction }
    }

    /// A fault of one question of the set; the others are answered.
    init(_ name: String, of part: String, _ reaction: ScriptedServer.Reaction) {
      testDescription = name
      react = { request in
        let isRange = request.head.contains("query_range")
        let isSpent = request.field("query")?.contains("increase") == true
        if part == (isRange ? "history" : isSpent ? "spent" : "newest") { return reaction }
        return .data(isRange || isSpent ? nothing : healthy())
      }
    }
  }

  static let faults: [Fault] = [
    Fault("killed", .cut),
    Fault("hanging", .silence),
    Fault("slow: it never ends its answer", .bytes("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")),
    Fault("500", .answer(500, #"{"status":"error","errorType":"internal","error":"x"}"#)),
    Fault("503", .answer(503, "starting", type: "text/plain")),
    Fault("429", .answer(429, "slow down", type: "text/plain")),
    Fault("cut off", .truncated("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{")),
    Fault("garbage", .answer(200, "<html>it works</html>", type: "text/html")),
    Fault("broken JSON", .answer(200, #"{"status":"success","data":{"resultType":"matrix","result":[{"#)),
    Fault("another result", .data(#"{"resultType":"streams","result":[]}"#)),
    Fault("nothing", .data(nothing)),
    Fault("a store was away", .data(healthy(), warnings: #"["a store was away"]"#)),
    Fault("partial", .answer(200, #"{"status":"success","isPartial":true,"data":\#(healthy())}"#)),
    Fault("stale", .data(healthy(age: 1_000))),
    Fault("its clock is ahead", .data(healthy(now: moment + 120))),
    Fault("its clock is behind", .data(healthy(now: moment - 3_600))),
    Fault("no numbers", .data(healthy(bad: "NaN"))),
    Fault("negative", .data(healthy(bad: "-4"))),
    Fault("spent", .data(healthy(bad: "100"))),
    Fault("refused", .answer(401, "who are you", type: "text/plain")),
    Fault("redirected", .answer(302, "", "Location: http://elsewhere/")),
    Fault("no history", of: "history", .answer(503, "", type: "text/plain")),
    Fault("partial history", of: "history", .data(nothing, warnings: #"["a store was away"]"#)),
    Fault("no pace", of: "spent", .cut),
    Fault("no newest", of: "newest", .silence),
  ]

  private func answer(_ access: PrometheusAccess, _ withoutData: WithoutDataPlan?) async throws -> GateAnswer {
    var policy = RecordedPolicy.make([RecordedPolicy.objective("availability")])
    policy.policies[0].withoutData = withoutData
    let asked = policy
    let now = Instant(unixSeconds: moment)
    let snapshot = try await asking(access) { client in
      try await ObservationSource(asked, asking: client, within: .milliseconds(400)).snapshotOrGap(at: now)
    }
    let request = GateRequest(service: "shop", change: "feature")
    return try Gate.decide(policy: policy, observations: snapshot, request: request, now: now).answer
  }

  @Test("there is no yes, and there is one again once the source is well", arguments: faults)
  func fault(_ fault: Fault) async throws {
    let isWell = NIOLockedValueBox(false)
    let server = try await ScriptedServer { _, request in
      guard isWell.withLockedValue({ $0 }) else { return fault.react(request) }
      let isNewest = request.field("query")?.contains("increase") == false && !request.head.contains("query_range")
      return .data(isNewest ? healthy() : nothing)
    }
    var access = try PrometheusAccess.loopback(server.port)
    access.limits.retries = 1
    for withoutData in [nil, WithoutDataPlan(after: .minutes(15), answer: .freeze)] {
      let answer: GateAnswer?
      do {
        answer = try await self.answer(access, withoutData)
      } catch let error as PrometheusError {
        // What a caller has to put right.
        #expect(!error.meansMissingData)
        answer = nil
      } catch is GateError {
        answer = nil
      }
      #expect(answer != .allow && answer != .approve, "\(String(describing: answer))")
    }
    isWell.withLockedValue { $0 = true }
    access.limits.retries = 0
    // On a busy machine even a server that is well may take longer than the patience of this gate.
    try await eventually("there is a yes again", { $0 == .allow }) { try await self.answer(access, nil) }
    try await server.stop()
  }
}
