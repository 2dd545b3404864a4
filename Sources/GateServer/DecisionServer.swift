import DeployGate
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import Quantities
import ServiceLifecycle
import UnixSignals
import WorkspaceFiles

/// The gate as a server: observations and policies in, answers over HTTP out. Nothing that can be asked for changes anything.
package struct DecisionServer: Sendable {
  private let settings: ServerSettings
  private let feed: ObservationFeed
  private let now: @Sendable () -> Instant
  private let board: KnowledgeBoard
  private let keeper: KnowledgeKeeper
  private let responder: GateResponder
  private let logger: Logger
  private let lines: LineQueue
  private let channel: HTTPServerBuilder

  /// Reads everything that the server needs, and refuses to begin where something of it makes no sense.
  ///
  /// `say` writes a line of the server's own log.
  package init(
    _ settings: ServerSettings,
    observing feed: ObservationFeed,
    now: @escaping @Sendable () -> Instant,
    say: @escaping @Sendable ([UInt8]) -> Void
  ) throws(ServerRefusal) {
    self.settings = settings
    self.feed = feed
    self.now = now
    lines = LineQueue(limit: 1 << 20, patience: .zero) { say($0) }
    let lines = lines
    logger = Logger(label: "nines") { _ in LogLines(to: lines, now: now) }
    let metrics = ServerMetrics()
    board = KnowledgeBoard(try Self.knowledge(settings, now()))
    keeper = KnowledgeKeeper(board, settings, feed, metrics, logger, now: now)
    let log = try Self.log(settings.log, logger, now())
    responder = GateResponder(
      desk: DecisionDesk(board: board, log: log, logger: logger, now: now, cacheTime: settings.cache),
      metrics: metrics,
      limits: settings.limits,
      limiter: settings.limits.rate.map { RateLimiter(rate: $0) },
      headers: SecurityHeaders(isEncrypted: settings.transport != .plain)
    )
    channel = try Self.channel(settings)
  }

  // MARK: Parts

  private static func knowledge(_ settings: ServerSettings, _ now: Instant) throws(ServerRefusal) -> Knowledge {
    do {
      let policies = try PolicySet(reading: settings.policies)
      let levels = try settings.stateFolder.map { try LevelsFile(in: $0).read() } ?? .none
      let holdings = try policies.policies.map {
        try Knowledge.Holding($0, observed: nil, levels: levels, now: now)
      }
      var knowledge = Knowledge(policies: policies, holdings: holdings)
      knowledge.condition.policySince = now
      if let file = settings.tokenFile { knowledge.tokens = try tokens(in: file) }
      return knowledge
    } catch {
      throw ServerRefusal("\(error)")
    }
  }

  private static func tokens(in file: String) throws(ServerRefusal) -> TokenFile {
    do {
      return try TokenFile(reading: DocumentFile(file).read())
    } catch {
      throw ServerRefusal("'\(file)': \(error)")
    }
  }

  private static func log(
    _ settings: LogSettings,
    _ logger: Logger,
    _ now: Instant
  ) throws(ServerRefusal) -> DecisionLog? {
    do {
      guard let opened = try DecisionLog.open(settings, at: now) else { return nil }
      if let note = opened.note { logger.warning("\(note)") }
      return opened.log
    } catch {
      throw ServerRefusal("\(error)")
    }
  }

  private static func channel(_ settings: ServerSettings) throws(ServerRefusal) -> HTTPServerBuilder {
    let idle = TimeAmount.microseconds(settings.limits.idle.microseconds)
    let plain = HTTPServerBuilder.http1(
      configuration: .init(
        additionalChannelHandlers: [IdleStateHandler(allTimeout: idle), StalledConnectionHandler()],
        idleTimeout: idle,
        httpDecoderConfiguration: .init(
          maxHeaderFieldSize: settings.limits.headerBytes,
          maxHeaderListSize: settings.limits.headerBytes,
          maxHeaderFieldCount: 100
        )
      )
    )
    switch settings.transport {
    case .plain: return plain
    case .encrypted(let certificateFile, let keyFile):
      do {
        var tls = TLSConfiguration.makeServerConfiguration(
          certificateChain: try NIOSSLCertificate.fromPEMFile(certificateFile).map { .certificate($0) },
          privateKey: .privateKey(try NIOSSLPrivateKey(file: keyFile, format: .pem))
        )
        tls.minimumTLSVersion = .tlsv12
        // Clients that go away without a last word would hold up the end of the server.
        tls.shutdownTimeout = .seconds(1)
        return try .tls(plain, tlsConfiguration: tls)
      } catch {
        throw ServerRefusal("cannot use '\(certificateFile)' with the key in '\(keyFile)': \(error)")
      }
    }
  }

  // MARK: Running

  /// What the process is told from outside.
  package enum Signals: Sendable {
    /// SIGTERM and SIGINT stop the server in order, SIGHUP has it look at its files.
    case obeyed
    /// Whoever runs the server does all that.
    case ignored
  }

  /// Serves, and returns when it has been stopped. For programs that do nothing else.
  package func runToEnd() throws {
    try MultiThreadedEventLoopGroup.singleton.next().makeFutureWithTask { try await run(.obeyed) }.wait()
  }

  /// Serves until it is told to stop, or the task is cancelled. `onRunning` gets the port.
  package func run(
    _ signals: Signals,
    onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
  ) async throws {
    let server = try channel.buildServer(
      configuration: ServerConfiguration(
        address: .hostname(settings.host, port: settings.port),
        backlog: 1_024,
        availableConnectionsDelegate: .maximum(settings.limits.connections, logger: logger)
      ),
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
      logger: logger,
      responder: { [responder] in try await responder.respond($0, $1, $2) },
      onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? 0) }
    )
    var configuration = ServiceGroupConfiguration(
      services: [.init(service: Upkeep(keeper: keeper, settings: settings, signals: signals)), .init(service: server)],
      gracefulShutdownSignals: signals == .obeyed ? [.sigterm, .sigint] : [],
      logger: logger
    )
    configuration.maximumGracefulShutdownDuration = .microseconds(settings.farewell.microseconds)
    let result: Result<Void, any Error>
    do {
      try await ServiceGroup(configuration: configuration).run()
      result = .success(())
    } catch {
      result = .failure(error)
    }
    await finish()
    try result.get()
  }

  private func finish() async {
    responder.desk.write(down: responder.desk.cache.clear())
    await responder.desk.log?.close(at: now())
    logger.info("stopped")
    await lines.close()
  }

  /// Observes once, as the server does again and again while it runs.
  package func observe() async { await keeper.observe() }

  /// Looks at the files once, as the server does again and again while it runs.
  package func reload() async { await keeper.reload() }
}

/// Why a server does not begin.
package struct ServerRefusal: Error, CustomStringConvertible {
  package let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// Observes and reloads for as long as the server runs.
private struct Upkeep: Service {
  let keeper: KnowledgeKeeper
  let settings: ServerSettings
  let signals: DecisionServer.Signals

  func run() async throws {
    let hangups = await UnixSignalsSequence(trapping: signals == .obeyed ? [.sighup] : [])
    await cancelWhenGracefulShutdown {
      await withTaskGroup { group in
        group.addTask { await every(settings.refresh) { await keeper.observe() } }
        group.addTask { await every(settings.reload) { await keeper.reload() } }
        group.addTask { for await _ in hangups { await keeper.reload() } }
      }
    }
  }

  private func every(_ span: TimeSpan, _ body: () async -> Void) async {
    while !Task.isCancelled {
      await body()
      do {
        try await Task.sleep(for: .microseconds(span.microseconds))
      } catch {
        return
      }
    }
  }
}
