import Diagnostics
import StructuredText

/// Findings that were there when a workspace was taken over, so that only new ones count.
package struct Baseline: Sendable {
  /// The name of the file, beside `specs/`.
  package static let fileName = ".nines-baseline.json"
  /// What the file says it is.
  private static let version = "baseline/v1"

  /// Why a file is no baseline.
  package struct Fault: Error, Sendable {
    package let reason: String
  }

  package struct Entry: Sendable, Hashable {
    package let code: String
    package let path: String
    package let message: String
    /// Stays when lines move; changes with code, path or message.
    package let fingerprint: String
    /// Why the finding was taken in after the baseline had been begun.
    package let reason: String?
  }

  package let entries: [Entry]
  /// Where it was read; nil for one that is yet to be written.
  let file: SourceFile?
  let fingerprints: Set<String>

  init(_ entries: [Entry], file: SourceFile? = nil) {
    self.entries = entries
    self.file = file
    fingerprints = Set(entries.map(\.fingerprint))
  }
}

// MARK: - Its file

extension Baseline {
  package init(reading file: SourceFile) throws(Fault) {
    let document: JSONValue
    do {
      document = try JSONParser.parse(file.bytes)
    } catch {
      throw Fault(reason: error.description)
    }
    guard document["nines"]?.string == Self.version else {
      throw Fault(reason: "it does not begin with \"nines\": \"\(Self.version)\"")
    }
    guard let findings = document["findings"]?.array else { throw Fault(reason: "it has no list 'findings'") }
    var entries: [Entry] = []
    for (index, finding) in findings.enumerated() {
      guard let code = finding["code"]?.string, let path = finding["path"]?.string,
        let message = finding["message"]?.string, let fingerprint = finding["fingerprint"]?.string
      else {
        throw Fault(reason: "finding \(index + 1) lacks one of 'code', 'path', 'message' and 'fingerprint'")
      }
      entries.append(
        Entry(
          code: code,
          path: path,
          message: message,
          fingerprint: fingerprint,
          reason: finding["reason"]?.string
        )
      )
    }
    self.init(entries, file: file)
  }

  /// As it is written, with a line break at its end.
  package var text: String {
    let document: JSONValue = [
      "nines": .string(Self.version),
      "findings": .array(
        entries.map { entry in
          .record([
            "code": .string(entry.code),
            "path": .string(entry.path),
            "message": .string(entry.message),
            "fingerprint": .string(entry.fingerprint),
            "reason": entry.reason.map { .string($0) },
          ])
        }
      ),
    ]
    return document.text(.pretty)
  }
}

// MARK: - What it changes

extension Baseline {
  /// The diagnostics of a workspace without those that its baseline has.
  struct Outcome {
    let bag: DiagnosticBag
    /// The fingerprints of those that it has.
    let met: Set<String>

    init(of bag: DiagnosticBag, in workspace: Workspace) {
      guard let baseline = workspace.baseline, !baseline.entries.isEmpty else {
        self.bag = bag
        met = []
        return
      }
      let report = DiagnosticReport(files: workspace.files, bag)
      var kept: [Diagnostic] = []
      var met: Set<String> = []
      for (diagnostic, fingerprint) in zip(report.diagnostics, report.fingerprints) {
        if diagnostic.descriptor.isConfigurable, baseline.fingerprints.contains(fingerprint) {
          met.insert(fingerprint)
        } else {
          kept.append(diagnostic)
        }
      }
      self.bag = bag.keeping(kept)
      self.met = met
    }
  }

  /// A finding for every entry that nothing raises any more, in its file.
  ///
  /// Where specs could not be read as a whole nobody knows what they would raise, and nothing is said.
  static func staleEntries(after analyses: [Analysis]) -> [(file: SourceFile?, diagnostic: Diagnostic)] {
    guard let baseline = analyses.lazy.compactMap(\.workspace.baseline).first, let file = baseline.file,
      analyses.allSatisfy({ $0.bag.omitted == 0 && !$0.bag.diagnostics.contains { !$0.descriptor.isConfigurable } })
    else { return [] }
    let met = analyses.reduce(into: Set<String>()) { $0.formUnion($1.baselined) }
    let gone = baseline.entries.filter { !met.contains($0.fingerprint) }
    let setting = analyses.lazy.compactMap {
      $0.catalog.settings.setting(of: DiagnosticDescriptor.staleBaseline.code, at: file.path)
    }.first
    var severity = DiagnosticDescriptor.staleBaseline.severity
    switch setting?.level {
    case .off: return []
    case .reported(let chosen): severity = chosen
    case nil: break
    }
    let places = places(in: file)
    return gone.map { entry in
      let place = places[entry.fingerprint] ?? 0..<0
      return (
        file,
        Diagnostic(
          .staleBaseline,
          severity: severity,
          "nothing in '\(entry.path)' raises this \(entry.code) any more: \(entry.message)",
          at: SourceSpan(file: file.id, start: place.lowerBound, end: place.upperBound),
          fix: DiagnosticFix("run 'nines lint --write-baseline'")
        )
      )
    }
  }

  /// Where the fingerprints stand, found in one pass: no other text of the file is 64 hexadecimal digits in quotes.
  private static func places(in file: SourceFile) -> [String: Range<Int>] {
    var places: [String: Range<Int>] = [:]
    var start = 0
    for (offset, byte) in file.bytes.enumerated() where byte == UInt8(ascii: "\"") {
      if offset - start == 64 { places[file.text(in: start..<offset)] = start..<offset }
      start = offset + 1
    }
    return places
  }
}
