import DeployGate
import Logging
import NIOCore
import Quantities

/// Where questions become decisions.
struct DecisionDesk: Sendable {
  let board: KnowledgeBoard
  let cache = DecisionCache()
  let pages = StatusPages()
  let log: DecisionLog?
  let logger: Logger
  let now: @Sendable () -> Instant
  /// How long a decision is given again.
  let cacheTime: TimeSpan

  /// A decision as it goes out, and whether it was made for somebody before.
  struct Outcome: Sendable {
    let reply: Reply
    let answer: GateAnswer
    let isRepeated: Bool
  }

  func repeated(_ key: DecisionCache.Key) -> Outcome? {
    cache.take(key, generation: board.generation, at: now()).map {
      Outcome(reply: $0.reply, answer: $0.answer, isRepeated: true)
    }
  }

  func decide(
    _ question: GateQuestion,
    for caller: Caller,
    _ key: DecisionCache.Key,
    _ headers: SecurityHeaders
  ) async throws(Problem) -> Outcome {
    let knowledge = board.knowledge
    let instant = now()
    guard caller.maySee(question.request.service) else {
      throw Problem(.forbidden, "the token is not for the service '\(question.request.service)'")
    }
    let decision = try knowledge.decision(on: question.request, now: instant)
    let id = DecisionID.new()
    var reply = reply(to: question, decision, id)
    headers.add(to: &reply)
    pages.remember(id, decision)
    logger.info(
      "decided",
      metadata: [
        "decision": .string(id.text), "answer": .string(decision.answer.rawValue),
        "subject": .string(decision.subject), "change": .string(decision.request.change),
        "caller": .string(caller.name ?? ""),
      ]
    )
    await log?.record(.decided(id: id, caller: caller.name, decision), at: instant)
    let entry = DecisionCache.Entry(
      reply,
      id: id,
      answer: decision.answer,
      generation: knowledge.generation,
      expiry: .now() + .microseconds(cacheTime.microseconds),
      validUntil: decision.validUntil
    )
    write(down: cache.keep(entry, for: key))
    return Outcome(reply: reply, answer: decision.answer, isRepeated: false)
  }

  private func reply(to question: GateQuestion, _ decision: GateDecision, _ id: DecisionID) -> Reply {
    let seconds = min(cacheTime, decision.validUntil - decision.at).microseconds / 1_000_000
    let status: Int
    let freshness: Reply.Freshness
    switch question.telling {
    case .body:
      status = 200
      freshness = .seconds(max(0, Int(seconds)))
    case .status:
      status = decision.answer.status
      freshness = .never
    }
    var reply =
      switch question.form {
      case .json: Reply(json: decision.json, status, freshness)
      case .text: Reply(status, "text/plain; charset=utf-8", Array(decision.text.utf8), freshness)
      }
    reply.head.headerFields[.decisionID] = id.text
    return reply
  }

  /// Says in the log how often decisions were given again that are not any more.
  func write(down entries: [DecisionCache.Entry]) {
    for entry in entries where entry.repeats > 0 {
      log?.note(.repeated(id: entry.id, answers: entry.repeats), at: now())
    }
  }
}

extension Knowledge {
  /// What the gate says, its state cut to the budgets that count.
  func decision(on request: GateRequest, now: Instant) throws(Problem) -> GateDecision {
    guard let holding = holding(of: request.service) else {
      throw Problem(GateError.unknown(.service, name: request.service, of: nil, nearest: nil))
    }
    guard let observations = holding.observations else {
      throw Problem(.noObservations, condition.sourceFailure ?? "nothing has been observed yet")
    }
    do {
      var decision = try Gate.decide(
        policy: holding.policy,
        observations: observations,
        previous: holding.levels,
        request: request,
        now: now
      )
      let counting = Set(decision.budgets.map(\.budget))
      decision.state = LevelState(entries: decision.state.entries.filter { counting.contains($0.budget) })
      return decision
    } catch {
      throw Problem(error)
    }
  }
}

extension Problem {
  init(_ error: GateError) {
    let code: Code =
      switch error {
      case .unknown(.service, _, _, _), .unknown(.journey, _, _, _), .unknown(.objective, _, _, _): .unknownName
      case .unknown(.change, _, _, _), .ambiguous, .blankApproval: .unanswerable
      case .fromTheFuture, .unknownLevel, .labels: .contradiction
      }
    self.init(code, error.description)
  }
}
