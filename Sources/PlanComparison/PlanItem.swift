/// One thing that a plan has, as far as somebody who reviews a change wants to know of it.
package struct PlanItem: Sendable {
  /// In the order in which they are told.
  package enum Kind: String, Sendable, CaseIterable {
    case workspace
    case service
    case objective
    case journey
    case promise
    case policy
    case freeze
    case override
    case signoff = "sign-off"
    case channel
    case maintenance
    case dashboard
  }

  /// Something that is said of the item; what is not stated has no text.
  struct Fact: Sendable {
    let name: String
    let text: String?

    init(_ name: String, _ text: String?) {
      self.name = name
      self.text = text
    }
  }

  /// Things that are too long to be shown and are told by their names: rules, panels.
  struct Parts: Sendable {
    /// What they are called.
    let noun: String
    /// Hashes of their contents, by their names, which hold within this process.
    private(set) var hashes: [String: Int] = [:]

    init<Part: Hashable>(_ noun: String, _ parts: [(name: String, part: Part)]) {
      self.noun = noun
      for (name, part) in parts {
        // Of several by one name all count.
        var hasher = Hasher()
        hasher.combine(hashes[name])
        hasher.combine(part)
        hashes[name] = hasher.finalize()
      }
    }
  }

  let kind: Kind
  /// Tells it from others of its kind, before and after a change.
  let name: String
  let facts: [Fact]
  var parts: Parts?

  /// Of facts without a text nothing is kept.
  init(_ kind: Kind, _ name: String, _ facts: [Fact], _ parts: Parts? = nil) {
    self.kind = kind
    self.name = name
    self.facts = facts.filter { $0.text.map { !$0.isEmpty } ?? false }
    self.parts = parts
  }
}
