import PlanModel
import Quantities
import StructuredText

extension FreezePlan {
  var gateJSON: JSONValue {
    .record([
      "scope": .string(scope),
      "reason": .string(reason),
      "allow": .array(allowed.map { .string($0) }),
      "windows": .array(windows.map(\.gateJSON)),
    ])
  }
}

extension FreezePlan.Window {
  fileprivate var gateJSON: JSONValue {
    switch self {
    case .days(let from, let through, let zone):
      .record([
        "kind": "days", "from": .string(from.description), "through": .string(through.description),
        "zone": .string(zone),
      ])
    case .once(let start, let duration):
      .record([
        "kind": "once", "start": .string(start.description), "duration": .string(duration.description),
      ])
    case .weekly(let weekday, let second, let duration, let zone):
      .record([
        "kind": "weekly", "weekday": .integer(weekday), "second": .integer(second),
        "duration": .string(duration.description), "zone": .string(zone),
      ])
    case .daily(let second, let duration, let zone):
      .record([
        "kind": "daily", "second": .integer(second), "duration": .string(duration.description), "zone": .string(zone),
      ])
    }
  }
}

extension TimeZoneRules {
  /// The zone for a reader that has no database of zones: what holds at the end of the last year goes on for ever.
  func gateJSON(name: String) -> JSONValue {
    let start = Instant(unixSeconds: Self.firstMoment)
    return .record([
      "name": .string(name),
      "offset": .integer(offset(at: start)),
      "changes": .array(
        changes(from: start, until: Instant(unixSeconds: Self.lastMoment)).map {
          .record(["at": .string($0.at.description), "offset": .integer($0.offset)])
        }
      ),
    ])
  }

  /// 2025-01-01 and 2041-01-01: the years for which rules compile the changes of the clocks as well.
  private static let firstMoment: Int64 = 1_735_689_600
  private static let lastMoment: Int64 = 2_240_611_200
}
