import Quantities
import StructuredText

/// The levels that budgets were in when the gate last judged them: what a later decision goes on from.
package struct LevelState: Sendable, Hashable {
  package struct Entry: Sendable, Hashable {
    package var budget: BudgetName
    /// The policy whose levels are named; under another policy the entry says nothing.
    package var policy: String
    package var track: LevelTrack

    package init(budget: BudgetName, policy: String, track: LevelTrack) {
      self.budget = budget
      self.policy = policy
      self.track = track
    }
  }

  /// Sorted by budget, each once.
  package private(set) var entries: [Entry]

  package static let none = LevelState(entries: [])

  /// Of several entries for one budget the first counts.
  package init(entries: [Entry]) {
    var seen: Set<BudgetName> = []
    self.entries = entries.sorted { $0.budget < $1.budget }.filter { seen.insert($0.budget).inserted }
  }

  /// These entries, and those of `other` for all other budgets.
  func merged(over other: LevelState) -> LevelState { LevelState(entries: entries + other.entries) }
}

// MARK: - File

extension LevelState {
  /// What the first member of a state says.
  static let version = "levels/v1"

  /// The state that a file, or the member `state` of a decision, holds; `docs/gate.md` describes the format.
  package init(reading bytes: [UInt8]) throws(DocumentFault) {
    try self.init(JSONValue.document(.levels, from: bytes))
  }

  package init(_ value: JSONValue) throws(DocumentFault) {
    var reader = try ObjectReader(value, at: DocumentPlace(document: .levels))
    try reader.expectVersion(Self.version)
    var seen: Set<BudgetName> = []
    let entries = try reader.objects("budgets") { (entry) throws(DocumentFault) in
      let read = try Entry(&entry)
      guard seen.insert(read.budget).inserted else { throw entry.place.fault("'\(read.budget.text)' a second time") }
      return read
    }
    try reader.finish()
    self.init(entries: entries)
  }

  package var json: JSONValue {
    .record(["nines": .string(Self.version), "budgets": .array(entries.map(\.json))])
  }
}

extension LevelState.Entry {
  fileprivate init(_ reader: inout ObjectReader) throws(DocumentFault) {
    let place = reader.place
    budget = BudgetName(try reader.name("budget"), labels: try reader.labels("labels"))
    policy = try reader.name("policy")
    let lastSeen = try reader.instant("lastSeen")
    track = LevelTrack(
      entries: try reader.levelEntries("levels", until: lastSeen),
      ruling: try reader.name("ruling"),
      since: try reader.instant("since", until: lastSeen),
      isBeginningSeen: try reader.bool("beginningSeen"),
      lastSeen: lastSeen
    )
    guard track.entries.isEmpty || track.entries.contains(where: { $0.level == track.ruling }) else {
      throw place.member("ruling").fault("level '\(track.ruling)' is not among the levels")
    }
  }

  fileprivate var json: JSONValue {
    .record([
      "budget": .string(budget.name),
      "labels": budget.labelsJSON,
      "policy": .string(policy),
      "lastSeen": .string(track.lastSeen.description),
      "levels": .array(track.entries.map(\.json)),
      "ruling": .string(track.ruling),
      "since": .string(track.since.description),
      "beginningSeen": .bool(track.isBeginningSeen),
    ])
  }
}
