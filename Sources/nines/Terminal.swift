import Quantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The process around the program: its streams, its environment and its clock.
enum Terminal {
  /// Writes results to standard output.
  static func print(_ text: String) {
    write(text, to: STDOUT_FILENO)
  }

  /// Writes what went wrong to standard error.
  static func complain(_ text: String) {
    write(text, to: STDERR_FILENO)
  }

  /// Writes to standard error what only a person who watches wants to know.
  static func remark(_ text: String) {
    if isatty(STDERR_FILENO) == 1 { complain(text) }
  }

  /// Colour is for people: on a terminal, unless they said no (https://no-color.org).
  static var wantsColor: Bool {
    isatty(STDOUT_FILENO) == 1 && environment("NO_COLOR").map(\.isEmpty) ?? true && environment("TERM") != "dumb"
  }

  /// The columns of the terminal that results go to; nil where they go elsewhere.
  static var width: Int? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  static var now: Instant { Instant(unixSeconds: Int64(time(nil))) }

  static func exit(_ status: Int32) -> Never {
    #if canImport(Glibc)
      Glibc.exit(status)
    #elseif canImport(Musl)
      Musl.exit(status)
    #else
      Darwin.exit(status)
    #endif
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
