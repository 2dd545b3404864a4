import Synchronization
import TestSupport

/// A service that counts what it serves and shows it to whoever scrapes it.
final class LiveShop: Sendable {
  /// What it served in all, whether or not it was watched, and how it counts since it last started.
  private struct Books {
    var total = 0
    var bad = 0
    var goodSinceStart = 0
    /// A client library has no series of failures before the first.
    var badSinceStart: Int?
  }

  struct Served: Sendable, Equatable {
    let total: Double
    let bad: Double

    /// What is left of the budget of 0.1% that `spec` allows.
    var remaining: Double { bad == 0 ? 1 : 1 - bad / (0.001 * total) }
  }

  private let books: Mutex<Books>

  init() {
    books = Mutex(Books())
  }

  /// Requests answered before anybody watched.
  func servedUnwatched(good: Int) {
    books.withLock { $0.goodSinceStart += good }
  }

  func serve(good: Int, bad: Int = 0) {
    books.withLock { books in
      books.total += good + bad
      books.bad += bad
      books.goodSinceStart += good
      if bad > 0 { books.badSinceStart = (books.badSinceStart ?? 0) + bad }
    }
  }

  /// Starts the process anew: all counters begin at zero.
  func restart() {
    books.withLock { books in
      books.goodSinceStart = 0
      books.badSinceStart = nil
    }
  }

  var served: Served { books.withLock { Served(total: Double($0.total), bad: Double($0.bad)) } }

  /// How many requests have to go well before so much of the budget is left.
  func goodUntil(remaining: Double) -> Int {
    Int((served.bad / (0.001 * (1 - remaining)) - served.total).rounded(.up))
  }

  /// The text format of Prometheus.
  var metrics: String {
    let (good, bad) = books.withLock { ($0.goodSinceStart, $0.badSinceStart) }
    var lines = ["# TYPE http_requests_total counter", #"http_requests_total{code="200"} \#(good)"#]
    if let bad { lines.append(#"http_requests_total{code="503"} \#(bad)"#) }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Its objectives

  static let objective = "shop/availability"

  static let settings = """
    nines: v1
    interval: 1m
    scrape-interval: 1m
    scrape-timeout: 1m
    gap: 1h
    outputs: [prometheus, gate]
    """

  static let spec = """
    nines: v1
    service: shop
    owner: web
    policy: shop-budget

    indicators:
      requests:
        bad: http_requests_total{job="shop", code=~"5.."}
        valid: http_requests_total{job="shop"}

    objectives:
      availability: requests >= 99.9% over 30d

    policies:
      shop-budget:
        changes: [feature, bugfix]
        levels:
          healthy: { when: remaining >= 10%, allow: all }
          frozen: { when: remaining < 10%, until: remaining > 30%, allow: [bugfix] }
        without-data: { for: 15m, then: freeze }
    """
}
