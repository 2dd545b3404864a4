import Parallelism

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a folder looks like without opening a file: names, sizes, times and identities of all that is in it.
///
/// Two equal fingerprints mean that nothing was written, moved or replaced in between, as far as the file system's clock
/// can tell: whoever keeps one has to see to it that the clock has moved on.
struct TreeFingerprint: Sendable, Hashable {
  /// A moment of the file system's clock, in nanoseconds.
  typealias Moment = Int64

  /// Sums over all entries, so that the order in which a folder names them does not matter.
  private var first: UInt64 = 0
  private var second: UInt64 = 0
  /// When the youngest of the files was last changed.
  private(set) var newest: Moment = .min
  /// Links and devices, and folders deeper than any workspace's, are not looked at any further.
  private(set) var isPlain = true

  private static let depthLimit = 40

  /// One folder and all below it, without names that begin with a point where those do not matter; nil where there is
  /// none or it cannot be read.
  init?(of folder: String, withHidden: Bool, skipping isSkipped: (String) -> Bool = { _ in false }) {
    var level = [folder]
    var depth = 0
    while !level.isEmpty {
      guard depth < Self.depthLimit else { return nil }
      var below: [String] = []
      for seen in ParallelWork.map(level, { Self.look(into: $0, withHidden: withHidden) }) {
        guard let seen else { return nil }
        add(seen.sum)
        below += seen.folders.filter { !isSkipped($0) }
      }
      level = below
      depth += 1
    }
  }

  /// Single entries of folders, as they are at this moment; those that are not there count for nothing.
  init(ofEntries paths: [String]) {
    for sum in ParallelWork.map(paths, { Self(ofEntry: $0) }) { add(sum) }
  }

  /// The same without threads, for whoever has some already.
  init(ofFewEntries paths: [String]) {
    for path in paths { add(Self(ofEntry: path)) }
  }

  private init(ofEntry path: String) {
    var raw = stat()
    if lstat(path, &raw) == 0 {
      let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
      let folder = slash.map { String(path[..<$0]) } ?? ""
      var name = slash.map { String(path[path.utf8.index(after: $0)...]) } ?? path
      add(name.withUTF8 { Entry(raw, Self.hash(of: UnsafeRawBufferPointer($0), Self.hash(of: folder))) })
    }
  }

  static func + (left: TreeFingerprint, right: TreeFingerprint) -> TreeFingerprint {
    var sum = left
    sum.add(right)
    return sum
  }

  /// What it is once some entries have been replaced by others.
  func replacing(_ old: TreeFingerprint, by new: TreeFingerprint) -> TreeFingerprint {
    var replaced = self
    replaced.first &-= old.first
    replaced.second &-= old.second
    replaced.add(new)
    return replaced
  }

  /// The number that tells it from others.
  var text: String { "\(String(first, radix: 16))-\(String(second, radix: 16))" }

  init() {}

  private mutating func add(_ other: TreeFingerprint) {
    first &+= other.first
    second &+= other.second
    newest = max(newest, other.newest)
    isPlain = isPlain && other.isPlain
  }

  private mutating func add(_ entry: Entry) {
    first &+= entry.first
    second &+= entry.second
    newest = max(newest, entry.changed)
    isPlain = isPlain && entry.isPlain
  }
}

// MARK: - Looking

extension TreeFingerprint {
  private struct Seen: Sendable {
    var sum = TreeFingerprint()
    /// With the path of the folder that they are in.
    var folders: [String] = []
  }

  /// One folder alone; nil where it or an entry cannot be looked at.
  private static func look(into folder: String, withHidden: Bool) -> Seen? {
    guard let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    let descriptor = dirfd(stream)
    let seed = hash(of: folder)
    var seen = Seen()
    errno = 0
    while let entry = readdir(stream) {
      let isFine = withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: field.pointee)) { name in
          look(at: name, in: descriptor, folder, seed, withHidden: withHidden, &seen)
        }
      }
      if !isFine { return nil }
      errno = 0
    }
    return errno == 0 ? seen : nil
  }

  private static func look(
    at name: UnsafePointer<CChar>,
    in descriptor: Int32,
    _ folder: String,
    _ seed: UInt64,
    withHidden: Bool,
    _ seen: inout Seen
  ) -> Bool {
    let bytes = UnsafeRawBufferPointer(start: name, count: strlen(name))
    if bytes.first == UInt8(ascii: ".") {
      if !withHidden || bytes.count == 1 || bytes.count == 2 && bytes[1] == UInt8(ascii: ".") { return true }
    }
    var raw = stat()
    guard fstatat(descriptor, name, &raw, AT_SYMLINK_NOFOLLOW) == 0 else { return false }
    if raw.st_mode & S_IFMT == S_IFDIR {
      // Its own times say nothing that its entries do not.
      seen.folders.append(WorkspaceFolder.join(folder, String(decoding: bytes, as: UTF8.self)))
    } else {
      seen.sum.add(Entry(raw, hash(of: bytes, seed)))
    }
    return true
  }

  private static func hash(of path: String) -> UInt64 {
    var path = path
    return path.withUTF8 { hash(of: UnsafeRawBufferPointer($0), 0x9E37_79B9_7F4A_7C15) }
  }

  /// Eight bytes at a time; a name is no secret, and nobody gains by two that collide.
  private static func hash(of bytes: UnsafeRawBufferPointer, _ seed: UInt64) -> UInt64 {
    var hash = seed ^ UInt64(bytes.count)
    var word: UInt64 = 0
    for (index, byte) in bytes.enumerated() {
      word = word << 8 | UInt64(byte)
      if index & 7 == 7 { hash = mixed(hash, word) }
    }
    return mixed(hash, word)
  }

  /// Both halves of a product by an odd constant depend on every bit of both words.
  fileprivate static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return (product.high ^ product.low) &+ hash &* 0x2545_F491_4F6C_DD1D
  }
}

/// One entry of a folder.
private struct Entry {
  let first: UInt64
  let second: UInt64
  let changed: TreeFingerprint.Moment
  let isPlain: Bool

  init(_ raw: stat, _ name: UInt64) {
    let kind = raw.st_mode & S_IFMT
    isPlain = kind == S_IFREG || kind == S_IFDIR
    let (modified, changed) = raw.moments
    self.changed = changed
    var hash = name
    for word in [
      UInt64(truncatingIfNeeded: raw.st_size), UInt64(bitPattern: modified), UInt64(bitPattern: changed),
      UInt64(truncatingIfNeeded: raw.st_ino), UInt64(truncatingIfNeeded: raw.st_mode),
    ] {
      hash = TreeFingerprint.mixed(hash, word)
    }
    first = hash
    second = TreeFingerprint.mixed(hash, name)
  }
}

extension stat {
  /// When contents and when anything at all changed, in nanoseconds.
  var moments: (modified: TreeFingerprint.Moment, changed: TreeFingerprint.Moment) {
    #if canImport(Darwin)
      let (modified, changed) = (st_mtimespec, st_ctimespec)
    #else
      let (modified, changed) = (st_mtim, st_ctim)
    #endif
    return (modified.moment, changed.moment)
  }
}

extension timespec {
  var moment: TreeFingerprint.Moment { Int64(tv_sec) &* 1_000_000_000 &+ Int64(tv_nsec) }
}
