import ContentHash
import DeployGate
import Diagnostics
import NinesCompiler
import Quantities
import StructuredText

@testable import BudgetSources
@testable import GateServer

/// What the gate and its server are told by files and by other machines.
enum GateInput {
  /// When everything is decided: within the snapshot of the corpus.
  private static let now = Instant(unixSeconds: 1_791_028_800)

  /// What the gate decides by: compiled once.
  private static let policy: GatePolicy = {
    let spec = """
      nines: v1
      service: studio
      owner: team
      indicators: { it: { good: good_total, valid: all_total } }
      journeys:
        song-generation:
          title: Songs
          policy: careful
          objectives: { success-rate: it >= 99.5% over 30d }
      policies:
        careful:
          changes: [feature, bugfix]
          levels:
            healthy: { when: remaining > 50%, allow: all }
            low: { when: remaining <= 50%, until: remaining > 60%, allow: [bugfix], approve: [feature] }
            exhausted: { when: remaining < 10%, until: remaining > 30%, allow: [] }
          without-data: { for: 15m, then: freeze }
      """
    let compilation = FuzzTarget.compile(
      SourceFile(id: FileID(0), path: "specs/studio.yaml", bytes: Array(spec.utf8))
    )
    let artifact = compilation.artifacts?.first { $0.path == "gate/policy.json" }
    guard let artifact, let policy = try? GatePolicy(reading: artifact.bytes) else {
      preconditionFailure("no policy: \(compilation.report.text(as: .text))")
    }
    return policy
  }()

  static func readSnapshot(_ bytes: [UInt8]) {
    guard let snapshot = try? Snapshot(reading: bytes) else { return }
    guard let again = try? Snapshot(reading: Array(snapshot.json.text(.pretty).utf8)) else {
      preconditionFailure("a snapshot that was printed does not read")
    }
    precondition(again.json == snapshot.json, "a snapshot that was printed reads as something else")
    for unit in [nil, "song-generation"] {
      let request = GateRequest(service: "studio", journey: unit, change: "feature")
      guard
        let decision = try? Gate.decide(policy: policy, observations: snapshot, request: request, now: now)
      else { continue }
      _ = try? JSONParser.parse(Array(decision.json.text(.pretty).utf8))
      _ = decision.text
    }
  }

  static func readDocuments(_ bytes: [UInt8]) {
    if let document = try? JSONParser.parse(bytes), let members = document.object {
      // With the identity that it ought to have, since nobody guesses that.
      let rest = JSONValue.object(members.filter { $0.name != "identity" })
      let identity = SHA256.hexadecimal(of: Array(rest.text(.compact).utf8))
      let identified = members.map { $0.name == "identity" ? JSONMember("identity", .string(identity)) : $0 }
      _ = try? GatePolicy(reading: Array(JSONValue.object(identified).text(.compact).utf8))
    }
    _ = try? TokenFile(reading: bytes)
    guard let levels = try? LevelState(reading: bytes) else { return }
    guard let again = try? LevelState(reading: Array(levels.json.text(.pretty).utf8)) else {
      preconditionFailure("levels that were printed do not read")
    }
    precondition(again.json == levels.json, "levels that were printed read as something else")
  }

  static func readRequest(_ bytes: [UInt8]) {
    let line = bytes.prefix { $0 != 0x0A }
    let body = Array(bytes.dropFirst(line.count + 1))
    let words = String(decoding: line, as: UTF8.self).split(separator: " ", maxSplits: 1)
    guard words.count == 2 else { return }
    let target = words[1].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    do throws(Problem) {
      let match = try RouteMatch(method: String(words[0]), path: target[0])
      var query = try QueryText(target.count > 1 ? target[1] : "")
      _ = try query.takeTelling(usual: .body, of: [.body, .status])
      switch match.route {
      case .gateService, .gateJourney:
        _ = try GateRequest(
          service: match.parameters[0],
          journey: match.parameters.count > 1 ? match.parameters[1] : nil,
          query: query
        )
      case .decide, .hookService, .hookJourney:
        try query.finish()
        _ = try GateRequest(body: body)
      case .policies, .objectives, .page, .document, .health, .readiness, .metrics: try query.finish()
      }
    } catch {
      let told = error.json
      precondition((try? JSONParser.parse(Array(told.text(.compact).utf8))) == told, "a problem cannot be told")
    }
  }

  static func readAnswer(_ bytes: [UInt8]) {
    guard let document = try? JSONParser.parse(bytes) else { return }
    _ = document.warnings
    _ = document.saysPartial
    guard let data = document["data"] else { return }
    for series in (try? data.series()) ?? [] { precondition(!series.samples.isEmpty || data["resultType"] != nil) }
  }
}
