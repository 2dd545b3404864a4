import NIOCore
import Synchronization

/// Lets every caller ask so many times a second, and twice as often for a moment.
final class RateLimiter: Sendable {
  private struct Bucket {
    var tokens: Double
    var filled: NIODeadline
  }

  private let buckets = Mutex<[String: Bucket]>([:])
  private let rate: Double
  private let limit: Int

  /// Knows at most `limit` callers; those who come after start afresh.
  init(rate: Int, limit: Int = 16_384) {
    self.rate = Double(rate)
    self.limit = limit
  }

  func mayPass(_ caller: String, at now: NIODeadline = .now()) -> Bool {
    buckets.withLock { buckets in
      if buckets.count >= limit, buckets[caller] == nil { buckets.removeAll(keepingCapacity: true) }
      var bucket = buckets[caller] ?? Bucket(tokens: 2 * rate, filled: now)
      let seconds = Double((now - bucket.filled).nanoseconds) / 1e9
      bucket.tokens = min(2 * rate, bucket.tokens + max(0, seconds) * rate)
      bucket.filled = now
      defer { buckets[caller] = bucket }
      guard bucket.tokens >= 1 else { return false }
      bucket.tokens -= 1
      return true
    }
  }
}
