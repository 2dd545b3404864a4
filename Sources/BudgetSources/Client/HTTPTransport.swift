import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Quantities

/// What comes back of one request.
struct HTTPReply: Sendable {
  let head: HTTPResponseHead
  let body: [UInt8]
}

/// Makes single requests over HTTP/1.1, each on a connection of its own.
///
/// Queries take longer than handshakes, and a connection that nobody keeps cannot have gone stale.
struct HTTPTransport: Sendable {
  let loop: any EventLoop
  let endpoint: PrometheusEndpoint
  let limits: PrometheusAccess.Limits
  /// nil where the connection is not encrypted.
  let security: NIOSSLContext?

  /// Sends a form to a path, and collects the answer whatever its status is.
  func post(
    _ form: String,
    to path: String,
    _ headers: HTTPHeaders,
    within limit: TimeSpan
  ) async throws(TransportFailure) -> HTTPReply {
    let answer = loop.makePromise(of: HTTPReply.self)
    let deadline = loop.scheduleTask(in: limit.timeAmount) {
      answer.fail(TransportFailure(.timedOut(limit)))
    }
    let connecting = connect(answer)
    connecting.whenComplete { result in
      switch result {
      case .failure(let error): answer.fail(TransportFailure(connecting: error, limits: limits))
      case .success(let channel):
        answer.futureResult.whenComplete { _ in channel.close(promise: nil) }
        send(form, to: path, headers, over: channel)
      }
    }
    answer.futureResult.whenComplete { _ in deadline.cancel() }
    do {
      return try await answer.futureResult.get()
    } catch {
      throw TransportFailure(broken: error)
    }
  }

  private func connect(_ answer: EventLoopPromise<HTTPReply>) -> EventLoopFuture<any Channel> {
    ClientBootstrap(group: loop)
      .connectTimeout(limits.connecting.timeAmount)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if let security {
            try pipeline.addHandler(NIOSSLClientHandler(context: security, serverHostname: serverName))
          }
          try pipeline.addHTTPClientHandlers()
          try pipeline.addHandler(ReplyCollector(limit: limits.answerBytes, answer: answer))
        }
      }
      .connect(host: endpoint.host, port: endpoint.port)
  }

  /// The name that the server's certificate has to be for; an address is checked as the peer's own.
  private var serverName: String? {
    do {
      _ = try SocketAddress(ipAddress: endpoint.host, port: endpoint.port)
      return nil
    } catch {
      return endpoint.host
    }
  }

  private func send(_ form: String, to path: String, _ headers: HTTPHeaders, over channel: any Channel) {
    var head = HTTPRequestHead(version: .http1_1, method: .POST, uri: "\(endpoint.pathPrefix)\(path)", headers: headers)
    let body = channel.allocator.buffer(string: form)
    head.headers.replaceOrAdd(name: "Host", value: endpoint.authority)
    head.headers.replaceOrAdd(name: "Connection", value: "close")
    head.headers.replaceOrAdd(name: "Accept-Encoding", value: "identity")
    head.headers.replaceOrAdd(name: "Content-Type", value: "application/x-www-form-urlencoded")
    head.headers.replaceOrAdd(name: "Content-Length", value: String(body.readableBytes))
    channel.write(HTTPClientRequestPart.head(head), promise: nil)
    channel.write(HTTPClientRequestPart.body(.byteBuffer(body)), promise: nil)
    channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
  }
}

/// Why a request has no reply.
struct TransportFailure: Error {
  let reason: PrometheusError.Reason

  init(_ reason: PrometheusError.Reason) {
    self.reason = reason
  }

  /// While there was no connection yet.
  init(connecting error: any Error, limits: PrometheusAccess.Limits) {
    switch error {
    case ChannelError.connectTimeout: self.init(.unreachable("no connection within \(limits.connecting)"))
    case let error as NIOConnectionError: self.init(.unreachable(error.words))
    default: self.init(broken: error)
    }
  }

  /// On an open connection.
  init(broken error: any Error) {
    switch error {
    case let failure as TransportFailure: self = failure
    case let error as NIOSSLExtraError: self.init(.untrusted(error.description))
    case NIOSSLError.handshakeFailed(let cause): self.init(.untrusted("\(cause)"))
    case NIOSSLError.uncleanShutdown: self.init(.connectionLost("it ended without a word"))
    case is BoringSSLError: self.init(.untrusted("\(error)"))
    case HTTPParserError.invalidEOFState: self.init(.connectionLost("it ended in the middle of the answer"))
    case let error as HTTPParserError: self.init(.unexpected(error.debugDescription))
    case let error as IOError: self.init(.connectionLost(error.description))
    default: self.init(.connectionLost("\(error)"))
    }
  }
}

extension NIOConnectionError {
  /// The first thing that went wrong.
  fileprivate var words: String {
    if let failure = connectionErrors.first { return "\(failure.target): \(failure.error)" }
    return (dnsAError ?? dnsAAAAError).map { "\($0)" } ?? "'\(host)' has no address"
  }
}

extension TimeSpan {
  var timeAmount: TimeAmount { .microseconds(microseconds) }
}
