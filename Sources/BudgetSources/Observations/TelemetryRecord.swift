import Quantities

/// When the alert was active that says that an objective's telemetry is gone; samples hold since when, in seconds since 1970.
///
/// It ends when telemetry is back, and also a day after the last event, because what counted nothing for a day may well be quiet. An
/// alert that ended of old age still holds until something is counted again.
struct TelemetryRecord: Sendable {
  var recent: [PrometheusSeries.Sample] = []
  var past: [PrometheusSeries.Sample] = []

  /// For so long telemetry had been missing when the alert became active.
  private static let lossBefore = TimeSpan.minutes(15)
  /// An alert that was active for so long did not end because telemetry came back, or ended just before it would have anyway.
  private static let oldAge: Int64 = 22 * 3_600

  /// Since when telemetry is gone, at a time in milliseconds since 1970; nil where it is not.
  func lost(at time: Int64, interval: TimeSpan, hasCountedSince: (Int64) -> Bool) -> Instant? {
    if let last = recent.max(by: { $0.time < $1.time }), last.time >= time - interval.microseconds * 2 / 1_000 {
      return begun(last)
    }
    guard let last = past.max(by: { $0.time < $1.time }), last.time <= time, last.value.isFinite,
      last.time / 1_000 - Int64(last.value) >= Self.oldAge, !hasCountedSince(last.time)
    else { return nil }
    return begun(last)
  }

  private func begun(_ sample: PrometheusSeries.Sample) -> Instant {
    let active = sample.value > 0 && sample.value < 1e11 ? Int64(sample.value) : sample.time / 1_000
    return Instant(unixSeconds: active) - Self.lossBefore
  }
}
