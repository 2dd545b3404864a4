import DeployGate
import NIOCore
import Quantities
import Synchronization

/// Decisions that are given again to the same caller for the same question, as long as nothing new is known.
final class DecisionCache: Sendable {
  struct Key: Sendable, Hashable {
    /// Path and query as they are on the wire, or the body.
    let question: String
    let form: GateQuestion.Form
    let caller: String?
  }

  struct Entry: Sendable {
    let reply: Reply
    let id: DecisionID
    let answer: GateAnswer
    let generation: Int
    let expiry: NIODeadline
    let validUntil: Instant
    fileprivate(set) var repeats = 0

    init(
      _ reply: Reply,
      id: DecisionID,
      answer: GateAnswer,
      generation: Int,
      expiry: NIODeadline,
      validUntil: Instant
    ) {
      self.reply = reply
      self.id = id
      self.answer = answer
      self.generation = generation
      self.expiry = expiry
      self.validUntil = validUntil
    }
  }

  private let entries = Mutex<[Key: Entry]>([:])
  private let limit: Int

  /// Holds at most that many decisions.
  init(limit: Int = 4_096) {
    self.limit = limit
  }

  /// The decision, counted as given again; nil where there is none that still stands.
  func take(_ key: Key, generation: Int, at instant: Instant) -> Entry? {
    entries.withLock { entries in
      guard let index = entries.index(forKey: key) else { return nil }
      let entry = entries.values[index]
      guard entry.generation == generation, instant < entry.validUntil, .now() < entry.expiry else { return nil }
      entries.values[index].repeats += 1
      return entry
    }
  }

  /// Keeps a decision, and returns those that made room for it.
  func keep(_ entry: Entry, for key: Key) -> [Entry] {
    entries.withLock { entries in
      var removed: [Entry] = []
      if entries.count >= limit, entries[key] == nil {
        removed = Array(entries.values)
        entries.removeAll(keepingCapacity: true)
      }
      if let old = entries.updateValue(entry, forKey: key) { removed.append(old) }
      return removed
    }
  }

  /// Empties it, and returns what was there.
  func clear() -> [Entry] {
    entries.withLock { entries in
      defer { entries.removeAll() }
      return Array(entries.values)
    }
  }
}
