import DeployGate
import Quantities
import StructuredText

/// Metrics in Prometheus' text format: https://prometheus.io/docs/instrumenting/exposition_formats/.
struct MetricsText {
  enum Kind: String {
    case counter, gauge, histogram
  }

  private var writer = TextWriter()

  var bytes: [UInt8] { writer.bytes }

  /// Begins a metric; its samples follow.
  mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
    for line in ["# HELP \(name) \(help)", "# TYPE \(name) \(kind.rawValue)"] {
      writer.write(line)
      writer.newLine()
    }
  }

  mutating func sample(_ name: String, _ value: String, _ labels: KeyValuePairs<String, String> = [:]) {
    writer.write(name)
    for (index, label) in labels.enumerated() {
      writer.write(index == 0 ? "{" : ",")
      writer.write(label.key)
      writer.write("=\"")
      writeEscaped(label.value)
      writer.write("\"")
    }
    if !labels.isEmpty { writer.write("}") }
    writer.write(" ")
    writer.write(value)
    writer.newLine()
  }

  private mutating func writeEscaped(_ text: String) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): writer.write("\\\\")
      case UInt8(ascii: "\""): writer.write("\\\"")
      case UInt8(ascii: "\n"): writer.write("\\n")
      default: writer.write(byte)
      }
    }
  }

  /// A metric of one sample.
  mutating func single(_ name: String, _ kind: Kind, _ help: String, _ value: some BinaryInteger) {
    begin(name, kind, help)
    sample(name, "\(value)")
  }
}

extension MetricsText {
  /// Everything that the server tells of itself.
  static func of(_ counts: ServerMetrics.Counts, _ knowledge: Knowledge, _ log: LineQueue.Account?) -> MetricsText {
    var text = MetricsText()
    text.addRequests(counts)
    text.addKnowledge(counts, knowledge)
    if let log {
      text.single("nines_gate_log_lines_total", .counter, "Lines of the decision log that were written.", log.written)
      text.single("nines_gate_log_lost_lines_total", .counter, "Lines of the decision log that were lost.", log.lost)
    }
    return text
  }

  private mutating func addRequests(_ counts: ServerMetrics.Counts) {
    begin("nines_gate_requests_total", .counter, "Requests that were answered, by route and status.")
    for (kind, count) in counts.requests.sorted(by: { ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status) }) {
      sample("nines_gate_requests_total", "\(count)", ["route": kind.route, "status": "\(kind.status)"])
    }
    begin("nines_gate_decisions_total", .counter, "Decisions that were given, by answer and source.")
    for answer in GateAnswer.allCases {
      for isRepeated in [false, true] {
        let count = counts.decisions[.init(answer: answer, isRepeated: isRepeated)] ?? 0
        let labels: KeyValuePairs = ["answer": answer.rawValue, "source": isRepeated ? "cache" : "gate"]
        sample("nines_gate_decisions_total", "\(count)", labels)
      }
    }
    let name = "nines_gate_request_duration_seconds"
    begin(name, .histogram, "How long requests took.")
    var sum = 0
    for (bound, count) in zip(ServerMetrics.Histogram.bounds, counts.durations.counts) {
      sum += count
      sample("\(name)_bucket", "\(sum)", ["le": TimeSpan(microseconds: Int64(bound)).secondsText])
    }
    let all = counts.durations.counts.reduce(0, +)
    sample("\(name)_bucket", "\(all)", ["le": "+Inf"])
    sample("\(name)_sum", TimeSpan(microseconds: Int64(counts.durations.microseconds)).secondsText)
    sample("\(name)_count", "\(all)")
  }

  private mutating func addKnowledge(_ counts: ServerMetrics.Counts, _ knowledge: Knowledge) {
    let condition = knowledge.condition
    single("nines_gate_policy_loads_total", .counter, "Policies that were taken.", counts.policyLoads)
    single("nines_gate_policy_refusals_total", .counter, "Policies that were refused.", counts.policyRefusals)
    single(
      "nines_gate_policy_up_to_date",
      .gauge,
      "1 where the policy files are in use as they are now, 0 where they were refused.",
      condition.policyRefusal == nil ? 1 : 0
    )
    begin("nines_gate_policy_info", .gauge, "The policies in use, by identity.")
    for policy in Set(knowledge.policies.policies.map { [$0.identity, $0.workspace] }).sorted(by: { $0[0] < $1[0] }) {
      sample("nines_gate_policy_info", "1", ["identity": policy[0], "workspace": policy[1]])
    }
    single("nines_gate_observations_total", .counter, "Times that the budgets were observed.", counts.observations)
    single(
      "nines_gate_observation_failures_total",
      .counter,
      "Times that the budgets could not be observed.",
      counts.observationFailures
    )
    let taken = knowledge.holdings.compactMap { $0.snapshot?.takenAt }
    if let oldest = taken.min(), taken.count == knowledge.holdings.count {
      single(
        "nines_gate_observations_timestamp_seconds",
        .gauge,
        "When the oldest observations that decisions rest on were made.",
        oldest.unixSeconds
      )
    }
    single("nines_gate_state_failures_total", .counter, "Times that levels could not be kept.", counts.stateFailures)
  }
}

extension TimeSpan {
  fileprivate var secondsText: String { seconds.decimalText(maximumFractionDigits: 6) }
}
