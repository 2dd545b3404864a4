import Diagnostics

/// A spec in which guillemets mark the spans that a test speaks of, in their order.
struct MarkedFile {
  let file: SourceFile
  let spans: [SourceSpan]

  init(_ marked: String, index: Int = 0, path: String = "specs/studio.yaml") {
    var bytes: [UInt8] = []
    var open: [Int] = []
    var ranges: [(start: Int, end: Int)] = []
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "«":
        open.append(ranges.count)
        ranges.append((bytes.count, bytes.count))
      case "»":
        if let last = open.popLast() { ranges[last].end = bytes.count }
      default:
        bytes.append(contentsOf: Array(String(scalar).utf8))
      }
    }
    file = SourceFile(id: FileID(index), path: path, bytes: bytes)
    spans = ranges.map { SourceSpan(file: FileID(index), start: $0.start, end: $0.end) }
  }
}

extension DiagnosticDescriptor {
  static let percentilesOutOfOrder = DiagnosticDescriptor(
    code: "SLO303",
    name: "percentiles-out-of-order",
    severity: .error,
    summary: "A higher percentile has the larger bound.",
    rationale: "A p95 below the p50 can never hold: half of all events are slower already.",
    flagged: "p50: latency p50 < 15s\np95: latency p95 < «10s»",
    accepted: "p50: latency p50 < 15s\np95: latency p95 < 30s",
    source: "SRE workbook, chapter 2"
  )

  static let noOwner = descriptor("SLO701", "no-owner", .warning)
  static let crowdedJourney = descriptor("SLO316", "crowded-journey", .info)

  static func descriptor(_ code: String, _ name: String, _ severity: Severity) -> DiagnosticDescriptor {
    DiagnosticDescriptor(
      code: code,
      name: name,
      severity: severity,
      summary: "A summary.",
      rationale: "A rationale.",
      flagged: "a: «b»",
      accepted: "a: c",
      source: "a source"
    )
  }
}

/// One finding with a note, a remark and a fix, over a file of two lines.
struct PercentilesExample {
  let marked = MarkedFile("p50: latency p50 < «15s» over 7d\np95: latency p95 < «10s» over 7d\n")

  var diagnostic: Diagnostic {
    Diagnostic(
      .percentilesOutOfOrder,
      "p95 bound '10s' of 'latency' is below the p50 bound '15s'",
      at: marked.spans[1],
      notes: [DiagnosticNote("the p50 bound is here", at: marked.spans[0]), DiagnosticNote("a remark")],
      fix: DiagnosticFix("write '30s'", edits: [TextEdit(replacing: marked.spans[1], with: "30s")])
    )
  }

  var report: DiagnosticReport {
    DiagnosticReport(files: [marked.file], diagnostics: [diagnostic])
  }
}
