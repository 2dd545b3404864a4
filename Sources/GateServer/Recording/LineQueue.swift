import NIOPosix
import Quantities
import Synchronization

/// Lines on their way to something slow. Whoever has one hands it over and goes on; a thread of its own writes them in order.
final class LineQueue: Sendable {
  typealias Write = @Sendable ([UInt8]) throws -> Void

  /// What has become of the lines so far.
  struct Account: Sendable, Equatable {
    var written = 0
    /// Left out because too many were waiting, or because the writing failed.
    var lost = 0
    /// Why the last writing failed; nil where it did not.
    var failure: String?
  }

  fileprivate struct State {
    var waiting: [UInt8] = []
    var waitingLines = 0
    var isWriting = false
    /// Lines that were taken, and those of them that are done with, in order.
    var taken = 0
    var done = 0
    /// Nobody waits while the writing takes longer than the patience.
    var isLate = false
    var account = Account()
    var waiters: [(line: Int, continuation: CheckedContinuation<Void, Never>)] = []
  }

  private let state = Mutex(State())
  private let limit: Int
  private let patience: TimeSpan
  private let pool: NIOThreadPool
  private let write: Write

  /// Holds at most `limit` bytes that are not written yet.
  init(limit: Int, patience: TimeSpan, write: @escaping Write) {
    self.limit = limit
    self.patience = patience
    self.write = write
    pool = NIOThreadPool(numberOfThreads: 1)
    pool.start()
  }

  var account: Account { state.withLock { $0.account } }

  /// Hands a line over, without its end.
  func offer(_ line: [UInt8]) { _ = take(line) }

  /// Hands a line over, and returns when it is written; or once the patience is over, and from then on at once until the
  /// writing has caught up.
  func record(_ line: [UInt8]) async {
    guard let number = take(line) else { return }
    let timer = MultiThreadedEventLoopGroup.singleton.next().scheduleTask(
      in: .microseconds(patience.microseconds)
    ) { self.giveUp(on: number) }
    await withCheckedContinuation { continuation in
      let isOver = state.withLock { state in
        if state.isLate || state.done >= number { return true }
        state.waiters.append((number, continuation))
        return false
      }
      if isOver { continuation.resume() }
    }
    timer.cancel()
  }

  /// Writes what waits, and takes no more.
  func close() async {
    await flush()
    do {
      try await pool.shutdownGracefully()
    } catch {
      // Threads that do not end are ended with the process.
    }
  }

  /// Returns when everything that was handed over before is written, or could not be.
  func flush() async {
    await withCheckedContinuation { continuation in
      let isOver = state.withLock { state in
        if state.done >= state.taken { return true }
        state.waiters.append((state.taken, continuation))
        return false
      }
      if isOver { continuation.resume() }
    }
  }

  // MARK: Steps

  /// The line's number; nil where there is no room for it.
  private func take(_ line: [UInt8]) -> Int? {
    let (number, isFirst) = state.withLock { state -> (Int?, Bool) in
      guard state.waiting.count + line.count < limit else {
        state.account.lost += 1
        return (nil, false)
      }
      state.waiting += line
      state.waiting.append(UInt8(ascii: "\n"))
      state.waitingLines += 1
      state.taken += 1
      let isFirst = !state.isWriting
      state.isWriting = true
      return (state.taken, isFirst)
    }
    if isFirst { pool.submit { _ in self.drain() } }
    return number
  }

  private func drain() {
    while let batch = nextBatch() {
      var failure: String?
      do {
        try write(batch.bytes)
      } catch {
        failure = "\(error)"
      }
      let released = state.withLock { state in
        state.done += batch.lines
        state.isLate = false
        state.account.failure = failure
        if failure == nil { state.account.written += batch.lines } else { state.account.lost += batch.lines }
        return state.release { [done = state.done] in $0 <= done }
      }
      for continuation in released { continuation.resume() }
    }
  }

  private func nextBatch() -> (bytes: [UInt8], lines: Int)? {
    state.withLock { state in
      if state.waiting.isEmpty {
        state.isWriting = false
        return nil
      }
      defer {
        state.waiting = []
        state.waitingLines = 0
      }
      return (state.waiting, state.waitingLines)
    }
  }

  private func giveUp(on line: Int) {
    let released = state.withLock { state in
      guard state.done < line else { return [CheckedContinuation<Void, Never>]() }
      state.isLate = true
      return state.release { $0 <= line }
    }
    for continuation in released { continuation.resume() }
  }
}

extension LineQueue.State {
  /// Takes out those who wait for certain lines.
  fileprivate mutating func release(_ isReleased: (Int) -> Bool) -> [CheckedContinuation<Void, Never>] {
    let released = waiters.filter { isReleased($0.line) }.map(\.continuation)
    waiters.removeAll { isReleased($0.line) }
    return released
  }
}
