import DeployGate
import HTTPTypes
import HummingbirdCore
import NIOCore
import Quantities

/// Answers requests, one at a time on each connection.
struct GateResponder: Sendable {
  let desk: DecisionDesk
  let metrics: ServerMetrics
  let limits: ServerLimits
  let limiter: RateLimiter?
  let headers: SecurityHeaders

  /// A reply with what is counted of it.
  fileprivate struct Result {
    var reply: Reply
    var route: Route?
    var decision: ServerMetrics.DecisionKind?
    /// Whether the connection cannot be used again.
    var isLast = false
  }

  /// Thrown once everything is sent on a connection that cannot be used again.
  private struct ConnectionEnd: Error {}

  func respond(_ request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel) async throws {
    let start = NIODeadline.now()
    var result = await result(of: request, channel)
    if let tags = request.headers[.ifNoneMatch] { result.reply = result.reply.unlessKnown(tags) }
    if request.method == .head { result.reply = result.reply.withoutBody }
    metrics.answered(
      result.route,
      result.reply.head.status.code,
      result.decision,
      microseconds: Int((NIODeadline.now() - start).nanoseconds / 1_000)
    )
    try await result.reply.write(writer)
    if result.isLast { throw ConnectionEnd() }
  }

  // MARK: From request to reply

  private func result(of request: Request, _ channel: any Channel) async -> Result {
    var route: Route?
    do {
      let target = request.head.path ?? "/"
      guard target.utf8.count <= limits.targetBytes else {
        throw Problem(.targetTooLong, "path and query are longer than \(limits.targetBytes) bytes")
      }
      let caller = caller(of: request)
      try limit(caller, target, channel)
      let form = GateQuestion.Form(accepting: request.headers[.accept])
      if request.method == .get || request.method == .head, let caller {
        let key = DecisionCache.Key(question: target, form: form, caller: caller.name)
        if let outcome = desk.repeated(key) { return Result(outcome, .gateService, hasBody(request)) }
      }
      let match = try RouteMatch(method: request.method.rawValue, path: target.prefix { $0 != "?" })
      route = match.route
      return try await result(of: match, request, caller, form, channel)
    } catch {
      let problem = error as? Problem ?? Problem(.unreadableRequest, "the request breaks off")
      var reply = Reply(problem)
      headers.add(to: &reply)
      return Result(reply: reply, route: route, isLast: hasBody(request) || problem.endsConnection)
    }
  }

  private func result(
    of match: RouteMatch,
    _ request: Request,
    _ caller: Caller?,
    _ form: GateQuestion.Form,
    _ channel: any Channel
  ) async throws -> Result {
    guard let caller = caller ?? (match.route.access == .anybody ? Caller.anybody : nil) else {
      throw Problem(.unauthenticated, "the request has no token that is known")
    }
    let target = request.head.path ?? "/"
    let query = target.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
    switch match.route {
    case .decide:
      let body = try await body(of: request, channel)
      let key = DecisionCache.Key(
        question: "\n\(String(decoding: body, as: UTF8.self))",
        form: form,
        caller: caller.name
      )
      if let outcome = desk.repeated(key) { return Result(outcome, match.route, false) }
      try QueryText(query).finish()
      let question = GateQuestion(request: try GateRequest(body: body), form: form)
      return Result(try await decide(question, caller, key), match.route, false)
    case .gateService, .gateJourney:
      let key = DecisionCache.Key(question: target, form: form, caller: caller.name)
      let question = try question(of: match, query, form, usual: .body, of: [.body, .status])
      return Result(try await decide(question, caller, key), match.route, hasBody(request))
    case .hookService, .hookJourney:
      // What a webhook sends along says nothing about the change.
      if hasBody(request) { _ = try await body(of: request, channel) }
      let key = DecisionCache.Key(question: "\n\(target)", form: form, caller: caller.name)
      if let outcome = desk.repeated(key) { return Result(outcome, match.route, false) }
      let question = try question(of: match, query, form, usual: .status, of: [.status])
      return Result(try await decide(question, caller, key), match.route, false)
    case .page:
      guard caller.services == nil else {
        throw Problem(.forbidden, "the page shows services that the token is not for")
      }
      var query = try QueryText(query)
      let workspace = try query.takeOne("workspace")
      try query.finish()
      let knowledge = desk.board.knowledge
      let readiness = Readiness(knowledge, desk.log?.account)
      var reply = try desk.pages.page(of: workspace, knowledge, readiness, at: desk.now())
      headers.add(to: &reply)
      return Result(reply: reply, route: match.route, isLast: hasBody(request))
    case .policies, .objectives, .document, .health, .readiness, .metrics:
      try QueryText(query).finish()
      var reply = reply(to: match.route, caller)
      headers.add(to: &reply)
      return Result(reply: reply, route: match.route, isLast: hasBody(request))
    }
  }

  private func question(
    of match: RouteMatch,
    _ query: Substring,
    _ form: GateQuestion.Form,
    usual: GateQuestion.Telling,
    of known: [GateQuestion.Telling]
  ) throws(Problem) -> GateQuestion {
    var query = try QueryText(query)
    let telling = try query.takeTelling(usual: usual, of: known)
    let asked = try GateRequest(
      service: match.parameters[0],
      journey: match.parameters.dropFirst().first,
      query: query
    )
    return GateQuestion(request: asked, form: form, telling: telling)
  }

  private func decide(
    _ question: GateQuestion,
    _ caller: Caller,
    _ key: DecisionCache.Key
  ) async throws(Problem) -> DecisionDesk.Outcome {
    try await desk.decide(question, for: caller, key, headers)
  }

  /// What needs no decision.
  private func reply(to route: Route, _ caller: Caller) -> Reply {
    let knowledge = desk.board.knowledge
    switch route {
    case .policies: return Reply(json: knowledge.policies(for: caller), 200, .revalidated)
    case .objectives: return Reply(json: knowledge.objectives(for: caller), 200, .revalidated)
    case .document: return Reply(json: OpenAPIDocument.value, 200, .revalidated)
    case .health: return Reply(200, "text/plain; charset=utf-8", Array("it runs\n".utf8), .never)
    case .readiness:
      let readiness = Readiness(knowledge, desk.log?.account)
      return Reply(json: readiness.json, readiness.isReady ? 200 : 503, .never)
    case .metrics:
      let text = MetricsText.of(metrics.counts, knowledge, desk.log?.account)
      return Reply(200, "text/plain; version=0.0.4; charset=utf-8", text.bytes, .never)
    case .decide, .gateService, .gateJourney, .hookService, .hookJourney, .page:
      preconditionFailure("\(route) is answered apart")
    }
  }

  // MARK: Parts of a request

  /// Who asks; nil where a token is needed and none that is known is there.
  private func caller(of request: Request) -> Caller? {
    guard let tokens = desk.board.knowledge.tokens else { return .anybody }
    guard let value = request.headers[.authorization], value.lowercased().hasPrefix("bearer ") else { return nil }
    return tokens.caller(with: String(value.dropFirst("bearer ".count)))
  }

  private func limit(_ caller: Caller?, _ target: String, _ channel: any Channel) throws(Problem) {
    guard let limiter, !Route.unlimitedPaths.contains(target) else { return }
    let name = caller?.name ?? channel.remoteAddress?.ipAddress ?? ""
    guard limiter.mayPass(name) else {
      throw Problem(.tooManyRequests, "more than \(limits.rate ?? 0) requests a second")
    }
  }

  private func hasBody(_ request: Request) -> Bool {
    request.headers[.transferEncoding] != nil || request.headers[.contentLength].map { $0 != "0" } ?? false
  }

  private func body(of request: Request, _ channel: any Channel) async throws -> [UInt8] {
    let type = request.headers[.contentType]?.prefix { $0 != ";" }.lowercased() ?? ""
    guard type == "application/json" else {
      throw Problem(.unsupportedBody, "the body is no 'application/json'")
    }
    let deadline = channel.eventLoop.scheduleTask(in: .microseconds(limits.body.microseconds)) {
      channel.close(promise: nil)
    }
    defer { deadline.cancel() }
    do {
      return Array(buffer: try await request.body.collect(upTo: limits.bodyBytes))
    } catch is NIOTooManyBytesError {
      throw Problem(.bodyTooLarge, "the body is larger than \(limits.bodyBytes) bytes")
    }
  }
}

extension GateResponder.Result {
  init(_ outcome: DecisionDesk.Outcome, _ route: Route, _ isLast: Bool) {
    self.init(
      reply: outcome.reply,
      route: route,
      decision: .init(answer: outcome.answer, isRepeated: outcome.isRepeated),
      isLast: isLast
    )
  }
}

extension Problem {
  /// Whether what is left of the request is not read.
  fileprivate var endsConnection: Bool {
    switch code {
    case .bodyTooLarge, .targetTooLong: true
    case .unreadableRequest, .unauthenticated, .forbidden, .notFound, .unknownName, .methodNotAllowed,
      .unsupportedBody, .unanswerable, .tooManyRequests, .contradiction, .noObservations:
      false
    }
  }
}

extension GateQuestion.Form {
  /// Text for those who ask for it before JSON, as terminals do; JSON for everybody else.
  init(accepting types: String?) {
    guard let types, types.hasPrefix("text/plain") else {
      self = .json
      return
    }
    self = .text
  }
}
