import Diagnostics
import Quantities

extension ValueReader where Value == MetricSpec {
  static let metric = ValueReader.record(
    Noun("a metric", "metrics"),
    Key(
      "type",
      ValueReader<Located<MetricSpec.Kind>>.word(Noun("a metric type", "metric types")),
      "what kind of metric it is"
    ),
    optional: [
      .key("unit", .unit, "the base unit of its values, or a noun for what is counted") { $0.unit = $1 },
      .key("labels", .named(.labelValues, by: .label), "its labels with their values") { $0.labels = $1 },
      .key("buckets", .buckets, "the upper bounds of a histogram's buckets") { $0.buckets = $1 },
      .key(
        "measured",
        ValueReader<Located<MetricSpec.Place>>.word(Noun("a place of measurement", "places")),
        "where it is measured"
      ) { $0.measured = $1 },
      .key("meaning", .text, "what it means", insteadOf: ["description", "help"]) { $0.meaning = $1 },
    ],
    rules: [.itemOf("buckets")]
  ) { MetricSpec(kind: $0) }
}

extension ValueReader where Value == [Located<Quantity>] {
  /// Upper bounds, each above the one before it.
  fileprivate static let buckets = ValueReader(list.shape) { node, context in
    guard let bounds = list.read(node, &context) else { return nil }
    if node.elements.isEmpty {
      context.reportWrongShape("\(context.subjectText) is an empty list; at least one bound is meant", at: node.span)
      return nil
    }
    for (lower, upper) in zip(bounds, bounds.dropFirst()) where upper.value.value <= lower.value.value {
      // A number is one of the metric's unit, which is not known here.
      guard (lower.value.unit == .number) == (upper.value.unit == .number) else { continue }
      context.report(
        .malformedValue,
        "bucket '\(upper.value.text)' is not above '\(lower.value.text)', the one before it",
        at: upper.span
      )
    }
    return bounds
  }

  private static let list = ValueReader<[Located<Quantity>]>.list(of: .amount)
}

extension ValueReader where Value == MetricSpec.LabelValues {
  /// `any`, or a list of values.
  static let labelValues = ValueReader(.alternatives([.scalar(any), values.shape])) { node, context in
    if node.hasText("any") { return .any }
    if node.isScalar, !node.isNull, !node.isUnresolved {
      context.reportUnknownWord(node, any.noun, ["any"])
      return nil
    }
    return values.read(node, &context).map { .only($0) }
  }

  private static let any = ScalarShape(Noun("'any' or a list of values", "'any' or lists of values"), .words(["any"]))
  private static let values = ValueReader<[Located<String>]>.list(of: .text(Noun("a value", "values")))
}
