#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A refusal of the operating system.
struct SystemError: Error {
  let code: Int32

  static var last: SystemError { SystemError(code: errno) }

  var isMissing: Bool { code == ENOENT || code == ENOTDIR }

  var isLink: Bool { code == ELOOP }

  var isTaken: Bool { code == EEXIST }

  /// In the words of the operating system, whose own start with a capital.
  var reason: String {
    guard let text = strerror(code) else { return "error \(code)" }
    let words = String(cString: text)
    return words.prefix(1).lowercased() + words.dropFirst()
  }
}

/// What is known of a path without opening it.
struct FileStatus {
  enum Kind {
    case file, folder, link, other
  }

  /// The same for all names of one file.
  struct Identity: Hashable {
    let device: UInt64
    let inode: UInt64
  }

  let kind: Kind
  let size: Int
  let identity: Identity

  fileprivate init(_ raw: stat) {
    kind =
      switch raw.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      default: .other
      }
    size = Int(raw.st_size)
    identity = Identity(device: UInt64(truncatingIfNeeded: raw.st_dev), inode: UInt64(truncatingIfNeeded: raw.st_ino))
  }
}

/// The calls that everything here is made of, with reasons instead of status codes.
enum FileSystem {
  /// Follows symbolic links; nil where there is nothing.
  static func status(of path: String) throws(SystemError) -> FileStatus? {
    var raw = stat()
    return stat(path, &raw) == 0 ? FileStatus(raw) : try nothing()
  }

  /// Of the link itself where the path is one; nil where there is nothing.
  static func linkStatus(of path: String) throws(SystemError) -> FileStatus? {
    var raw = stat()
    return lstat(path, &raw) == 0 ? FileStatus(raw) : try nothing()
  }

  private static func nothing() throws(SystemError) -> FileStatus? {
    let error = SystemError.last
    if error.isMissing { return nil }
    throw error
  }

  /// The path without symbolic links; nil where it leads to nothing.
  static func resolved(_ path: String) throws(SystemError) -> String? {
    guard let resolved = realpath(path, nil) else {
      let error = SystemError.last
      if error.isMissing || error.isLink { return nil }
      throw error
    }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The names in a folder as bytes, sorted, without `.` and `..`.
  static func names(in folder: String) throws(SystemError) -> [[UInt8]] {
    guard let stream = opendir(folder) else { throw .last }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
      errno = 0
    }
    if errno != 0 { throw .last }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// The bytes of a regular file; nil for what is none. Never waits for a pipe, and stops behind the limit.
  static func contents(of path: String, limit: Int, followsLink: Bool = true) throws(SystemError) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | (followsLink ? 0 : O_NOFOLLOW))
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    var raw = stat()
    guard fstat(descriptor, &raw) == 0 else { throw .last }
    let status = FileStatus(raw)
    guard case .file = status.kind else { return nil }
    return try contents(ofDescriptor: descriptor, limit: limit, expected: status.size)
  }

  /// The bytes of a regular file from one place to another, or to its end where that comes first.
  static func contents(of path: String, from start: Int, to end: Int) throws(SystemError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    guard lseek(descriptor, off_t(start), SEEK_SET) >= 0 else { throw .last }
    let bytes = try contents(ofDescriptor: descriptor, limit: end - start, expected: end - start)
    return Array(bytes.prefix(end - start))
  }

  /// What can be read, up to a byte behind the limit; `expected` is how much that probably is.
  static func contents(ofDescriptor descriptor: Int32, limit: Int, expected: Int = 0) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    var failure: SystemError?
    while failure == nil, bytes.count <= limit {
      // One byte more than is expected, so that the end is seen without another call.
      let wanted = min(max(expected - bytes.count, 4_095) + 1, limit + 1 - bytes.count)
      let more = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
        let got = read(descriptor, buffer.baseAddress, wanted)
        if got < 0 { failure = .last }
        count = max(got, 0)
      }
      if more.isEmpty { break }
      if bytes.isEmpty { bytes = more } else { bytes += more }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Writes a new file; one of that name is replaced, never written through.
  static func create(_ path: String, _ bytes: [UInt8]) throws(SystemError) {
    // What a run that was killed left behind goes away; a link goes, and not what it leads to.
    if try linkStatus(of: path) != nil { try remove(path) }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard descriptor >= 0 else { throw .last }
    try writeAll(bytes, to: descriptor)
    guard close(descriptor) == 0 else { throw .last }
  }

  /// Adds to the end of a file, begun if there is none, and returns when the bytes are with the operating system.
  static func add(_ bytes: [UInt8], to path: String) throws(SystemError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o640)
    guard descriptor >= 0 else { throw .last }
    try writeAll(bytes, to: descriptor)
    guard close(descriptor) == 0 else { throw .last }
  }

  /// The last bytes of a file.
  static func tail(of path: String, limit: Int) throws(SystemError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    let end = lseek(descriptor, 0, SEEK_END)
    guard end >= 0, lseek(descriptor, max(0, end - off_t(limit)), SEEK_SET) >= 0 else { throw .last }
    return try contents(ofDescriptor: descriptor, limit: limit, expected: min(limit, Int(end)))
  }

  /// Adds to the end of a file, and returns when the bytes are on the disk.
  static func append(_ bytes: [UInt8], to path: String) throws(SystemError) {
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw .last }
    try writeAll(bytes, to: descriptor)
    let isOnDisk = fsync(descriptor) == 0
    let error = SystemError.last
    guard close(descriptor) == 0 else { throw .last }
    if !isOnDisk { throw error }
  }

  /// Closes the file where it fails.
  private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(SystemError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        write(descriptor, $0.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if count < 0 {
        let error = SystemError.last
        close(descriptor)
        throw error
      }
      written += count
    }
  }

  /// Cuts a file off behind its first bytes.
  static func truncate(_ path: String, to length: Int) throws(SystemError) {
    #if canImport(Glibc)
      let result = Glibc.truncate(path, off_t(length))
    #elseif canImport(Musl)
      let result = Musl.truncate(path, off_t(length))
    #else
      let result = Darwin.truncate(path, off_t(length))
    #endif
    guard result == 0 else { throw .last }
  }

  static func copyPermissions(of path: String, to copy: String) throws(SystemError) {
    var raw = stat()
    guard stat(path, &raw) == 0, chmod(copy, raw.st_mode & 0o7777) == 0 else { throw .last }
  }

  static func makeFolder(_ path: String) throws(SystemError) {
    guard mkdir(path, 0o777) == 0 else { throw .last }
  }

  static func move(_ path: String, to target: String) throws(SystemError) {
    guard rename(path, target) == 0 else { throw .last }
  }

  static func remove(_ path: String) throws(SystemError) {
    guard unlink(path) == 0 else { throw .last }
  }

  /// Removes a folder if nothing is in it.
  static func removeIfEmpty(folder: String) -> Bool { rmdir(folder) == 0 }

  static var processIdentifier: Int32 { getpid() }

  /// The running program's own file.
  static var program: String {
    #if canImport(Darwin)
      var size: UInt32 = 4_096
      var buffer = [CChar](repeating: 0, count: Int(size))
      return _NSGetExecutablePath(&buffer, &size) == 0 ? buffer.withUnsafeBufferPointer { text($0) } : ""
    #else
      return "/proc/self/exe"
    #endif
  }

  #if canImport(Darwin)
    private static func text(_ buffer: UnsafeBufferPointer<CChar>) -> String {
      buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
  #endif

  /// The clock that the file system takes its times from, which moves on every few milliseconds.
  static var now: TreeFingerprint.Moment {
    var time = timespec()
    #if canImport(Darwin)
      clock_gettime(CLOCK_REALTIME, &time)
    #else
      clock_gettime(CLOCK_REALTIME_COARSE, &time)
    #endif
    return time.moment
  }

  /// Returns when the file system's clock is past a moment, or is not going to be soon.
  static func wait(until moment: TreeFingerprint.Moment) {
    for _ in 0..<50 where now <= moment { usleep(1_000) }
  }
}
