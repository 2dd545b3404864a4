import StructuredText

/// A series with some of its samples, in the order of time.
package struct PrometheusSeries: Sendable, Hashable {
  package struct Sample: Sendable, Hashable {
    /// Milliseconds since 1970.
    package let time: Int64
    package let value: Double

    package init(time: Int64, value: Double) {
      self.time = time
      self.value = value
    }
  }

  package let labels: [String: String]
  package let samples: [Sample]

  package init(labels: [String: String], samples: [Sample]) {
    self.labels = labels
    self.samples = samples
  }
}

/// What was asked for, with what the server wants known about it: such as that a store did not answer.
package struct PrometheusAnswer<Value: Sendable>: Sendable {
  package let value: Value
  package let warnings: [String]
  /// Whether data may be missing: the server warned, or said so (`isPartial` of VictoriaMetrics).
  package let isPartial: Bool
}

/// An answer's JSON that is not what the API documents.
struct UnexpectedAnswer: Error {
  let reason: String

  init(_ reason: String) {
    self.reason = reason
  }
}

extension JSONValue {
  /// The warnings and, since Prometheus 3, the remarks beside the data.
  var warnings: [String] { (self["warnings"]?.array ?? []).compactMap(\.string) }

  var saysPartial: Bool { self["isPartial"] == .bool(true) || !(self["warnings"]?.array ?? []).isEmpty }

  /// The series of a `vector`, a `matrix` or a `scalar`.
  func series() throws(UnexpectedAnswer) -> [PrometheusSeries] {
    guard let kind = self["resultType"]?.string, let result = self["result"] else {
      throw UnexpectedAnswer("its data have no 'resultType' or no 'result'")
    }
    switch kind {
    case "scalar": return [PrometheusSeries(labels: [:], samples: [try result.sample()])]
    case "vector", "matrix":
      guard let entries = result.array else { throw UnexpectedAnswer("its 'result' is no list") }
      var series: [PrometheusSeries] = []
      for entry in entries { series.append(try entry.oneSeries()) }
      return series
    default: throw UnexpectedAnswer("its result is a '\(kind)'")
    }
  }

  private func oneSeries() throws(UnexpectedAnswer) -> PrometheusSeries {
    var samples: [PrometheusSeries.Sample] = []
    if let value = self["value"] {
      samples.append(try value.sample())
    } else if let values = self["values"]?.array {
      samples.reserveCapacity(values.count)
      for value in values { samples.append(try value.sample()) }
    } else {
      throw UnexpectedAnswer("a series has neither 'value' nor 'values'")
    }
    guard let metric = self["metric"] else { throw UnexpectedAnswer("a series has no 'metric'") }
    return PrometheusSeries(labels: try metric.labels(), samples: samples)
  }

  func labels() throws(UnexpectedAnswer) -> [String: String] {
    var labels: [String: String] = [:]
    for member in object ?? [] {
      guard let value = member.value.string else { throw UnexpectedAnswer("the label '\(member.name)' is no text") }
      labels[member.name] = value
    }
    return labels
  }

  /// `[1435781430.781, "1"]`: seconds, and a number as text because JSON has no infinities.
  private func sample() throws(UnexpectedAnswer) -> PrometheusSeries.Sample {
    guard let pair = array, pair.count == 2, let seconds = pair[0].number?.double, abs(seconds) < 1e15,
      let value = pair[1].string.flatMap({ Double($0) })
    else { throw UnexpectedAnswer("a sample is not a time and a number as text") }
    return PrometheusSeries.Sample(time: Int64((seconds * 1_000).rounded()), value: value)
  }
}
