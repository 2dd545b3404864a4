import Diagnostics
import Foundation
import NinesCompiler
import Quantities
import TestSupport
import Testing

extension MistakeList: CustomTestStringConvertible {
  package var testDescription: String { (path as NSString).lastPathComponent }

  /// Only asked for by `UPDATE_GOLDENS=1`.
  func rewrite(_ found: [FoundMistake]) throws {
    let blocks = zip(mistakes, found).map { mistake, found in
      (mistake.written + (mistake.saysHow ? ["="] : []) + found.lines).joined(separator: "\n")
    }
    try (blocks.joined(separator: "\n\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
  }

  /// As of the day on which everything in the spec is in date.
  static func report(on text: String) -> DiagnosticReport {
    let zones = ["UTC", "Europe/Berlin"]
    let compiler = Compiler(today: CalendarDate(dayNumber: 20_780)) { zones.contains($0) ? .utc : nil }
    return compiler.analyze(Workspace(["shop.yaml": text])).report
  }
}

extension Mistake {
  func found(in base: String) throws -> FoundMistake {
    let report = MistakeList.report(on: try text(in: base))
    let lines = report.diagnostics.flatMap { diagnostic -> [String] in
      let file = report.file(diagnostic.span.file)
      let place = "  \(Self.marked(diagnostic.span, in: file))"
      let way = diagnostic.fix.map { "  → \($0.title)" }
      let notes = diagnostic.notes.map { note in
        let place = note.span.map { ": \(Self.marked($0, in: report.file($0.file)))" } ?? ""
        return "  · \(note.message)\(place)"
      }
      return ["\(diagnostic.descriptor.code) \(diagnostic.message)", place] + notes + [way].compactMap(\.self)
    }
    return FoundMistake(lines: lines, diagnostics: report.diagnostics)
  }

  /// The line with guillemets around what is underlined; of several lines the first.
  private static func marked(_ span: SourceSpan, in file: SourceFile) -> String {
    let text = file.bytes
    let newline = UInt8(ascii: "\n")
    let start = text[..<Int(span.start)].lastIndex(of: newline).map { $0 + 1 } ?? 0
    let end = text[Int(span.start)...].firstIndex(of: newline) ?? text.count
    let underlined = text[Int(span.start)..<min(Int(span.end), end)]
    let parts = [text[start..<Int(span.start)], underlined, text[min(Int(span.end), end)..<end]]
    let words = parts.map { String(decoding: $0, as: UTF8.self) }
    let marked = "\(words[0])«\(words[1])\(Int(span.end) > end ? " …" : "")»\(words[2])"
    return String(marked.drop { $0 == " " })
  }
}

/// What is said about a mistake, as its list has it.
struct FoundMistake {
  let lines: [String]
  let diagnostics: [Diagnostic]
}
