import Diagnostics
import YAMLSource

extension ValueReader where Value == Located<String> {
  /// A base unit, or a noun for what is counted, which may be any.
  static let unit = ValueReader.scalar(
    ScalarShape(
      Noun("a base unit or a noun", "units"),
      .text(pattern: Pattern.unit, as: .any),
      examples: ["seconds", "bytes", "requests"]
    )
  ) { node, context in
    let word = node.text
    if MetricUnitWord.all.contains(word) { return word }
    if let meant = MetricUnitWord.meant(by: word) {
      context.report(
        .malformedValue,
        "\(node.quotedText) is not a base unit",
        at: node.span,
        fix: DiagnosticFix.writing(meant, over: node.span)
      )
      return nil
    }
    let isNoun =
      node.textBytes.first?.isLetter == true
      && node.textBytes.allSatisfy {
        $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
      }
    guard isNoun, node.textBytes.count <= NameForm.lengthLimit else {
      context.report(
        .malformedValue,
        "\(node.quotedText) is neither a base unit nor one word for what is counted",
        at: node.span,
        fix: DiagnosticFix("base units are \(MetricUnitWord.all.joined(separator: ", "))", safety: .unsafe)
      )
      return nil
    }
    return word
  }
}

/// The base units that a metric's values may have.
private enum MetricUnitWord {
  static let all = [
    "seconds", "milliseconds", "bytes", "bits", "ratio", "percent", "bits-per-second", "bytes-per-second",
  ]

  /// The base unit that an abbreviation, a singular or a slip of one letter stands for.
  static func meant(by word: String) -> String? {
    switch word {
    case "s", "sec", "secs", "second": "seconds"
    case "ms", "msec", "millis", "millisecond": "milliseconds"
    case "B", "byte": "bytes"
    case "bit": "bits"
    case "%", "percentage": "percent"
    case "bps", "bit/s", "bits/s", "bits_per_second": "bits-per-second"
    case "Bps", "B/s", "bytes/s", "bytes_per_second": "bytes-per-second"
    default:
      // Of short words too many are nouns of their own.
      all.first {
        $0.utf8.count > 5 && Spelling.isOneSlip(word, $0)
      }
    }
  }
}
