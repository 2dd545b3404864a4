import PlanModel
import PromQL
import Quantities
import StructuredText

extension TimeSpan {
  /// For Prometheus, which knows nothing finer than a millisecond: rounded up to one, so that nothing becomes zero.
  var prometheusText: String {
    PromQLDuration(milliseconds: Int64((seconds * 1_000).ceiling)).description
  }

  /// nil for no time at all, which rule files say by leaving the key out.
  var yamlUnlessZero: YAMLValue? {
    self == .zero ? nil : .string(prometheusText)
  }
}

extension IndicatorKind {
  /// The name of the kind in artifacts for machines.
  var word: String {
    switch self {
    case .ratio: "ratio"
    case .distribution: "distribution"
    case .time: "time"
    case .gauge: "gauge"
    case .attested: "attested"
    }
  }
}
