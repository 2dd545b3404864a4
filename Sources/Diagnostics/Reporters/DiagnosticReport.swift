/// What a run has to say: the files that it checked and what is wrong in them, in the order in which it is told.
package struct DiagnosticReport: Sendable {
  /// Every file of the run, findings or not.
  package let files: [SourceFile]
  /// By path, start, code and message; each said once.
  package let diagnostics: [Diagnostic]
  /// How many more there were than could be kept.
  package let omitted: Int
  /// What was found and is not told, for reasons that the caller gave.
  package let withheld: Withheld
  /// The files that were asked about; nil is all of them.
  package let checked: Set<FileID>?
  private let fileIndices: [FileID: Int]

  /// How many findings are not told, by the reason.
  package struct Withheld: Sendable, Equatable {
    /// The baseline has them.
    package var inBaseline: Int
    /// They lie in files that nobody asked about.
    package var elsewhere: Int

    package init(inBaseline: Int = 0, elsewhere: Int = 0) {
      self.inBaseline = inBaseline
      self.elsewhere = elsewhere
    }
  }

  /// Every span of a diagnostic lies in one of the files; all of them were asked about where `checked` is nil.
  package init(
    files: [SourceFile],
    diagnostics: [Diagnostic],
    omitted: Int = 0,
    withheld: Withheld = Withheld(),
    checked: Set<FileID>? = nil
  ) {
    self.withheld = withheld
    self.checked = checked
    let indices = Dictionary(files.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.files = files
    self.omitted = omitted
    fileIndices = indices
    self.diagnostics = Self.ordered(diagnostics) { Self.file($0, at: indices, in: files).path }
  }

  package init(files: [SourceFile], _ bag: DiagnosticBag) {
    self.init(files: files, diagnostics: bag.diagnostics, omitted: bag.omitted)
  }

  package func file(_ id: FileID) -> SourceFile {
    Self.file(id, at: fileIndices, in: files)
  }

  /// The report with only some of its findings, and with what became of the others.
  package func keeping(
    _ isKept: (Diagnostic) -> Bool,
    withheld: Withheld,
    checked: Set<FileID>? = nil
  ) -> DiagnosticReport {
    DiagnosticReport(
      files: files,
      diagnostics: diagnostics.filter(isKept),
      omitted: omitted,
      withheld: withheld,
      checked: checked ?? self.checked
    )
  }

  /// The report with other paths for its files.
  package func renamingFiles(_ path: (String) -> String) -> DiagnosticReport {
    DiagnosticReport(
      files: files.map { SourceFile(id: $0.id, path: path($0.path), bytes: $0.bytes) },
      diagnostics: diagnostics,
      omitted: omitted,
      withheld: withheld,
      checked: checked
    )
  }

  /// The files that were asked about, and those with findings.
  var toldFiles: [SourceFile] {
    guard let checked else { return files }
    let found = Set(diagnostics.map(\.span.file))
    return files.filter { checked.contains($0.id) || found.contains($0.id) }
  }

  package func count(of severity: Severity) -> Int {
    diagnostics.count { $0.severity == severity }
  }

  /// The diagnostics of each file that has any, in the order of their paths.
  package var diagnosticsByFile: [FileID: [Diagnostic]] {
    Dictionary(grouping: diagnostics) { $0.span.file }
  }

  private static func file(_ id: FileID, at indices: [FileID: Int], in files: [SourceFile]) -> SourceFile {
    guard let index = indices[id] else { preconditionFailure("a span lies in one of the files of its run") }
    return files[index]
  }

  private static func ordered(_ diagnostics: [Diagnostic], path: (FileID) -> String) -> [Diagnostic] {
    let entries = diagnostics.enumerated().map { Entry(path: path($1.span.file), position: $0, diagnostic: $1) }
    var ordered: [Entry] = []
    for entry in entries.sorted(by: Entry.precedes) {
      let alike = ordered.reversed().prefix { !Entry.differs($0, entry) }
      if !alike.contains(where: { $0.diagnostic == entry.diagnostic }) { ordered.append(entry) }
    }
    return ordered.map(\.diagnostic)
  }
}

/// A diagnostic with all that decides its place.
private struct Entry {
  let path: String
  let position: Int
  let diagnostic: Diagnostic

  static func precedes(_ left: Entry, _ right: Entry) -> Bool {
    if left.path != right.path { return left.path < right.path }
    let (one, other) = (left.diagnostic, right.diagnostic)
    if one.span.start != other.span.start { return one.span.start < other.span.start }
    if one.descriptor.code != other.descriptor.code { return one.descriptor.code < other.descriptor.code }
    if one.message != other.message { return one.message < other.message }
    return left.position < right.position
  }

  static func differs(_ left: Entry, _ right: Entry) -> Bool {
    left.path != right.path || left.diagnostic.span.start != right.diagnostic.span.start
      || left.diagnostic.descriptor != right.diagnostic.descriptor
      || left.diagnostic.message != right.diagnostic.message
  }
}
