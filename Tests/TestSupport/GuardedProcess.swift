import Foundation

/// A program that ends with the test: when it is told to, when the test's process is gone, or after a time.
///
/// A shell beside the program holds one end of a pipe and kills it by its process number once the other end is closed,
/// which the system does for a test that crashed.
package struct GuardedProcess: Sendable {
  private let shell: Process
  private let leash: Pipe
  private let program: pid_t
  private let logFile: URL

  private static let script = """
    limit=$1 log=$2; shift 2
    exec 3<&0 </dev/null
    "$@" >>"$log" 2>&1 3<&- &
    program=$!
    echo "$program"
    { read -r -t "$limit" -u 3 _; kill -KILL "$program"; } >/dev/null 2>&1 &
    leash=$!
    wait "$program"
    status=$?
    kill "$leash"
    exit $status
    """

  /// What the program prints is added to the log. After `limit` seconds it is killed, whatever goes on.
  package init(_ command: [String], log: URL, limit: Int = 300) throws {
    logFile = log
    leash = Pipe()
    shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    shell.arguments = ["bash", "-c", Self.script, "guard", String(limit), log.path] + command
    shell.standardInput = leash
    let number = Pipe()
    shell.standardOutput = number
    shell.standardError = FileHandle.nullDevice
    try shell.run()
    let text = String(decoding: number.fileHandleForReading.availableData, as: UTF8.self)
    guard let program = pid_t(text.trimmingCharacters(in: .newlines)) else { throw ProcessEnded(log: "no number") }
    self.program = program
  }

  package var isRunning: Bool { shell.isRunning }

  package var log: String { (try? String(contentsOf: logFile, encoding: .utf8)) ?? "" }

  /// Kills the program as `kill -9` does, and waits until it is gone.
  package func kill() {
    // Closed twice, there is nothing left to close.
    try? leash.fileHandleForWriting.close()
    shell.waitUntilExit()
  }

  /// Sends the program a signal, such as `SIGHUP`. It must not have ended.
  package func send(_ signal: Int32) { _ = Foundation.kill(program, signal) }

  /// The program's exit status, once it has ended by itself.
  package func status() async throws -> Int32 {
    try await eventually("the program has ended", { !$0 }) { isRunning }
    return shell.terminationStatus
  }

  /// Where a server of the Prometheus project says that it listens. Its log has to be its own.
  package func address(within limit: Duration = .seconds(60)) async throws -> URL {
    let found: URL? = try await eventually("the server listens", within: limit, { $0 != nil }) {
      let line = log.split(whereSeparator: \.isNewline).last { $0.contains("Listening on") }
      let address = line.flatMap { $0.split(separator: " ").last { $0.hasPrefix("address=") } }
      if address == nil, !isRunning { throw ProcessEnded(log: log) }
      return address.flatMap { URL(string: "http://\($0.dropFirst("address=".count))") }
    }
    guard let found else { throw ProcessEnded(log: log) }
    return found
  }
}

/// A program that has ended although it was needed, and what it printed.
package struct ProcessEnded: Error, CustomStringConvertible {
  package let log: String

  package init(log: String) {
    self.log = log
  }

  package var description: String { "the program has ended:\n\(log)" }
}
