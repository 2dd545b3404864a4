import DeployGate
import Logging
import NIOPosix
import Quantities
import WorkspaceFiles

/// Keeps what answers are made of up to date: observes the budgets, and takes over files that changed.
///
/// One thing at a time happens here, and nobody who asks has to wait for it.
actor KnowledgeKeeper {
  private let board: KnowledgeBoard
  private let settings: ServerSettings
  private let feed: ObservationFeed
  private let levelsFile: LevelsFile?
  private let metrics: ServerMetrics
  private let logger: Logger
  private let now: @Sendable () -> Instant
  /// Files that were refused as they are, so that it is said once.
  private var refusedPolicies: [[UInt8]]?
  private var tokenBytes: [UInt8]?
  /// What was read first is used first.
  private var observing = WorkLine()
  private var reloading = WorkLine()

  init(
    _ board: KnowledgeBoard,
    _ settings: ServerSettings,
    _ feed: ObservationFeed,
    _ metrics: ServerMetrics,
    _ logger: Logger,
    now: @escaping @Sendable () -> Instant
  ) {
    self.board = board
    self.settings = settings
    self.feed = feed
    self.metrics = metrics
    self.logger = logger
    self.now = now
    levelsFile = settings.stateFolder.map { LevelsFile(in: $0) }
  }

  // MARK: Observing

  /// Observes the budgets of all policies. What cannot be used changes nothing: the gate itself sees what was observed before
  /// grow stale.
  func observe() async {
    await observing.add { await self.observeNow() }.value
  }

  private func observeNow() async {
    var failures: [String] = []
    for (policy, observed) in await observations() {
      do {
        try take(observed.get(), for: policy)
        metrics.count { $0.observations += 1 }
      } catch {
        failures.append("\(error)")
        metrics.count { $0.observationFailures += 1 }
      }
    }
    let failure = failures.isEmpty ? nil : failures.joined(separator: "; ")
    if failure != board.knowledge.condition.sourceFailure {
      if let failure {
        logger.error("cannot observe the budgets", metadata: ["source": "\(feed.name)", "reason": "\(failure)"])
      } else {
        logger.info("observes the budgets again", metadata: ["source": "\(feed.name)"])
      }
      board.change { $0.condition.sourceFailure = failure }
    }
    await keepLevels()
  }

  /// What is observed now for each policy, or why nothing is; all asked for at once.
  private func observations() async -> [(GatePolicy, Result<Snapshot, any Error>)] {
    await withTaskGroup(of: (GatePolicy, Result<Snapshot, any Error>).self) { group in
      for policy in board.knowledge.policies.policies {
        group.addTask { [feed] in
          do {
            return (policy, .success(try await feed.observe(policy)))
          } catch {
            return (policy, .failure(error))
          }
        }
      }
      var found: [(GatePolicy, Result<Snapshot, any Error>)] = []
      for await observed in group { found.append(observed) }
      return found
    }
  }

  private func take(_ snapshot: Snapshot, for policy: GatePolicy) throws {
    guard let place = board.knowledge.holdings.firstIndex(where: { $0.policy.identity == policy.identity }) else {
      // The policy was replaced meanwhile; what was observed for it says nothing about the new one.
      return
    }
    let known = board.knowledge.holdings[place]
    if let newest = known.snapshot?.takenAt, snapshot.takenAt < newest {
      throw ObservationRefusal("observations of \(snapshot.takenAt) came after those of \(newest)")
    }
    let levels = try Gate.levels(policy: policy, observations: snapshot, previous: known.levels, now: now())
    if snapshot == known.snapshot, levels == known.levels { return }
    let observations = IdentifiedSnapshot(snapshot)
    board.change { knowledge in
      knowledge.holdings[place].observations = observations
      knowledge.holdings[place].levels = levels
    }
  }

  private func keepLevels() async {
    guard let levelsFile else { return }
    let levels = board.knowledge.holdings.map(\.levels)
    var failure: String?
    do {
      try await NIOThreadPool.singleton.runIfActive { try levelsFile.write(levels) }
    } catch {
      failure = "\(error)"
      metrics.count { $0.stateFailures += 1 }
    }
    if failure != board.knowledge.condition.stateFailure {
      if let failure { logger.error("cannot keep the levels", metadata: ["reason": "\(failure)"]) }
      board.change { $0.condition.stateFailure = failure }
    }
  }

  // MARK: Reloading

  /// Takes over policy and token files that are not what they were. Those that make no sense are refused, and what was there
  /// before stays in use.
  func reload() async {
    await reloading.add { await self.reloadNow() }.value
  }

  private func reloadNow() async {
    await reloadTokens()
    let paths = settings.policies
    let files: [[UInt8]]
    do {
      files = try await NIOThreadPool.singleton.runIfActive { try PolicySet.bytes(of: paths) }
    } catch {
      return refuse("\(error)", nil)
    }
    if files == board.knowledge.policies.files {
      if board.knowledge.condition.policyRefusal != nil {
        logger.info("the policy is again the one that is in use")
        refusedPolicies = nil
        board.change { $0.condition.policyRefusal = nil }
      }
      return
    }
    if files == refusedPolicies { return }
    do {
      try take(PolicySet(files: files, paths))
    } catch {
      return refuse("\(error)", files)
    }
    refusedPolicies = nil
    metrics.count { $0.policyLoads += 1 }
    logger.info("took over a changed policy", metadata: ["policy": "\(identities)"])
    // Not waited for: a source that hangs must not keep the next change from being taken over.
    Task { await observe() }
  }

  private var identities: String {
    board.knowledge.policies.policies.map { String($0.identity.prefix(12)) }.joined(separator: ", ")
  }

  private func refuse(_ reason: String, _ files: [[UInt8]]?) {
    let isNew = board.knowledge.condition.policyRefusal != reason
    refusedPolicies = files
    guard isNew else { return }
    metrics.count { $0.policyRefusals += 1 }
    logger.error("refused a changed policy; the one before stays in use", metadata: ["reason": "\(reason)"])
    board.change { $0.condition.policyRefusal = reason }
  }

  private func take(_ policies: PolicySet) throws {
    let knowledge = board.knowledge
    let levels = LevelState(entries: knowledge.holdings.flatMap(\.levels.entries))
    let instant = now()
    let holdings = try policies.policies.map { policy in
      // A policy of other services is another policy: only the same services were observed.
      let former = knowledge.holdings.first { $0.policy.serviceNames == policy.serviceNames }
      return try Knowledge.Holding(policy, observed: former?.observations, levels: levels, now: instant)
    }
    board.change { knowledge in
      knowledge.policies = policies
      knowledge.holdings = holdings
      knowledge.condition.policyRefusal = nil
      knowledge.condition.policySince = instant
    }
  }

  private func reloadTokens() async {
    guard let path = settings.tokenFile else { return }
    do {
      let bytes = try await NIOThreadPool.singleton.runIfActive { try DocumentFile(path).read() }
      if bytes == tokenBytes { return }
      let isFirst = tokenBytes == nil
      tokenBytes = bytes
      let tokens = try TokenFile(reading: bytes)
      board.change {
        $0.tokens = tokens
        $0.condition.tokenRefusal = nil
      }
      if !isFirst { logger.info("took over changed tokens") }
    } catch {
      let reason = "'\(path)': \(error)"
      guard board.knowledge.condition.tokenRefusal != reason else { return }
      logger.error("refused changed tokens; those before stay in use", metadata: ["reason": "\(reason)"])
      board.change { $0.condition.tokenRefusal = reason }
    }
  }
}

/// Why observations are not used.
struct ObservationRefusal: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

extension Knowledge.Holding {
  /// A policy with levels that were found under another one. Levels that it does not have are an error; observations that
  /// do not fit it are left, to be made anew.
  init(
    _ policy: GatePolicy,
    observed observations: IdentifiedSnapshot?,
    levels: LevelState,
    now: Instant
  ) throws(GateError) {
    self.policy = policy
    let nothing = Snapshot(takenAt: now, source: "nothing", isPartial: false, warnings: [], observations: [])
    self.levels = try Gate.levels(policy: policy, observations: nothing, previous: levels, now: now)
    guard let observations else { return }
    do {
      let observed = observations.snapshot
      self.levels = try Gate.levels(policy: policy, observations: observed, previous: self.levels, now: now)
      self.observations = observations
    } catch .unknownLevel(.levels, let level, let budget, let policy) {
      throw .unknownLevel(.levels, level: level, budget: budget, policy: policy)
    } catch {
      self.observations = nil
    }
  }
}

extension GatePolicy {
  fileprivate var serviceNames: [String] { services.map(\.name) }
}
