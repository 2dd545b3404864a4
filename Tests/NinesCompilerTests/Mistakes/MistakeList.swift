import Diagnostics
import Foundation
import NinesCompiler
import Quantities
import Testing

/// A file of mistakes, each made in one spec that has no other.
///
/// `-` is what stands in the spec, `+` what somebody writes instead (nothing, where it is left out), and what follows is
/// said about it: the code and message, the place with marks around what is underlined, remarks, and the way out. `=` says
/// that the message itself tells what to do.
struct MistakeList: Sendable, CustomTestStringConvertible {
  let path: String
  let base: String
  let mistakes: [Mistake]

  var testDescription: String { (path as NSString).lastPathComponent }

  static func all() throws -> [MistakeList] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Lists"
    let base = try String(contentsOfFile: "\(folder)/shop.yaml", encoding: .utf8)
    return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".txt") }.sorted().map {
      let text = try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)
      let mistakes = text.components(separatedBy: "\n\n").map(Mistake.init)
      return MistakeList(path: "\(folder)/\($0)", base: base, mistakes: mistakes)
    }
  }

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

/// One slip of the pen.
struct Mistake: Sendable {
  let written: [String]
  let expected: [String]
  let saysHow: Bool

  init(_ block: String) {
    let lines = block.components(separatedBy: "\n").filter { !$0.isEmpty }
    written = lines.filter { $0.hasPrefix("-") || $0.hasPrefix("+") }
    saysHow = lines.contains("=")
    expected = lines.filter { !$0.hasPrefix("-") && !$0.hasPrefix("+") && $0 != "=" }
  }

  var heading: String { written.joined(separator: "\n") }

  private func side(_ sign: Character) -> String {
    written.filter { $0.first == sign }.map { String($0.dropFirst(2)) }.joined(separator: "\n")
  }

  /// The spec with the mistake in it.
  func text(in base: String) throws -> String {
    let old = side("-")
    let new = side("+")
    // Where all of a line goes, its end goes with it.
    let place = try #require(base.range(of: old), "the spec has no such text: \(heading)")
    let isLeftOut = !written.contains { $0.hasPrefix("+") }
    if isLeftOut, place.upperBound < base.endIndex {
      return base.replacingCharacters(in: place.lowerBound..<base.index(after: place.upperBound), with: "")
    }
    return base.replacingCharacters(in: place, with: new)
  }

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
