import Quantities
import StructuredText

extension Snapshot {
  /// What the first member of a snapshot says.
  static let version = "snapshot/v1"

  /// The snapshot that a file holds; `docs/gate.md` describes the format.
  package init(reading bytes: [UInt8]) throws(DocumentFault) {
    let place = DocumentPlace(document: .snapshot)
    var reader = try ObjectReader(JSONValue.document(.snapshot, from: bytes), at: place)
    try reader.expectVersion(Self.version)
    takenAt = try reader.instant("takenAt")
    source = try reader.name("source")
    isPartial = try reader.bool("partial")
    warnings = try reader.list("warnings") { (value, place) throws(DocumentFault) in try value.text(at: place) }
    var seen: Set<BudgetName> = []
    let takenAt = takenAt
    observations = try reader.objects("objectives") { (entry) throws(DocumentFault) in
      let observation = try Observation(&entry, takenAt: takenAt)
      guard seen.insert(observation.budget).inserted else {
        throw entry.place.fault("'\(observation.budget.text)' a second time")
      }
      return observation
    }
    try reader.finish()
  }
}

extension ObjectReader {
  mutating func expectVersion(_ version: String) throws(DocumentFault) {
    let found = try string("nines")
    if found != version { throw place.member("nines").fault("version '\(found)' where '\(version)' is expected") }
  }

  /// A mapping of label names to values.
  mutating func labels(_ name: String) throws(DocumentFault) -> [BudgetName.LabelValue] {
    let value = try value(name)
    let place = place.member(name)
    guard let members = value.object else { throw place.fault("\(value.kind) where an object is expected") }
    var labels: [BudgetName.LabelValue] = []
    for member in members {
      if member.name.isEmpty { throw place.fault("a label without a name") }
      labels.append(
        BudgetName.LabelValue(name: member.name, value: try member.value.text(at: place.member(member.name)))
      )
    }
    return labels
  }

  mutating func levelEntries(_ name: String, until limit: Instant) throws(DocumentFault) -> [LevelTrack.Entry] {
    var seen: Set<String> = []
    return try objects(name) { (entry) throws(DocumentFault) in
      let level = try entry.name("level")
      guard seen.insert(level).inserted else { throw entry.place.fault("level '\(level)' a second time") }
      return LevelTrack.Entry(level: level, since: try entry.instant("since", until: limit))
    }
  }

  /// An instant that may not lie after another one.
  mutating func instant(_ name: String, until limit: Instant) throws(DocumentFault) -> Instant {
    let instant = try instant(name)
    if instant > limit { throw place.member(name).fault("'\(instant)' is after '\(limit)'") }
    return instant
  }

  fileprivate mutating func counts() throws(DocumentFault) -> EventCounts {
    EventCounts(bad: try amount("bad"), total: try amount("total"))
  }
}

extension Observation {
  fileprivate init(_ reader: inout ObjectReader, takenAt: Instant) throws(DocumentFault) {
    budget = BudgetName(try reader.name("objective"), labels: try reader.labels("labels"))
    at = try reader.instant("at", until: takenAt + Gate.clockSkew)
    counts = try reader.counts()
    let at = at
    since = try reader.optional("since") { (reader, name) throws(DocumentFault) in
      try reader.instant(name, until: at)
    }
    isPartial = try reader.bool("partial")
    lost = try reader.optional("lost") { (reader, name) throws(DocumentFault) in
      try reader.instant(name, until: at)
    }
    levels = try reader.levelEntries("levels", until: at)
    burn = try reader.burn()
    history = try reader.history(until: at)
  }
}

extension ObjectReader {
  fileprivate mutating func burn() throws(DocumentFault) -> [BurnObservation] {
    var windows: Set<TimeSpan> = []
    return try objects("burn") { (entry) throws(DocumentFault) in
      let window = try entry.span("window")
      if window == .zero { throw entry.place.fault("a window of no length") }
      guard windows.insert(window).inserted else { throw entry.place.fault("window '\(window)' a second time") }
      return BurnObservation(window: window, counts: try entry.counts())
    }
  }

  /// Oldest first, each instant once.
  fileprivate mutating func history(until limit: Instant) throws(DocumentFault) -> [PastObservation] {
    var previous: Instant?
    return try objects("history") { (entry) throws(DocumentFault) in
      let at = try entry.instant("at", until: limit)
      if let previous, at <= previous { throw entry.place.member("at").fault("'\(at)' is not after '\(previous)'") }
      previous = at
      return PastObservation(at: at, counts: try entry.counts())
    }
  }
}
