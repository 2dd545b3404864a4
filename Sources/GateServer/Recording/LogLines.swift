import Logging
import Quantities
import StructuredText

/// Writes what the server has to say as lines of JSON.
struct LogLines: LogHandler {
  var metadata: Logger.Metadata = [:]
  var metadataProvider: Logger.MetadataProvider?
  var logLevel = Logger.Level.info
  private let queue: LineQueue
  private let now: @Sendable () -> Instant

  init(to queue: LineQueue, now: @escaping @Sendable () -> Instant) {
    self.queue = queue
    self.now = now
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let members = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
    let head = [
      JSONMember("at", .string(now().description)),
      JSONMember("level", .string(event.level.rawValue)),
      JSONMember("message", .string("\(event.message)")),
    ]
    let line = JSONValue.object(head + members.map { JSONMember($0.key, .string("\($0.value)")) })
    queue.offer(Array(line.text(.compact).utf8))
  }
}
