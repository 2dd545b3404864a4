import Foundation
import Testing
import WebPages

@testable import StatusPage

@Suite("Colours of the status page")
struct ContrastTests {
  /// The colours by their names: those for light grounds, and over them those for dark ones.
  private func palette(dark: Bool) throws -> [String: [Double]] {
    let sheets = PageStyle.sheet + StatusStyle.sheet
    var colors: [String: [Double]] = [:]
    var isDark = false
    for line in sheets.split(separator: "\n") {
      if line.contains("@media") { isDark = line.contains("prefers-color-scheme: dark") }
      if line == "    }" { isDark = false }
      guard dark || !isDark else { continue }
      for match in line.matches(of: /--([a-z-]+): #([0-9a-f]{3,6});/) {
        let digits = match.2.count == 3 ? match.2.flatMap { [$0, $0] } : Array(match.2)
        let bytes = stride(from: 0, to: 6, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
        colors[String(match.1)] = bytes.map { Double($0) / 255 }
      }
    }
    return colors
  }

  /// WCAG 2.1: the ratio of the relative luminances, each with 0.05 of ambient light.
  private func contrast(_ one: [Double], _ other: [Double]) -> Double {
    let lights = [one, other].map { color in
      zip(color, [0.2126, 0.7152, 0.0722]).map { value, weight in
        weight * (value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4))
      }.reduce(0, +)
    }
    return ((lights.max() ?? 0) + 0.05) / ((lights.min() ?? 0) + 0.05)
  }

  @Test("whatever is written stands out from its ground by 4.5:1, and what is drawn by 3:1", arguments: [false, true])
  func pairs(isDark: Bool) throws {
    let colors = try palette(dark: isDark)
    let marks = Mark.allCases.map(\.rawValue)
    let written =
      [("text", "ground"), ("soft", "ground"), ("link", "ground"), ("text", "panel"), ("soft", "panel")]
      + marks.flatMap { [($0, "\($0)-ground"), ($0, "ground"), ("text", "\($0)-ground")] }
    for (color, ground) in written {
      let ratio = contrast(try #require(colors[color]), try #require(colors[ground]))
      #expect(ratio >= 4.5, "\(color) on \(ground)")
    }
    for mark in marks {
      #expect(contrast(try #require(colors[mark]), try #require(colors["line"])) >= 3, "the bar of \(mark)")
    }
    #expect(colors["ground"] == (isDark ? [17, 21, 26] : [255, 255, 255]).map { $0 / 255 })
  }
}
