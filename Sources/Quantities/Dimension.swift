/// What kind of thing a quantity measures, as exponents of independent base dimensions.
///
/// Values are kept in Prometheus' base units: seconds, bytes, events, cores, and plain numbers for ratios.
package struct Dimension: Sendable, Hashable {
  package var time = 0
  package var data = 0
  package var events = 0
  package var processors = 0

  /// Plain numbers, ratios and percentages; also time per time.
  package static let number = Dimension()
  package static let time = Dimension(time: 1)
  package static let data = Dimension(data: 1)
  package static let dataRate = data / time
  package static let events = Dimension(events: 1)
  package static let eventRate = events / time
  package static let processors = Dimension(processors: 1)
  package static let processorTime = processors * time

  private init(time: Int = 0, data: Int = 0, events: Int = 0, processors: Int = 0) {
    self.time = time
    self.data = data
    self.events = events
    self.processors = processors
  }

  package static func * (left: Dimension, right: Dimension) -> Dimension {
    Dimension(
      time: left.time + right.time,
      data: left.data + right.data,
      events: left.events + right.events,
      processors: left.processors + right.processors
    )
  }

  package static func / (left: Dimension, right: Dimension) -> Dimension {
    Dimension(
      time: left.time - right.time,
      data: left.data - right.data,
      events: left.events - right.events,
      processors: left.processors - right.processors
    )
  }

  /// Whether values of both can be compared. A plain number may stand for a count, and a frequency for a rate of events.
  package func isComparable(with other: Dimension) -> Bool {
    var (left, right) = (self, other)
    left.events = 0
    right.events = 0
    return self == other || (left == right && (events == 0 || other.events == 0))
  }

  /// The suffix of metric names by Prometheus' conventions, such as `seconds`; nil where they have none for it.
  package var baseUnitSuffix: String? {
    switch self {
    case .number: "ratio"
    case .time: "seconds"
    case .data: "bytes"
    case .dataRate: "bytes_per_second"
    default: nil
    }
  }
}

extension Dimension: CustomStringConvertible {
  /// The noun for messages: `a duration`, `a data rate`.
  package var description: String {
    switch self {
    case .number: "a plain number or share"
    case .time: "a duration"
    case .data: "an amount of data"
    case .dataRate: "a data rate"
    case .events: "a count of events"
    case .eventRate: "a rate of events"
    case .processors: "a number of processors"
    case .processorTime: "processor time"
    default: "a value in \(formula)"
    }
  }

  private var formula: String {
    let factors = [("s", time), ("B", data), ("events", events), ("CPU", processors)]
    let above = factors.filter { $0.1 > 0 }.map { $0.1 == 1 ? $0.0 : "\($0.0)^\($0.1)" }
    let below = factors.filter { $0.1 < 0 }.map { $0.1 == -1 ? $0.0 : "\($0.0)^\(-$0.1)" }
    let numerator = above.isEmpty ? "1" : above.joined(separator: "·")
    return below.isEmpty ? numerator : "\(numerator)/\(below.joined(separator: "/"))"
  }
}
