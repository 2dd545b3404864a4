import DeployGate
import Quantities
import StructuredText
import WorkspaceFiles

/// Where decisions are written down, each as a line of JSON.
struct DecisionLog: Sendable {
  private let queue: LineQueue

  /// What the first member of a line says.
  private static let version = "decision-log/v1"

  enum Entry: Sendable {
    /// The server began; what the run before left of a line that it did not write to its end, and whether it was stopped
    /// in order.
    case begun(torn: String?, afterStop: Bool)
    case stopped
    case decided(id: DecisionID, caller: String?, GateDecision)
    /// A decision was given again to the same caller, out of the cache.
    case repeated(id: DecisionID, answers: Int)
    /// Lines could not be written.
    case lost(lines: Int)
  }

  /// Goes on with a file, and says what the last run left of it.
  static func open(_ settings: LogSettings, at now: Instant) throws(WorkspaceError) -> (
    log: DecisionLog, note: String?
  )? {
    guard let path = settings.file else { return nil }
    let file = JournalFile(path, limit: settings.fileBytes, kept: settings.keptFiles)
    let ending = try file.mend()
    let torn = ending.torn.isEmpty ? nil : String(decoding: ending.torn, as: UTF8.self)
    let wasStopped = ending.lastLine.map { isStop($0) } ?? true
    let log = DecisionLog(
      queue: LineQueue(limit: settings.waitingBytes, patience: settings.patience) { try file.add($0) }
    )
    try file.add(line(.begun(torn: torn, afterStop: wasStopped && torn == nil), at: now) + [UInt8(ascii: "\n")])
    return (log, note(path, torn, wasStopped))
  }

  private static func note(_ path: String, _ torn: String?, _ wasStopped: Bool) -> String? {
    if torn != nil {
      return
        "the last run ended in the middle of a line of '\(path)'; what there was of it is in the line of this start"
    }
    return wasStopped
      ? nil : "the last run that wrote to '\(path)' was not stopped in order; all of its lines are whole"
  }

  private static func isStop(_ line: [UInt8]) -> Bool {
    do {
      return try JSONParser.parse(line)["kind"]?.string == "stopped"
    } catch {
      // A line that somebody else wrote; nothing was stopped in order after it.
      return false
    }
  }

  var account: LineQueue.Account { queue.account }

  /// Returns when the entry is written, or when waiting longer would hold up the answer.
  func record(_ entry: Entry, at now: Instant) async { await queue.record(Self.line(entry, at: now)) }

  /// Does not wait at all.
  func note(_ entry: Entry, at now: Instant) { queue.offer(Self.line(entry, at: now)) }

  func close(at now: Instant) async {
    let lost = queue.account.lost
    if lost > 0 { note(.lost(lines: lost), at: now) }
    note(.stopped, at: now)
    await queue.close()
  }

  private static func line(_ entry: Entry, at now: Instant) -> [UInt8] {
    let members: [JSONMember] =
      switch entry {
      case .begun(let torn, let afterStop):
        [JSONMember("kind", "begun"), JSONMember("afterStop", .bool(afterStop))]
          + (torn.map { [JSONMember("torn", .string($0))] } ?? [])
      case .stopped:
        [JSONMember("kind", "stopped")]
      case .decided(let id, let caller, let decision):
        [JSONMember("kind", "decision"), JSONMember("id", .string(id.text))]
          + (caller.map { [JSONMember("caller", .string($0))] } ?? []) + [JSONMember("decision", decision.json)]
      case .repeated(let id, let answers):
        [JSONMember("kind", "repeats"), JSONMember("id", .string(id.text)), JSONMember("answers", .integer(answers))]
      case .lost(let lines):
        [JSONMember("kind", "lost"), JSONMember("lines", .integer(lines))]
      }
    let head = [JSONMember("nines", .string(version)), JSONMember("at", .string(now.description))]
    return Array(JSONValue.object(head + members).text(.compact).utf8)
  }
}

/// What a decision is called in answers and in logs.
struct DecisionID: Sendable, Hashable {
  let text: String

  static func new() -> DecisionID {
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    return DecisionID(text: "\(String(repeating: "0", count: 16 - digits.utf8.count))\(digits)")
  }
}
