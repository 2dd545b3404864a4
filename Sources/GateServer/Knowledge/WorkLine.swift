/// Pieces of work that are done one after the other, in the order in which they were asked for.
struct WorkLine {
  private var newest: Task<Void, Never>?

  /// Begins once everything before it is done.
  mutating func add(_ work: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
    let former = newest
    let task = Task {
      await former?.value
      await work()
    }
    newest = task
    return task
  }
}
