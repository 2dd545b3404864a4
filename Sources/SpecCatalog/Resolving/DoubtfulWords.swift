import Diagnostics
import SpecSyntax

/// The words of everything that could not be read or resolved.
///
/// A name among them may be used, or declared, by what is in error, so that nobody can say that it is not.
enum DoubtfulWords {
  static func of(
    _ files: [(file: SourceFile, spec: SpecFile)],
    after reading: DiagnosticBag,
    _ resolving: DiagnosticBag
  ) -> Set<String> {
    guard reading.hasErrors || resolving.hasErrors else { return [] }
    let syntax = Set(SyntaxDiagnostics.all.map(\.code))
    let errors = resolving.diagnostics.filter { $0.severity == .error }
    var words: Set<String> = []
    for (file, spec) in files {
      // What is no YAML may leave out any part of its file.
      let isCut = reading.diagnostics.contains {
        $0.span.file == file.id && $0.severity == .error && !syntax.contains($0.descriptor.code)
      }
      let places = isCut ? [0..<file.bytes.count] : places(in: spec, errors.map(\.span))
      for place in places { insertWords(of: file.bytes[place.clamped(to: 0..<file.bytes.count)], into: &words) }
    }
    // A misspelt name most likely means the nearest.
    for edit in errors.compactMap(\.fix).flatMap(\.edits) {
      insertWords(of: Array(edit.replacement.utf8)[...], into: &words)
    }
    return words
  }

  private static func places(in spec: SpecFile, _ errors: [SourceSpan]) -> [Range<Int>] {
    spec.documents.flatMap { document in
      document.unread.places.map(\.range)
        + document.declarations.filter { place in errors.contains { place.contains($0) } }.map(\.range)
    }
  }

  private static func insertWords(of bytes: ArraySlice<UInt8>, into words: inout Set<String>) {
    for word in bytes.split(whereSeparator: { !isPartOfName($0) }) {
      words.insert(String(decoding: word, as: UTF8.self))
      // A colon is part of some metrics' names, and the end of every key.
      if word.last == UInt8(ascii: ":") { words.insert(String(decoding: word.dropLast(), as: UTF8.self)) }
    }
  }

  private static func isPartOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":"), 0x80...0xFF:
      true
    default: false
    }
  }
}

extension SpecDocument {
  /// The entries that an error inside leaves without effect, at least in part.
  fileprivate var declarations: [SourceSpan] {
    let judged = objectives.map(\.span) + journeys.flatMap { $0.value.objectives.map(\.span) } + agreements.map(\.span)
    let measured = metrics.map(\.span) + indicators.map(\.span) + policies.map(\.span)
    let told = alerts.map(\.span) + channels.map(\.span) + severities.map(\.span) + dashboards.map(\.span)
    return judged + measured + told + exclusions.map(\.span) + overrides.map(\.span) + signoffs.map(\.span)
  }
}

extension SourceSpan {
  fileprivate func contains(_ other: SourceSpan) -> Bool {
    file == other.file && start <= other.start && other.end <= end
  }
}
