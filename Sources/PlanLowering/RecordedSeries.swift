/// The series that rules record of every measured objective, and that dashboards read.
enum RecordedSeries: String {
  case badLedger = "slo:bad:ledger"
  case totalLedger = "slo:total:ledger"
  case successRatio = "slo:success:ratio"
  case remaining = "slo:error_budget:remaining"
  /// Has a label `window`: see `BurnWindow`.
  case burnRate = "slo:burn_rate"
  case target = "slo:objective:target"

  /// The label of a burn rate that says over how long it is taken.
  static let windowLabel = "window"

  enum BurnWindow: String {
    case hour = "1h"
    case quarterDay = "6h"
    case threeDays = "3d"
  }
}
