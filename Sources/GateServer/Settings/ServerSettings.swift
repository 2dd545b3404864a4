import Quantities

/// How the server listens, what it reads and how much it puts up with.
package struct ServerSettings: Sendable {
  package var host = "127.0.0.1"
  /// 0 for any that is free.
  package var port = 8_080
  package var transport = Transport.plain
  /// Policy files; together they have each service once.
  package var policies: [String] = []
  /// Who may ask, as `docs/serve.md` describes the file; nil where everybody may.
  package var tokenFile: String?
  /// The folder of what has to survive a restart; nil where nothing does.
  package var stateFolder: String?
  package var log = LogSettings()
  package var limits = ServerLimits()
  /// How often the budgets are observed.
  package var refresh = TimeSpan.seconds(30)
  /// How often files are looked at for changes.
  package var reload = TimeSpan.seconds(5)
  /// How long an answer is given again as long as nothing new is known.
  package var cache = TimeSpan.seconds(1)
  /// How long requests may go on once the server has been told to stop.
  package var farewell = TimeSpan.seconds(20)

  package enum Transport: Sendable, Hashable {
    case plain
    /// Certificates and key in PEM.
    case encrypted(certificateFile: String, keyFile: String)
  }

  package init() {}
}

package struct LogSettings: Sendable {
  /// Where decisions are written down; nil where nowhere.
  package var file: String?
  /// The bytes after which a new file is begun.
  package var fileBytes = 64 << 20
  /// How many full files are kept.
  package var keptFiles = 8
  /// Lines that wait for the disk, in bytes; what does not fit is left out and counted.
  package var waitingBytes = 8 << 20
  /// How long an answer waits for its line to be written.
  package var patience = TimeSpan.milliseconds(50)

  package init() {}
}

/// What goes beyond is refused.
package struct ServerLimits: Sendable {
  package var bodyBytes = 64 << 10
  package var headerBytes = 16 << 10
  /// Of a request's path and query, in bytes.
  package var targetBytes = 4 << 10
  /// Further connections wait until one has ended.
  package var connections = 20_000
  /// From the start of a connection, or the last answer on it, to the end of the next request.
  package var idle = TimeSpan.seconds(60)
  /// From the first to the last byte of a body.
  package var body = TimeSpan.seconds(10)
  /// Requests a second of one caller; nil for any number.
  package var rate: Int? = 1_000

  package init() {}
}
