import BudgetSources
import ContentHash
import DeployGate
import NIOCore
import Quantities
import StatusPage
import Synchronization
import WebPages

/// The page for people, made anew when something new is known, and otherwise every few seconds.
final class StatusPages: Sendable {
  private struct Made {
    let generation: Int
    let expiry: NIODeadline
    let reply: Reply
  }

  private struct Memory {
    var made: [String: Made] = [:]
    /// The newest first.
    var recent: [RecentDecision] = []
  }

  /// How many decisions a page tells of.
  private static let recentLimit = 50
  private let memory = Mutex(Memory())

  func remember(_ id: DecisionID, _ decision: GateDecision) {
    let recent = RecentDecision(id: id.text, decision)
    memory.withLock { memory in
      memory.recent.insert(recent, at: 0)
      if memory.recent.count > Self.recentLimit { memory.recent.removeLast() }
    }
  }

  /// The page of a workspace by its title, or of the first.
  func page(
    of workspace: String?,
    _ knowledge: Knowledge,
    _ readiness: Readiness,
    at now: Instant
  ) throws(Problem) -> Reply {
    let holdings = knowledge.holdings
    guard let holding = workspace.map({ name in holdings.first { $0.policy.workspace == name } }) ?? holdings.first
    else {
      throw Problem(.unknownName, "no policy is of the workspace '\(workspace ?? "")'")
    }
    let name = holding.policy.identity
    let (made, recent) = memory.withLock { ($0.made[name], $0.recent) }
    if let made, made.generation == knowledge.generation, .now() < made.expiry { return made.reply }
    let status = GateStatus(
      parts: [GateStatus.Part(policy: holding.policy, snapshot: holding.snapshot)],
      decisions: knowledge.answers(to: holding.policy.statusQuestions, now: now),
      recent: recent.filter { decision in holding.policy.services.contains { decision.isAbout($0.name) } },
      problems: readiness.checks.compactMap { check in check.fault.map { "\(check.name): \($0)" } },
      now: now
    )
    let reply = Self.reply(status.page)
    memory.withLock {
      $0.made = $0.made.filter { $0.value.generation == knowledge.generation }
      $0.made[name] = Made(generation: knowledge.generation, expiry: .now() + .seconds(5), reply: reply)
    }
    return reply
  }

  /// The page with the policy that it states itself, narrowed to the very stylesheet that it has.
  private static func reply(_ page: String) -> Reply {
    var reply = Reply(200, "text/html; charset=utf-8", Array(page.utf8), .revalidated)
    let sheet = page.split(separator: "<style>", maxSplits: 1).last?.split(separator: "</style>", maxSplits: 1).first
    let source = "'sha256-\(base64(SHA256.digest(of: Array((sheet ?? "").utf8))))'"
    let policy = PageFrame.securityPolicy.replacing("'unsafe-inline'", with: source)
    reply.head.headerFields[.contentSecurityPolicy] =
      "\(policy); base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    return reply
  }
}

extension Knowledge {
  /// The answers to questions, without those that there is no answer to.
  fileprivate func answers(to requests: [GateRequest], now: Instant) -> [GateDecision] {
    requests.compactMap { request in
      do {
        return try decision(on: request, now: now)
      } catch {
        // The page shows it as not known, and its reason is among the problems.
        return nil
      }
    }
  }
}

extension RecentDecision {
  fileprivate func isAbout(_ service: String) -> Bool { subject == service || subject.hasPrefix("\(service)/") }
}
