import Foundation
import TestSupport
import Testing

extension Promtool {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// For each expression the reason why promtool refuses it; nothing for those that it accepts.
  static func refusals(of expressions: [String]) throws -> [String?] {
    var refusals = [String?](repeating: nil, count: expressions.count)
    var start = 0
    while start < expressions.count {
      let batch = start..<min(start + 4_000, expressions.count)
      let output = try verdict("check", on: rules(expressions[batch]))
      try read(output, of: batch, into: &refusals)
      start = batch.upperBound
    }
    return refusals
  }

  /// Those of some scalar expressions that promtool, evaluating them, does not find equal to their partner.
  static func unequal(_ pairs: [(String, String)]) throws -> [(String, String)] {
    var lines = ["rule_files: []", "tests:", "- interval: 1m", "  promql_expr_test:"]
    for (left, right) in pairs {
      // Not-a-number differs from itself, so that it is tested for on both sides.
      let equal = "vector((\(left)) == bool (\(right)))"
      let bothNaN = "vector(((\(left)) != bool (\(left))) * ((\(right)) != bool (\(right))))"
      lines.append("  - expr: \(quoted("\(equal) + \(bothNaN)"))")
      lines.append("    eval_time: 1m")
      lines.append("    exp_samples: [{value: 1}]")
    }
    let output = try verdict("test", on: lines.joined(separator: "\n"))
    return pairs.filter { output.contains("vector((\($0.0)) == bool (\($0.1)))") }
  }

  private static func rules(_ expressions: ArraySlice<String>) -> String {
    var lines = ["groups:", "- name: expressions", "  rules:"]
    for (index, expression) in zip(expressions.indices, expressions) {
      lines.append("  - record: r\(index)")
      lines.append("    expr: \(quoted(expression))")
    }
    return lines.joined(separator: "\n")
  }

  /// A double-quoted YAML scalar on one line.
  private static func quoted(_ text: String) -> String {
    var quoted = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted.unicodeScalars.append(contentsOf: ["\\", scalar])
      case _ where scalar.value < 0x20 || scalar.value > 0x7E:
        let digits = String(scalar.value, radix: 16)
        quoted.append("\\U\(String(repeating: "0", count: 8 - digits.count))\(digits)")
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return "\"\(quoted)\""
  }

  private static func verdict(_ command: String, on text: String) throws -> String {
    let output = try run([command, "rules", "file.yml"], files: ["file.yml": text]).output
    guard output.contains("SUCCESS") || output.contains("FAILED:") else {
      throw Failure(description: "promtool 2.42 is needed to run this test, and it said: \(output.prefix(500))")
    }
    return output
  }

  /// Reads lines such as `…: group "expressions", rule 3, "r2": could not parse expression: 1:5: parse error: …`.
  private static func read(_ output: String, of batch: Range<Int>, into refusals: inout [String?]) throws {
    var count = 0
    for line in output.split(separator: "\n") {
      guard let start = line.range(of: ", \"r"),
        let end = line.range(of: "\": ", range: start.upperBound..<line.endIndex)
      else {
        continue
      }
      guard let index = Int(line[start.upperBound..<end.lowerBound]), batch.contains(index) else {
        throw Failure(description: "promtool names a rule that it was not given: \(line)")
      }
      refusals[index] = String(line[end.upperBound...])
      count += 1
    }
    guard count > 0 || output.contains("SUCCESS:") else {
      throw Failure(description: "promtool refuses the file, not its rules: \(output.prefix(500))")
    }
  }
}
