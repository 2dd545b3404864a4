import PlanModel
import Quantities
import StructuredText

extension PolicyPlan {
  init(_ reader: inout ObjectReader) throws(DocumentFault) {
    self.init(
      name: try reader.name("name"),
      title: try reader.string("title"),
      changes: try reader.names("changes"),
      levels: try reader.objects("levels") { (entry) throws(DocumentFault) in try LevelPlan(&entry) },
      withoutData: try reader.optional("withoutData") { (reader, name) throws(DocumentFault) in
        try reader.object(name) { (entry) throws(DocumentFault) in try WithoutDataPlan(&entry) }
      }
    )
  }
}

extension LevelPlan {
  fileprivate init(_ reader: inout ObjectReader) throws(DocumentFault) {
    self.init(
      name: try reader.name("name"),
      enter: try reader.optional("enter") { (reader, name) throws(DocumentFault) in try reader.bound(name) },
      leave: try reader.optional("leave") { (reader, name) throws(DocumentFault) in try reader.bound(name) },
      allowed: try reader.names("allow"),
      approved: try reader.names("approve"),
      rolloutCap: try reader.optional("rolloutCap") { (reader, name) throws(DocumentFault) in try reader.share(name) },
      actions: try reader.names("actions"),
      exit: try reader.names("exit"),
      guidance: try reader.list("guidance") { (value, place) throws(DocumentFault) in try value.text(at: place) }
    )
  }
}

extension ObjectReader {
  fileprivate mutating func bound(_ name: String) throws(DocumentFault) -> RemainingBound {
    try object(name) { (entry) throws(DocumentFault) in
      RemainingBound(
        comparison: try entry.choice("comparison", of: Comparison.self),
        bound: try entry.share("bound")
      )
    }
  }
}

extension WithoutDataPlan {
  private enum Word: String, CaseIterable {
    case freeze, allow, approve, level
  }

  fileprivate init(_ reader: inout ObjectReader) throws(DocumentFault) {
    let after = try reader.span("after")
    let answer: Answer =
      switch try reader.choice("then", of: Word.self) {
      case .freeze: .freeze
      case .allow: .allow
      case .approve: .approve
      case .level: .level(try reader.name("level"))
      }
    self.init(after: after, answer: answer)
  }
}

extension OverridePlan {
  init(_ reader: inout ObjectReader) throws(DocumentFault) {
    self.init(
      change: try reader.name("change"),
      scope: try reader.name("scope"),
      reason: try reader.string("reason"),
      by: try reader.name("by"),
      from: try reader.optional("from") { (reader, name) throws(DocumentFault) in try reader.instant(name) },
      until: try reader.instant("until")
    )
    if let from, from >= until { throw reader.place.member("until").fault("'\(until)' is not after '\(from)'") }
  }
}

extension SignoffPlan {
  init(_ reader: inout ObjectReader) throws(DocumentFault) {
    self.init(
      policy: try reader.name("policy"),
      level: try reader.name("level"),
      item: try reader.name("item"),
      by: try reader.name("by"),
      on: try reader.date("on")
    )
  }
}
