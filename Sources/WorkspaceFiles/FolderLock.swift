#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The right to bring a folder in line, which one process has at a time. The system takes it back when a process ends,
/// whatever ended it.
enum FolderLock {
  /// Does something once nobody else has the right; it is told whether it has it, since some file systems know no locks.
  static func holding<Outcome>(
    _ folder: String,
    _ body: (_ isAlone: Bool) throws(WorkspaceError) -> Outcome
  ) throws(WorkspaceError) -> Outcome {
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY)
    defer { if descriptor >= 0 { close(descriptor) } }
    return try body(descriptor >= 0 && waited(for: descriptor))
  }

  private static func waited(for descriptor: Int32) -> Bool {
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else { return false }
    }
    return true
  }
}
