import Diagnostics
import Quantities

/// In which unit a metric counts, by what its contract or its name says.
enum MetricUnits {
  /// The stated unit, else the one that the name ends in by Prometheus' conventions, else what is stated to be counted;
  /// nil where nothing tells.
  static func unit(stated: Located<String>?, metricName: String?) -> Unit? {
    stated.flatMap { unit(named: $0.value) } ?? metricName.flatMap(unit(byNameOf:))
      ?? stated.map { .counting($0.value) }
  }

  private static func unit(byNameOf metricName: String) -> Unit? {
    var words = metricName.split(separator: "_").map(String.init)
    if words.last == "total" || words.last == "bucket" { words.removeLast() }
    if words.suffix(2) == ["per", "second"], words.count > 2 {
      return unit(named: "\(words[words.count - 3])-per-second")
    }
    return words.last.flatMap(unit(named:))
  }

  /// The unit that a word stands for; nil for nouns.
  private static func unit(named word: String) -> Unit? {
    switch word {
    case "seconds", "milliseconds", "microseconds", "nanoseconds", "bytes", "bits", "ratio", "percent",
      "bits-per-second", "bytes-per-second":
      do { return try Unit(reading: word) } catch { return nil }
    // Against the conventions, and what many metrics are called.
    case "ms", "millis": return unit(named: "milliseconds")
    case "us", "micros": return unit(named: "microseconds")
    case "sec", "secs": return unit(named: "seconds")
    default: return nil
    }
  }
}
