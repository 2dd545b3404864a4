import Diagnostics
import NinesCompiler
import PlanModel
import Quantities
import RuleReplay

/// Why an incident's spec did not compile.
package struct SpecError: Error, CustomStringConvertible {
  package let description: String

  init(description: String) {
    self.description = description
  }
}

/// How the alerts of a budget are made.
package enum Scheme: String, Sendable, CaseIterable {
  case budget
  case classic
}

extension Incident {
  /// The spec of the service, as an author would write it; the first midnight is a second since 1970.
  package func spec(_ scheme: Scheme, midnight: Int) -> String {
    let windows = maintenance.map { stretch in
      let start = Instant(unixSeconds: Int64(midnight) + Int64(stretch.start * 60))
      return "      - { start: \(start), duration: \(Int(stretch.minutes))m }"
    }
    let maintenance =
      windows.isEmpty ? "" : "maintenance:\n  upgrade:\n    windows:\n\(windows.joined(separator: "\n"))\n"
    return """
      nines: v1
      service: shop
      owner: web
      policy: none
      indicators:
        requests:
          bad: http_requests_total{job="shop", code="500"}
          valid: http_requests_total{job="shop"}
          \(windows.isEmpty ? "" : "excluding: [upgrade]")
      \(maintenance)
      objectives:
        availability:
          objective: requests >= \(percent)% over \(window)
          alerts: \(scheme.rawValue)
      """
  }

  /// `0.999` as `99.9`.
  private var percent: String {
    let digits = Array(target.drop { $0 != "." }.dropFirst().prefix { $0.isNumber })
    let padded = digits + Array(repeating: "0", count: max(0, 2 - digits.count))
    let fraction = padded.dropFirst(2)
    return String(padded.prefix(2)) + (fraction.isEmpty ? "" : "." + String(fraction))
  }

  /// The rules that the compiler makes of the spec.
  package func rules(_ scheme: Scheme, midnight: Int = Self.midnight) throws -> [RuleGroup] {
    let settings = SourceFile(
      id: FileID(0),
      path: "nines.yaml",
      text: "nines: v1\ninterval: \(History.step)s\nscrape-interval: \(History.step)s\n"
    )
    let spec = SourceFile(id: FileID(1), path: "specs/shop.yaml", text: spec(scheme, midnight: midnight))
    let compiler = Compiler(today: CalendarDate(dayNumber: Self.midnight / 86_400)) { _ in .utc }
    let workspace = Workspace(name: "", folderName: "shop", settings: settings, specs: [spec])
    let compilation = compiler.compile([workspace])
    guard let output = compilation.outputs?.first else {
      throw SpecError(description: "\(id): \(compilation.report.text(as: .text))")
    }
    return output.plan.ruleGroups
  }
}
