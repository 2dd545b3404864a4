import Quantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The process around the program: its streams, its environment and its clock.
package enum Terminal {
  /// Writes results to standard output.
  package static func print(_ text: String) {
    write(text, to: STDOUT_FILENO)
  }

  /// Writes what went wrong to standard error.
  package static func complain(_ text: String) {
    write(text, to: STDERR_FILENO)
  }

  /// Writes to standard error what only a person who watches wants to know.
  package static func remark(_ text: String) {
    if isatty(STDERR_FILENO) == 1 { complain(text) }
  }

  /// Colour is for people: on a terminal, unless they said no (https://no-color.org).
  package static var wantsColor: Bool {
    isatty(STDOUT_FILENO) == 1 && environment("NO_COLOR").map(\.isEmpty) ?? true && environment("TERM") != "dumb"
  }

  /// The columns of the terminal that results go to; nil where they go elsewhere.
  package static var width: Int? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  package static var now: Instant { Instant(unixSeconds: Int64(time(nil))) }

  package static func exit(_ status: Int32) -> Never {
    #if canImport(Glibc)
      Glibc.exit(status)
    #elseif canImport(Musl)
      Musl.exit(status)
    #else
      Darwin.exit(status)
    #endif
  }

  /// Turns the process into another program in the folder of this one; returns only with the reason why it cannot.
  package static func becomeNeighbour(named name: String, _ arguments: [String]) -> String {
    guard let folder = programFolder else { return "this program's own folder is not known" }
    let path = "\(folder)/\(name)"
    var words = ([path] + arguments).map { strdup($0) }
    words.append(nil)
    execv(path, words)
    let code = errno
    for word in words { free(word) }
    return strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }

  private static var programFolder: String? {
    #if canImport(Darwin)
      var size: UInt32 = 4_096
      var buffer = [CChar](repeating: 0, count: Int(size))
      let path = _NSGetExecutablePath(&buffer, &size) == 0 ? realpath(buffer, nil) : nil
    #else
      let path = realpath("/proc/self/exe", nil)
    #endif
    guard let path else { return nil }
    defer { free(path) }
    let text = String(cString: path)
    return text.lastIndex(of: "/").map { String(text[..<$0]) }
  }

  private static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  private static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var rest = bytes[...]
      while let start = UnsafeBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
        #if canImport(Glibc)
          let count = Glibc.write(descriptor, start, rest.count)
        #elseif canImport(Musl)
          let count = Musl.write(descriptor, start, rest.count)
        #else
          let count = Darwin.write(descriptor, start, rest.count)
        #endif
        if count < 0, errno == EINTR { continue }
        // A reader that has gone away wants no more.
        if count <= 0 { return }
        rest = rest.dropFirst(count)
      }
    }
  }
}
