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
      .key("buckets", .list(of: .amount), "the upper bounds of a histogram's buckets") { $0.buckets = $1 },
      .key(
        "measured",
        ValueReader<Located<MetricSpec.Place>>.word(Noun("a place of measurement", "places")),
        "where it is measured"
      ) { $0.measured = $1 },
      .key("meaning", .text, "what it means", insteadOf: ["description", "help"]) { $0.meaning = $1 },
    ]
  ) { MetricSpec(kind: $0) }
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
