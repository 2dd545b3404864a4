import DeployGate
import PlanModel
import Quantities

/// Everything that the status page tells.
package struct GateStatus: Sendable {
  /// A policy with what was judged by it.
  package struct Part: Sendable {
    package var policy: GatePolicy
    /// nil where nothing has been read yet.
    package var snapshot: Snapshot?

    package init(policy: GatePolicy, snapshot: Snapshot?) {
      self.policy = policy
      self.snapshot = snapshot
    }
  }

  /// At least one; each service is in one of them alone.
  package var parts: [Part]
  /// The answers to the `statusQuestions` of all policies, in any order; what is missing is shown as not known.
  package var decisions: [GateDecision]
  /// What was asked lately, the newest first.
  package var recent: [RecentDecision]
  /// What is wrong with the gate itself, a sentence each: a source that does not answer, a policy that was refused.
  package var problems: [String]
  package var now: Instant

  package init(
    parts: [Part],
    decisions: [GateDecision],
    recent: [RecentDecision],
    problems: [String],
    now: Instant
  ) {
    self.parts = parts
    self.decisions = decisions
    self.recent = recent
    self.problems = problems
    self.now = now
  }

  /// The page as an HTML document that needs nothing else.
  package var page: String { GateStatusPage(self).document.html }
}

/// An answer that the gate gave to somebody.
package struct RecentDecision: Sendable, Hashable {
  /// By which the log names it.
  package var id: String
  package var at: Instant
  /// The full name of the service, journey or objective asked for.
  package var subject: String
  package var change: String
  package var stage: Ratio?
  package var answer: GateAnswer
  /// What mattered most, as a sentence.
  package var reason: String?

  package init(
    id: String,
    at: Instant,
    subject: String,
    change: String,
    stage: Ratio?,
    answer: GateAnswer,
    reason: String?
  ) {
    self.id = id
    self.at = at
    self.subject = subject
    self.change = change
    self.stage = stage
    self.answer = answer
    self.reason = reason
  }

  package init(id: String, _ decision: GateDecision) {
    self.init(
      id: id,
      at: decision.at,
      subject: decision.subject,
      change: decision.request.change,
      stage: decision.request.stage,
      answer: decision.answer,
      reason: decision.reasons.first?.text
    )
  }
}

extension GatePolicy {
  /// What the status page asks: every service and journey for each change class that a policy of it declares.
  package var statusQuestions: [GateRequest] { statusSubjects.flatMap(\.questions) }

  /// The services in the order of their names, each followed by its journeys.
  var statusSubjects: [StatusSubject] {
    let owned = Dictionary(grouping: objectives, by: \.name.service)
    let named = Dictionary(objectives.map { ($0.name, $0) }) { first, _ in first }
    let declared = Dictionary(policies.map { ($0.name, $0.changes) }) { first, _ in first }
    let journeys = Dictionary(grouping: journeys.sorted { $0.name < $1.name }, by: \.service)
    func changes(of objectives: [GateObjective]) -> [String] {
      var seen: Set<String> = []
      let used = Set(objectives.compactMap(\.policy)).sorted()
      return used.flatMap { declared[$0] ?? [] }.filter { seen.insert($0).inserted }
    }
    return services.sorted { $0.name < $1.name }.flatMap { service in
      let below = journeys[service.name] ?? []
      let required = below.flatMap(\.objectives).compactMap { named[$0] }
      let whole = StatusSubject(
        service: service.name,
        journey: nil,
        title: service.title,
        owner: service.owner,
        changes: changes(of: (owned[service.name] ?? []) + required)
      )
      return [whole]
        + below.map { journey in
          StatusSubject(
            service: service.name,
            journey: journey.name,
            title: journey.title,
            owner: journey.owner,
            changes: changes(of: journey.objectives.compactMap { named[$0] })
          )
        }
    }
  }
}

/// A service or journey, and the changes that may be asked about.
struct StatusSubject: Sendable {
  let service: String
  /// The full name; nil for the service itself.
  let journey: String?
  let title: String
  let owner: String
  /// In the order of their policies; empty where no policy rules anything.
  let changes: [String]

  var name: String { journey ?? service }

  var questions: [GateRequest] {
    changes.map { GateRequest(service: service, journey: journey, change: $0) }
  }
}
