/// What a change of specs means: what came, what went, and what is said of what stayed.
package struct PlanDifference: Sendable {
  /// Something that is said otherwise than before; nil is not stated.
  struct Restatement: Sendable {
    let name: String
    let before: String?
    let now: String?
  }

  /// Parts that came, went or differ, by name.
  struct PartChanges: Sendable {
    /// What they are called.
    let noun: String
    let added: [String]
    let removed: [String]
    let changed: [String]

    var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }
  }

  enum Change: Sendable {
    /// With all that is said of it.
    case added([PlanItem.Fact])
    case removed([PlanItem.Fact])
    /// An objective that counts something else begins a new ledger.
    case changed([Restatement], PartChanges?, startsAnew: Bool)
  }

  struct Entry: Sendable {
    let kind: PlanItem.Kind
    let name: String
    let change: Change
  }

  /// By kind, then by name.
  let entries: [Entry]

  package var isEmpty: Bool { entries.isEmpty }

  package init(from before: [PlanItem], to now: [PlanItem]) {
    var entries: [Entry] = []
    for kind in PlanItem.Kind.allCases {
      let old = Self.byName(before, kind)
      let new = Self.byName(now, kind)
      for name in Set(old.keys).union(new.keys).sorted() {
        if let entry = Self.entry(kind, name, old[name], new[name]) { entries.append(entry) }
      }
    }
    self.entries = entries
  }

  private static func byName(_ items: [PlanItem], _ kind: PlanItem.Kind) -> [String: PlanItem] {
    Dictionary(items.filter { $0.kind == kind }.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private static func entry(_ kind: PlanItem.Kind, _ name: String, _ old: PlanItem?, _ new: PlanItem?) -> Entry? {
    switch (old, new) {
    case (nil, let new?): return Entry(kind: kind, name: name, change: .added(shown(new.facts)))
    case (let old?, nil): return Entry(kind: kind, name: name, change: .removed(shown(old.facts)))
    case (let old?, let new?):
      var restatements = restatements(from: old.facts, to: new.facts)
      let counts = restatements.first { $0.name == PlanItem.countsFact }
      restatements.removeAll { $0.name == PlanItem.countsFact }
      let parts = partChanges(from: old.parts, to: new.parts)
      if restatements.isEmpty, parts == nil, counts == nil { return nil }
      let startsAnew = counts.map { $0.before != nil && $0.now != nil } ?? false
      return Entry(kind: kind, name: name, change: .changed(restatements, parts, startsAnew: startsAnew))
    case (nil, nil): return nil
    }
  }

  /// What a machine tells things apart by is no news to people.
  private static func shown(_ facts: [PlanItem.Fact]) -> [PlanItem.Fact] {
    facts.filter { $0.name != PlanItem.countsFact }
  }

  /// In the order in which they are stated now, and what is no longer stated behind that.
  private static func restatements(from old: [PlanItem.Fact], to new: [PlanItem.Fact]) -> [Restatement] {
    let before = Dictionary(old.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
    let stated = Set(new.map(\.name))
    let changed = new.map { Restatement(name: $0.name, before: before[$0.name] ?? nil, now: $0.text) }
    let gone = old.filter { !stated.contains($0.name) }.map { Restatement(name: $0.name, before: $0.text, now: nil) }
    return (changed + gone).filter { $0.before != $0.now }
  }

  private static func partChanges(from old: PlanItem.Parts?, to new: PlanItem.Parts?) -> PartChanges? {
    guard let old, let new else { return nil }
    let changes = PartChanges(
      noun: new.noun,
      added: new.hashes.keys.filter { old.hashes[$0] == nil }.sorted(),
      removed: old.hashes.keys.filter { new.hashes[$0] == nil }.sorted(),
      changed: new.hashes.keys.filter { name in old.hashes[name].map { $0 != new.hashes[name] } ?? false }.sorted()
    )
    return changes.isEmpty ? nil : changes
  }
}
