import PlanModel
import Quantities
import StructuredText
import Testing

@testable import DeployGate

@Suite("Reading a policy")
struct PolicyReaderTests {
  /// Members that may be absent, by the list or object that they stand in; `docs/gate-policy.md` says what that means.
  static let optional: Set = [
    "objectives.policy", "levels.enter", "levels.leave", "levels.rolloutCap", "policies.withoutData", "overrides.from",
  ]

  /// A change of the documented example at a path, and the fault that it is.
  struct Fault: Sendable, CustomTestStringConvertible {
    var path: String
    var value: JSONValue
    var place: String?
    var message: String

    var testDescription: String { "\(path) as \(value.text(.compact))" }
  }

  static let faults = [
    Fault(path: "format", value: 1, message: "format '1' where '2' is expected"),
    Fault(path: "format", value: "2", message: "format '\"2\"' where '2' is expected"),
    Fault(path: "freezes/0/scope", value: "shop", message: "'shop' is no service, journey or objective"),
    Fault(
      path: "freezes/0/allow/0",
      value: "fix",
      place: "freezes[0].allow",
      message: "no policy has a change class 'fix'"
    ),
    Fault(path: "freezes/0/windows", value: [], message: "a freeze without a time"),
    Fault(path: "freezes/0/windows/0/through", value: "2026-12-23", message: "'2026-12-23' is before '2026-12-24'"),
    Fault(path: "freezes/0/windows/1/weekday", value: 8, message: "no whole number from 1 to 7"),
    Fault(path: "freezes/0/windows/1/duration", value: "7d", message: "'7d' is not shorter than 7d"),
    Fault(path: "freezes/0/windows/1/zone", value: "Mars/Base", message: "zone 'Mars/Base' is not among the zones"),
    Fault(path: "zones/0/offset", value: "1h", message: "no whole number from -93600 to 93600"),
    Fault(path: "interval", value: "0s", message: "an interval of no length"),
    Fault(path: "workspace", value: 1, message: "a number where a string is expected"),
    Fault(path: "extra", value: 1, place: "", message: "unknown member 'extra'"),
    Fault(path: "labels/extra", value: 1, place: "labels", message: "unknown member 'extra'"),
    Fault(path: "services", value: "none", message: "a string where a list is expected"),
    Fault(
      path: "services/0/name",
      value: "studoi",
      place: "journeys[0].service",
      message: "'studio' is not the service of 'studio/song-generation'"
    ),
    Fault(path: "services/0/dependencies/0/external", value: "no", message: "a string where true or false is expected"),
    Fault(
      path: "services/0/dependencies/0/external",
      value: false,
      place: "services[0].dependencies[0]",
      message: "'card-network' is neither a service nor an objective"
    ),
    Fault(path: "services/0/rolloutStages/0", value: "1.01", message: "'1.01' is not between 0 and 1"),
    Fault(
      path: "journeys/0/objectives/0",
      value: "studio/song-generation/rate",
      message: "unknown objective 'studio/song-generation/rate'"
    ),
    Fault(path: "journeys/0/objectives/0", value: "studio", message: "'studio' is no full name of an objective"),
    Fault(path: "journeys/0/weights/0/weight", value: "0", message: "a weight that is not above zero"),
    Fault(path: "journeys/0/weights/0/weight", value: "1/0", message: "'1/0' is no fraction of two whole numbers"),
    Fault(
      path: "journeys/0/weights/0/objective",
      value: "studio/privacy",
      place: "journeys[0].weights[0]",
      message: "'studio/privacy' is no objective of the journey"
    ),
    Fault(
      path: "objectives/0/name",
      value: "studio/song-generation/success-rate",
      place: "objectives[0]",
      message: "service and journey are not those of 'studio/song-generation/success-rate'"
    ),
    Fault(
      path: "objectives/0/kind",
      value: "guess",
      message: "'guess' is none of 'ratio', 'distribution', 'time', 'gauge', 'attested'"
    ),
    Fault(path: "objectives/0/kind", value: "ratio", place: "objectives[0]", message: "unknown member 'attestation'"),
    Fault(
      path: "objectives/1/kind",
      value: "attested",
      place: "objectives[1]",
      message: "member 'attestation' is missing"
    ),
    Fault(path: "objectives/1/target", value: "0", message: "a target that asks for nothing"),
    Fault(path: "objectives/1/target", value: "99.5%", message: "'99.5%' is not a decimal of at most 18 digits"),
    Fault(
      path: "objectives/1/target",
      value: "0.9950000000000000001",
      message: "'0.9950000000000000001' is not a decimal of at most 18 digits"
    ),
    Fault(path: "objectives/1/target", value: "NaN", message: "'NaN' is not a decimal of at most 18 digits"),
    Fault(path: "objectives/1/target", value: "-0.5", message: "'-0.5' is not between 0 and 1"),
    Fault(path: "objectives/1/budget", value: "0.006", message: "a budget that is not what a target of 99.5% leaves"),
    Fault(path: "objectives/1/window/length", value: "0s", message: "a window of no length"),
    Fault(path: "objectives/1/policy", value: "studio/none", message: "unknown policy 'studio/none'"),
    Fault(
      path: "objectives/0/attestation/lapses",
      value: "2025-01-15",
      message: "'2025-01-15' is not after '2025-01-15'"
    ),
    Fault(path: "policies/0/changes/1", value: "feature", message: "'feature' a second time"),
    Fault(
      path: "policies/0/levels",
      value: [],
      place: "policies[0]",
      message: "policy 'studio/studio-budget' has no levels"
    ),
    Fault(
      path: "policies/0/levels/1/name",
      value: "healthy",
      place: "policies[0].levels[1]",
      message: "'healthy' a second time"
    ),
    Fault(
      path: "policies/0/levels/1/allow/0",
      value: "magic",
      place: "policies[0].levels[1].allow",
      message: "'magic' is no change class of policy 'studio/studio-budget'"
    ),
    Fault(
      path: "policies/0/levels/1/allow/0",
      value: "bugfix",
      place: "policies[0].levels[1]",
      message: "'bugfix' is both allowed and in need of approval"
    ),
    Fault(
      path: "policies/0/levels/1/enter/bound",
      value: "0.4",
      place: "policies[0].levels",
      message: "no level of policy 'studio/studio-budget' holds where 45% remains"
    ),
    Fault(
      path: "policies/0/levels/1/enter/comparison",
      value: ">",
      place: "policies[0].levels[1].leave",
      message: "level 'exhausted' is not entered below a bound, so it cannot be left above one"
    ),
    Fault(
      path: "policies/0/levels/1/leave/bound",
      value: "0.4",
      place: "policies[0].levels[1].leave",
      message: "level 'exhausted' is left below where it is entered"
    ),
    Fault(
      path: "policies/0/levels/0/enter/comparison",
      value: "<=",
      place: "policies[0].levels",
      message: "no level of policy 'studio/studio-budget' holds where 75% remains"
    ),
    Fault(
      path: "policies/0/withoutData/then",
      value: "yes",
      message: "'yes' is none of 'freeze', 'allow', 'approve', 'level'"
    ),
    Fault(
      path: "policies/0/withoutData",
      value: ["after": "1m", "then": "level", "level": "none"],
      place: "policies[0].withoutData.level",
      message: "policy 'studio/studio-budget' has no level 'none'"
    ),
    Fault(path: "policies/0/withoutData/after", value: "-15m", message: "'-15' is below zero, and no duration is"),
    Fault(
      path: "overrides/0/scope",
      value: "studio/nothing",
      message: "'studio/nothing' is no service, journey or objective"
    ),
    Fault(path: "overrides/0/change", value: "magic", message: "no policy has a change class 'magic'"),
    Fault(
      path: "overrides/0/until",
      value: "2026-10-01T08:00:00Z",
      message: "'2026-10-01T08:00:00Z' is not after '2026-10-01T08:00:00Z'"
    ),
    Fault(path: "signoffs/0/level", value: "healty", message: "policy 'studio/studio-budget' has no level 'healty'"),
    Fault(path: "signoffs/0/item", value: "party", message: "level 'exhausted' has no exit item 'party'"),
  ]

  static func example() throws -> JSONValue { try JSONParser.parse(policyExample()) }

  @Test("the documented example is read")
  func documented() throws {
    let policy = try GatePolicy(reading: policyExample())
    #expect(policy.objectives.map(\.name.text) == ["studio/privacy", "studio/song-generation/success-rate"])
    #expect(policy.policies.first?.levels.last?.leave == bound(.greater, "60%"))
    #expect(policy.policies.first?.withoutData == WithoutDataPlan(after: .minutes(15), answer: .freeze))
    #expect(policy.journeys.first?.weights.first?.weight == 3)
    #expect(policy.services.first?.rolloutStages == ["5%", "25%", "100%"].map(ratio))
  }

  @Test("what is wrong is told with its place", arguments: faults)
  func told(_ fault: Fault) throws {
    let path = fault.path.split(separator: "/").map(String.init)
    let document = try Self.example().replacing(path, with: fault.value).identified
    let place =
      fault.place
      ?? path.reduce(DocumentPlace(document: .policy)) { place, part in
        Int(part).map(place.element) ?? place.member(part)
      }.path
    #expect(throws: DocumentFault(document: .policy, place: place, message: fault.message)) {
      try GatePolicy(reading: document.bytes)
    }
  }

  @Test("a level may not hold above a better one")
  func levelOrder() throws {
    let levels = ["policies", "0", "levels"]
    let document = try Self.example()
      .replacing(levels + ["0", "enter"], with: nil)
      .replacing(levels + ["1", "leave"], with: nil)
      .replacing(levels + ["1", "enter", "comparison"], with: ">")
    #expect(
      throws: DocumentFault(
        document: .policy,
        place: "policies[0].levels",
        message: "level 'exhausted' of policy 'studio/studio-budget' holds above the better level 'healthy'"
      )
    ) {
      try GatePolicy(reading: document.identified.bytes)
    }
  }

  @Test("every member is needed, but for those that may say nothing by their absence")
  func missingMembers() throws {
    let example = try Self.example()
    var absent: Set<String> = []
    for path in example.paths where path.last.flatMap(Int.init) == nil && path != ["identity"] {
      do {
        _ = try GatePolicy(reading: example.replacing(path, with: nil).identified.bytes)
        absent.insert(path.filter { Int($0) == nil }.suffix(2).joined(separator: "."))
      } catch {
        continue
      }
    }
    #expect(absent == Self.optional)
  }

  @Test("no member may be there that the format does not have, wherever it stands")
  func unknownMembers() throws {
    let example = try Self.example()
    for path in [[]] + example.paths where example.value(at: path)?.object != nil {
      #expect(throws: DocumentFault.self) {
        try GatePolicy(reading: example.replacing(path + ["new"], with: 1).identified.bytes)
      }
    }
  }

  @Test("null is no value, wherever it stands")
  func nulls() throws {
    let example = try Self.example()
    for path in example.paths where path != ["identity"] {
      #expect(throws: DocumentFault.self) {
        try GatePolicy(reading: example.replacing(path, with: .null).identified.bytes)
      }
    }
  }

  @Test("a change by hand is refused even where the result would be a policy")
  func identity() throws {
    let loosened = try Self.example().replacing(["policies", "0", "levels", "1", "allow", "0"], with: "feature")
    #expect(throws: Never.self) { try GatePolicy(reading: loosened.identified.bytes) }
    #expect(throws: DocumentFault.self) { try GatePolicy(reading: loosened.bytes) }
    for path in try Self.example().paths {
      #expect(throws: DocumentFault.self) { try GatePolicy(reading: Self.example().replacing(path, with: nil).bytes) }
    }
  }

  @Test("a file cut off anywhere is refused")
  func truncated() throws {
    let example = try Self.example().bytes
    for length in 0..<example.count {
      #expect(throws: DocumentFault.self) { try GatePolicy(reading: Array(example[..<length])) }
    }
  }

  @Test("a file with one byte changed is refused", arguments: [0x01, 0x20] as [UInt8])
  func flipped(_ mask: UInt8) throws {
    let example = try Self.example().bytes
    for index in example.indices {
      var changed = example
      changed[index] ^= mask
      #expect(throws: DocumentFault.self) { try GatePolicy(reading: changed) }
    }
  }
}
