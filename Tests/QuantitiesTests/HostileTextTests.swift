import Quantities
import TestSupport
import Testing

@Suite("Text from strangers")
struct HostileTextTests {
  static let types: [any Readable.Type] = [
    Rational.self, Ratio.self, Target.self, TimeSpan.self, Unit.self, Quantity.self, Count.self, EventRate.self,
    TimeRate.self, TimeWindow.self, CalendarDate.self, CalendarQuarter.self, Instant.self, Percentile.self,
    Comparison.self,
  ]

  private static let parts = [
    "0", "1", "5", "30", "99", "99.5", "0.995", "500_000", "1,000", "18446744073709551616", "00", "_", ".", ",", "-",
    "+",
    "%", "s", "ms", "m", "h", "d", "w", "y", "us", "µs", "sec", "min", "hours", "month", "months", "quarter", "/", " ",
    "  ",
    "\t", "per", "-per-", "in", "calendar", "calendar ", "calendar month", "Europe/Berlin", "..", "Mbps", "MiB", "GB",
    "gb",
    "vCPUh", "bytes", "percent", "k", "M", "p", "p99", "P", "th", "<", "<=", "≥", "2025-01-15", "T", "10:00:00", "Z",
    "z",
    "+01:00", "Q1", "2026", "\0", "\u{1B}[31m", "\u{202E}", "é", "日本", "🔥", "x",
  ]

  @Test("nothing traps, errors point inside the text, and what they suggest reads", arguments: 0..<15)
  func combinations(_ index: Int) {
    func check<Value: Readable>(_ type: Value.Type) {
      var random = SeededGenerator(seed: UInt64(index) + 100)
      for _ in 0..<1_500 {
        let count = Int.random(in: 0...6, using: &random)
        expectSound(type, (0..<count).compactMap { _ in Self.parts.randomElement(using: &random) }.joined())
      }
    }
    check(Self.types[index])
  }

  @Test("any bytes at all are read or refused", arguments: 0..<15)
  func bytes(_ index: Int) {
    func check<Value: Readable>(_ type: Value.Type) {
      var random = SeededGenerator(seed: UInt64(index) + 200)
      for _ in 0..<1_000 {
        let bytes = (0..<Int.random(in: 0...12, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        do {
          _ = try Value(readingUTF8: bytes)
        } catch {
          #expect(error.range.lowerBound >= 0 && error.range.upperBound <= bytes.count)
        }
      }
    }
    check(Self.types[index])
  }

  @Test(
    "a very long text is answered with a short message",
    arguments: ["1", "9", "_", ".", ",", "s", "-", " ", "%", "1s", "1_", "\u{FF}", "per ", "/", "calendar ", "p9"]
  )
  func longTexts(_ part: String) {
    let text = String(repeating: part, count: 1 << 16 / part.utf8.count)
    func check<Value: Readable>(_ type: Value.Type) {
      do {
        _ = try Value(reading: text)
        Issue.record("read a very long text as \(type)")
      } catch {
        #expect(error.message.utf8.count < 1_000)
        #expect(error.range.upperBound <= text.utf8.count)
        #expect((error.suggestion ?? "").utf8.count < 1_000)
      }
    }
    for type in Self.types { check(type) }
  }

  private func expectSound<Value: Readable>(_ type: Value.Type, _ text: String) {
    do {
      let value = try Value(reading: text)
      if !readsBack(value) { Issue.record("'\(value)' for '\(text)' does not read back as \(type)") }
    } catch {
      let isInside = error.range.lowerBound >= 0 && error.range.upperBound <= text.utf8.count
      let isPlain = error.message.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E }
      if !isInside || !isPlain || error.message.isEmpty || error.message.hasSuffix(".") || error.suggestion == text {
        Issue.record("\(error.message) at \(error.range) for '\(text)' as \(type)")
      }
      if let suggestion = error.suggestion, !reads(type, suggestion) {
        Issue.record("'\(suggestion)', suggested for '\(text)', does not read as \(type)")
      }
    }
  }

  private func reads<Value: Readable>(_ type: Value.Type, _ text: String) -> Bool {
    do {
      _ = try Value(reading: text)
      return true
    } catch {
      return false
    }
  }

  /// Whether the value's own text stands for the value; a unit's is a symbol and may be empty.
  private func readsBack<Value: Readable>(_ value: Value) -> Bool {
    if let unit = value as? Unit, unit.symbol.isEmpty { return true }
    do {
      return try Value(reading: "\(value)") == value
    } catch {
      return false
    }
  }
}
