import Diagnostics
import Quantities
import YAMLSource

extension ValueReader where Value == FreezeSpec {
  static let freeze = ValueReader.record(
    Noun("a freeze", "freezes"),
    Key("reason", .text, "why changes wait", insteadOf: ["why"]),
    optional: [
      .key(
        "for",
        .reference(to: Noun("a service, journey or objective", "references"), example: "checkout"),
        "the service, journey or objective that it is for; this service where it is absent",
        insteadOf: ["scope"]
      ) { $0.scope = $1 },
      .key("days", .list(of: .freezeDays), "whole days, both ends included", insteadOf: ["dates"]) { $0.days = $1 },
      .key("windows", .list(of: .maintenanceWindow), "times that begin once, every week or every day") {
        $0.windows = $1
      },
      .key("allow", .list(of: .change), "the change classes that may go out all the same", insteadOf: ["except"]) {
        $0.allow = $1
      },
    ],
    lastKeys: ["allow"]
  ) { FreezeSpec(reason: $0) }
}

extension ValueReader where Value == Located<FreezeDaysSpec> {
  fileprivate static let freezeDays = ValueReader<FreezeDaysSpec>.record(
    Noun("days of a freeze", "days of freezes"),
    Key("from", .date, "the first day", insteadOf: ["start", "since"]),
    Key("through", .date, "the last day", insteadOf: ["to", "until", "end"]),
    optional: [
      .key("in", .timeZone, "the time zone of the days", insteadOf: ["timezone", "zone"]) { $0.timeZone = $1 }
    ],
    lastKeys: ["in"]
  ) { FreezeDaysSpec(from: $0, through: $1) }.located
}
