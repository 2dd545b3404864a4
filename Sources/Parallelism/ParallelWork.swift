import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Independent pieces of work on all cores; what comes of them is in the order of the pieces, whoever was first.
///
/// Threads of the operating system rather than tasks: a program that waits for tasks pays milliseconds when it ends.
package enum ParallelWork {
  /// How many pieces are worked on at once.
  package static let width = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  /// Below this many pieces a thread of its own costs more than it brings.
  private static let fewest = 4

  /// What a function makes of each element.
  package static func map<Element: Sendable, Outcome: Sendable>(
    _ elements: [Element],
    _ transform: @escaping @Sendable (Element) -> Outcome
  ) -> [Outcome] {
    guard width > 1, elements.count >= fewest else { return elements.map(transform) }
    let job = Job(count: elements.count) { transform(elements[$0]) }
    let others = (1..<min(width, elements.count)).compactMap { _ in WorkThread { job.work() } }
    job.work()
    for thread in others { thread.join() }
    return job.outcomes
  }

  /// The same of what may fail. Once a piece has, no other is begun, and of the failures that of the first piece is thrown.
  package static func map<Element: Sendable, Outcome: Sendable, Failure: Error>(
    _ elements: [Element],
    throwing transform: @escaping @Sendable (Element) throws(Failure) -> Outcome
  ) throws(Failure) -> [Outcome] {
    let hasFailed = Atomic(false)
    // Pieces are begun in their order, so that nothing before the first failure is left out.
    let results = map(elements) { element -> Result<Outcome, Failure>? in
      if hasFailed.load(ordering: .relaxed) { return nil }
      do throws(Failure) {
        return .success(try transform(element))
      } catch {
        hasFailed.store(true, ordering: .relaxed)
        return .failure(error)
      }
    }
    var outcomes: [Outcome] = []
    outcomes.reserveCapacity(results.count)
    for case .some(let result) in results { outcomes.append(try result.get()) }
    return outcomes
  }
}

/// Pieces that whoever has time takes, one after the other.
private final class Job<Outcome: Sendable>: Sendable {
  private let count: Int
  private let piece: @Sendable (Int) -> Outcome
  private let next = Atomic(0)
  private let done = Mutex<[(index: Int, outcome: Outcome)]>([])

  init(count: Int, _ piece: @escaping @Sendable (Int) -> Outcome) {
    self.count = count
    self.piece = piece
  }

  /// Works until no piece is left.
  func work() {
    // Handed over once, at the end: a lock for each piece would make the threads wait for each other.
    var mine: [(index: Int, outcome: Outcome)] = []
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      if index >= count { break }
      mine.append((index, piece(index)))
    }
    let finished = mine
    done.withLock { $0 += finished }
  }

  /// In the order of the pieces, after all work is done.
  var outcomes: [Outcome] {
    done.withLock { $0.sorted { $0.index < $1.index }.map(\.outcome) }
  }
}

/// A thread that does one thing.
private struct WorkThread {
  /// As much as a program's first thread has; some systems give others a hundredth of that.
  private static let stackSize = 8 << 20

  private let thread: pthread_t

  /// nil where the system has no thread to give.
  init?(_ run: @escaping @Sendable () -> Void) {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return nil }
    defer { pthread_attr_destroy(&attributes) }
    guard pthread_attr_setstacksize(&attributes, Self.stackSize) == 0 else { return nil }
    let start = Unmanaged.passRetained(Start(run))
    #if canImport(Darwin)
      var created: pthread_t?
      let status = pthread_create(&created, &attributes, { Start.run($0) }, start.toOpaque())
    #else
      var thread = pthread_t()
      let status = pthread_create(&thread, &attributes, { $0.flatMap { Start.run($0) } }, start.toOpaque())
      let created: pthread_t? = thread
    #endif
    guard status == 0, let created else {
      start.release()
      return nil
    }
    self.thread = created
  }

  func join() { pthread_join(thread, nil) }

  /// What a thread does, in a form that goes through a pointer.
  private final class Start: Sendable {
    private let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }

    static func run(_ pointer: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
      Unmanaged<Start>.fromOpaque(pointer).takeRetainedValue().body()
      return nil
    }
  }
}
