import NIOCore
import NIOHTTP1
import NIOPosix
import Quantities
import StructuredText
import WorkspaceFiles

/// Asks a Prometheus, or what speaks its HTTP API: https://prometheus.io/docs/prometheus/latest/querying/api/.
///
/// Every call only reads, so a call whose answer was lost is made again.
package struct PrometheusClient: Sendable {
  private let access: PrometheusAccess
  private let transport: HTTPTransport
  /// When the last answer has to be there, whatever the limits of a request are.
  private var deadline: ContinuousClock.Instant?

  package init(_ access: PrometheusAccess, on loop: any EventLoop) throws(PrometheusAccessError) {
    self.access = access
    transport = HTTPTransport(
      loop: loop,
      endpoint: access.endpoint,
      limits: access.limits,
      security: access.endpoint.isEncrypted ? try access.security.context() : nil
    )
  }

  package var endpoint: PrometheusEndpoint { access.endpoint }

  /// The same client, which gives up a span of time from now, with all repetitions.
  package func within(_ span: TimeSpan) -> PrometheusClient {
    var client = self
    client.deadline = min(
      ContinuousClock.now + .microseconds(span.microseconds),
      deadline ?? .now + .seconds(1_000_000_000)
    )
    return client
  }

  /// Runs a task that asks, on threads that live only as long, and waits for it.
  package static func run<Value: Sendable>(
    _ access: PrometheusAccess,
    _ task: @escaping @Sendable (PrometheusClient) async throws -> Value
  ) throws -> Value {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let loop = group.next()
    let result = Result { try PrometheusClient(access, on: loop) }.flatMap { client in
      Result { try loop.makeFutureWithTask { try await task(client) }.wait() }
    }
    try group.syncShutdownGracefully()
    return try result.get()
  }

  // MARK: Calls

  /// The value of an expression at a moment, in milliseconds since 1970; now if none is given.
  package func query(
    _ expression: String,
    at time: Int64? = nil
  ) async throws -> PrometheusAnswer<[PrometheusSeries]> {
    var form = FormText()
    form.add("query", expression)
    if let time { form.add("time", secondsText(time)) }
    return try await ask("query", form) { data throws(UnexpectedAnswer) in try data.series() }
  }

  /// The values of an expression at moments a step apart, the last not after `end`; all in milliseconds.
  package func queryRange(
    _ expression: String,
    from start: Int64,
    through end: Int64,
    every step: Int64
  ) async throws -> PrometheusAnswer<[PrometheusSeries]> {
    var form = FormText()
    form.add("query", expression)
    form.add("start", secondsText(start))
    form.add("end", secondsText(end))
    form.add("step", secondsText(step))
    return try await ask("query_range", form) { data throws(UnexpectedAnswer) in try data.series() }
  }

  /// The labels of the series that selectors choose, with samples in a span of time.
  package func series(
    matching selectors: [String],
    from start: Int64,
    through end: Int64
  ) async throws -> PrometheusAnswer<[[String: String]]> {
    var form = FormText()
    for selector in selectors { form.add("match[]", selector) }
    form.add("start", secondsText(start))
    form.add("end", secondsText(end))
    return try await ask("series", form) { data throws(UnexpectedAnswer) in
      guard let entries = data.array else { throw UnexpectedAnswer("its data are no list") }
      var series: [[String: String]] = []
      for entry in entries { series.append(try entry.labels()) }
      return series
    }
  }

  // MARK: Requests

  private func ask<Value>(
    _ call: String,
    _ form: FormText,
    _ read: (JSONValue) throws(UnexpectedAnswer) -> Value
  ) async throws -> PrometheusAnswer<Value> {
    let document = try await document(call, form)
    guard let data = document["data"] else { throw error(.unexpected("it has no 'data'"), call) }
    do {
      return PrometheusAnswer(value: try read(data), warnings: document.warnings, isPartial: document.saysPartial)
    } catch {
      throw self.error(.unexpected(error.reason), call)
    }
  }

  /// The answer's JSON, asked for again while there is reason to hope.
  private func document(_ call: String, _ form: FormText) async throws -> JSONValue {
    var attempt = 0
    while true {
      do {
        return try await document(once: call, form)
      } catch let error as PrometheusError where error.isTransient && attempt < access.limits.retries {
        let pause = pause(after: attempt)
        if let deadline, ContinuousClock.now + pause >= deadline { throw error }
        try await Task.sleep(for: pause)
        attempt += 1
      }
    }
  }

  /// A random part of the longest pause, so that those who failed together do not come back together.
  private func pause(after attempt: Int) -> Duration {
    let longest = min(access.limits.pause.microseconds << min(attempt, 16), 10_000_000)
    return .microseconds(Int64.random(in: longest / 2...longest))
  }

  private func document(once call: String, _ form: FormText) async throws -> JSONValue {
    var headers = HTTPHeaders(access.headers.map { ($0.name, $0.value) })
    if let authorization = try access.credentials.authorization() {
      headers.replaceOrAdd(name: "Authorization", value: authorization)
    }
    headers.replaceOrAdd(name: "Accept", value: "application/json")
    headers.replaceOrAdd(name: "User-Agent", value: "nines")
    let reply: HTTPReply
    do {
      reply = try await transport.post(form.text, to: "/api/v1/\(call)", headers, within: timeForRequest)
    } catch {
      throw self.error(error.reason, call)
    }
    return try read(reply, of: call)
  }

  private var timeForRequest: TimeSpan {
    guard let deadline else { return access.limits.request }
    let rest = (deadline - ContinuousClock.now) / .microseconds(1)
    return min(access.limits.request, max(.milliseconds(1), TimeSpan(microseconds: Int64(rest))))
  }

  private func read(_ reply: HTTPReply, of call: String) throws(PrometheusError) -> JSONValue {
    let status = Int(reply.head.status.code)
    if (300..<400).contains(status) {
      throw error(.redirected(status: status, to: reply.head.headers.first(name: "Location") ?? ""), call)
    }
    let type = reply.head.headers.first(name: "Content-Type") ?? ""
    // VictoriaMetrics says that raw samples are a stream, and sends one document like everybody else.
    let isJSON = ["application/json", "application/stream+json"].contains { type.lowercased().hasPrefix($0) }
    let document: JSONValue?
    do {
      document = isJSON ? try JSONParser.parse(reply.body) : nil
    } catch  where status == 200 {
      throw self.error(.unexpected("JSON that breaks off or is none: \(error)"), call)
    } catch {
      document = nil
    }
    guard status == 200, document?["status"]?.string == "success", let document else {
      if status == 200, !isJSON { throw error(.unexpected("its type is '\(type)'"), call) }
      let message = document?["error"]?.string ?? ""
      throw error(.refused(status: status, type: document?["errorType"]?.string, message: message), call)
    }
    return document
  }

  private func error(_ reason: PrometheusError.Reason, _ call: String) -> PrometheusError {
    PrometheusError(reason, call: call, endpoint: access.endpoint)
  }
}
