import ContentHash
import PlanModel
import Quantities
import StructuredText

extension GatePolicy {
  /// The format that this gate reads; it refuses every other.
  static let format = 2

  /// The policy that a file holds; `docs/gate-policy.md` describes the format.
  ///
  /// Everything is checked before anything is believed: names, references, ranges, the order of the levels, and the
  /// identity, which shows every change by hand.
  package init(reading bytes: [UInt8]) throws(DocumentFault) {
    let place = DocumentPlace(document: .policy)
    let document = try JSONValue.document(.policy, from: bytes)
    var reader = try ObjectReader(document, at: place)
    try reader.expectFormat(Self.format)
    identity = try reader.name("identity")
    workspace = try reader.string("workspace")
    interval = try reader.span("interval")
    if interval == .zero { throw place.member("interval").fault("an interval of no length") }
    labelNames = try reader.object("labels") { (labels) throws(DocumentFault) in try LabelNames(&labels) }
    services = try reader.objects("services") { (entry) throws(DocumentFault) in try GateService(&entry) }
    journeys = try reader.objects("journeys") { (entry) throws(DocumentFault) in try GateJourney(&entry) }
    objectives = try reader.objects("objectives") { (entry) throws(DocumentFault) in try GateObjective(&entry) }
    policies = try reader.objects("policies") { (entry) throws(DocumentFault) in try PolicyPlan(&entry) }
    overrides = try reader.objects("overrides") { (entry) throws(DocumentFault) in try OverridePlan(&entry) }
    signoffs = try reader.objects("signoffs") { (entry) throws(DocumentFault) in try SignoffPlan(&entry) }
    freezes = try reader.objects("freezes") { (entry) throws(DocumentFault) in try FreezePlan(&entry) }
    zones = [:]
    for zone in try reader.objects("zones", { (entry) throws(DocumentFault) in try entry.zone() }) {
      zones[zone.name] = zone.rules
    }
    try reader.finish()
    try checkNames()
    try checkReferences()
    try checkLevels()
    guard identity == document.identity else {
      throw place.member("identity").fault("the contents are not those that were compiled: the file was changed since")
    }
  }
}

extension JSONValue {
  /// SHA-256 of an object without its member `identity`, printed without white space.
  fileprivate var identity: String {
    let members = (object ?? []).filter { $0.name != "identity" }
    return SHA256.hexadecimal(of: Array(JSONValue.object(members).text(.compact).utf8))
  }
}

extension ObjectReader {
  fileprivate mutating func expectFormat(_ format: Int) throws(DocumentFault) {
    let found = try value("format")
    guard let number = found.number, number.integer == format else {
      throw place.member("format").fault("format '\(found.text(.compact))' where '\(format)' is expected")
    }
  }

  /// `service/objective` or `service/journey/objective`.
  fileprivate mutating func objectiveName(_ name: String) throws(DocumentFault) -> ObjectiveName {
    try value(name).objectiveName(at: place.member(name))
  }
}

extension JSONValue {
  fileprivate func objectiveName(at place: DocumentPlace) throws(DocumentFault) -> ObjectiveName {
    let text = try name(at: place)
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard (2...3).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else {
      throw place.fault("'\(text)' is no full name of an objective")
    }
    return ObjectiveName(
      service: parts[0],
      journey: parts.count == 3 ? parts[1] : nil,
      objective: parts[parts.count - 1]
    )
  }
}

// MARK: - Parts

extension LabelNames {
  fileprivate init(_ reader: inout ObjectReader) throws(DocumentFault) {
    self.init()
    slo = try reader.name("slo")
    service = try reader.name("service")
    journey = try reader.name("journey")
    objective = try reader.name("objective")
    owner = try reader.name("owner")
    severity = try reader.name("severity")
  }
}

extension GateService {
  fileprivate init(_ reader: inout ObjectReader) throws(DocumentFault) {
    name = try reader.name("name")
    title = try reader.string("title")
    owner = try reader.string("owner")
    rolloutStages = try reader.list("rolloutStages") { (value, place) throws(DocumentFault) in
      try value.share(at: place)
    }
    dependencies = try reader.objects("dependencies") { (entry) throws(DocumentFault) in
      GateDependency(name: try entry.name("name"), isExternal: try entry.bool("external"))
    }
  }
}

extension GateJourney {
  fileprivate init(_ reader: inout ObjectReader) throws(DocumentFault) {
    name = try reader.name("name")
    service = try reader.name("service")
    title = try reader.string("title")
    owner = try reader.string("owner")
    objectives = try reader.list("objectives") { (value, place) throws(DocumentFault) in
      try value.objectiveName(at: place)
    }
    weights = try reader.objects("weights") { (entry) throws(DocumentFault) in
      let objective = try entry.objectiveName("objective")
      let weight = try entry.value("weight").fraction(at: entry.place.member("weight"))
      guard weight > .zero else { throw entry.place.member("weight").fault("a weight that is not above zero") }
      return ObjectiveWeight(objective: objective, weight: weight)
    }
  }
}

extension GateObjective {
  /// What the gate tells apart of the kinds of `docs/gate-policy.md`.
  private enum Kind: String, CaseIterable {
    case ratio, distribution, time, gauge, attested
  }

  fileprivate init(_ reader: inout ObjectReader) throws(DocumentFault) {
    let place = reader.place
    name = try reader.objectiveName("name")
    let service = try reader.name("service")
    let journey = try reader.optional("journey") { (reader, name) throws(DocumentFault) in try reader.name(name) }
    guard service == name.service, journey == name.journey else {
      throw place.fault("service and journey are not those of '\(name.text)'")
    }
    title = try reader.string("title")
    owner = try reader.string("owner")
    let kind = try reader.choice("kind", of: Kind.self)
    let share = try reader.share("target")
    guard let target = Target(share) else { throw place.member("target").fault("a target that asks for nothing") }
    guard try reader.share("budget") == target.errorBudget.share else {
      throw place.member("budget").fault("a budget that is not what a target of \(target) leaves")
    }
    self.target = target
    window = try reader.object("window") { (window) throws(DocumentFault) in try TimeWindow(&window) }
    splitBy = try reader.names("splitBy")
    policy = try reader.optional("policy") { (reader, name) throws(DocumentFault) in try reader.name(name) }
    measure =
      switch kind {
      case .ratio, .distribution, .time, .gauge: .events
      case .attested: try reader.object("attestation") { (entry) throws(DocumentFault) in try Measure(&entry) }
      }
  }
}

extension TimeWindow {
  private enum Kind: String, CaseIterable {
    case rolling, calendar
  }

  fileprivate init(_ reader: inout ObjectReader) throws(DocumentFault) {
    switch try reader.choice("kind", of: Kind.self) {
    case .rolling:
      let length = try reader.span("length")
      guard length > .zero else { throw reader.place.member("length").fault("a window of no length") }
      self = .rolling(length)
    case .calendar:
      self = .calendar(try reader.choice("period", of: CalendarPeriod.self), zone: try reader.name("zone"))
    }
  }
}

extension GateObjective.Measure {
  fileprivate init(_ reader: inout ObjectReader) throws(DocumentFault) {
    let by = try reader.name("by")
    let on = try reader.date("on")
    let lapses = try reader.date("lapses")
    guard on < lapses else { throw reader.place.member("lapses").fault("'\(lapses)' is not after '\(on)'") }
    self = .attestation(by: by, on: on, lapses: lapses)
  }
}
