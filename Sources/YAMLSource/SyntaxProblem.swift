import Diagnostics

/// What libyaml rejects, said in words that point at the way out.
struct SyntaxProblem {
  let file: SourceFile
  /// What libyaml says, and where, as a byte offset.
  let problem: String
  let place: Int
  /// What libyaml was reading, and where that began.
  let context: String?
  let contextPlace: Int?
  /// Where the innermost bracket opens that is not closed.
  let openBracket: Int?

  var bytes: [UInt8] { file.bytes }

  var diagnostic: Diagnostic {
    if let tab = indentingTab {
      return diagnostic(
        "a tab indents this line, and YAML is indented with spaces",
        at: tab..<tab + 1,
        fix: "replace the tab with spaces"
      )
    }
    if isInQuotes, problem.hasPrefix("found unexpected") { return unclosedQuote }
    if let quote = RunawayQuote(before: place, in: bytes) { return runaway(quote) }
    if isInFlow { return flowProblem }
    switch problem {
    case "found character that cannot start any token": return strangeStart
    case "could not find expected ':'": return missingColon
    case "mapping values are not allowed in this context": return misplacedColon
    case "did not find expected key": return misplacedInMapping
    case "did not find expected '-' indicator":
      return diagnostic(
        "this line belongs to the list above by its indentation, but does not start with '- '",
        at: word(place),
        note: "the list starts here"
      )
    case "found unknown escape character":
      return diagnostic(
        "\(found(escape)) is not an escape of double-quoted text",
        at: escape,
        fix: "put the text in single quotes, where a backslash stands for itself"
      )
    case "did not find expected alphabetic or numeric character": return namelessAlias
    default: return plainProblem
    }
  }

  private func diagnostic(
    _ message: String,
    at range: Range<Int>,
    note: String? = nil,
    fix: String? = nil
  ) -> Diagnostic {
    var notes: [DiagnosticNote] = []
    if let note, let contextPlace { notes.append(DiagnosticNote(note, at: span(contextPlace..<contextPlace))) }
    return Diagnostic(.notYAML, message, at: span(range), notes: notes, fix: fix.map { DiagnosticFix($0) })
  }

  private func span(_ range: Range<Int>) -> SourceSpan {
    SourceSpan(file: file.id, start: range.lowerBound, end: range.upperBound)
  }
}

extension SyntaxProblem {
  private var isInQuotes: Bool { context?.hasSuffix("quoted scalar") ?? false }

  private var isAtEnd: Bool { place >= bytes.count }

  private var isInFlow: Bool {
    openBracket != nil
      && (problem.hasPrefix("did not find expected ','") || problem == "did not find expected node content")
  }

  private var unclosedQuote: Diagnostic {
    let opening = contextPlace ?? place
    let end = isAtEnd ? "the file ends here" : "the document ends here"
    return Diagnostic(
      .notYAML,
      "the quote that opens here is never closed",
      at: span(opening..<opening + 1),
      notes: [DiagnosticNote(end, at: span(place..<place))]
    )
  }

  /// Where the quote was forgotten is above the place that libyaml stumbles over.
  private func runaway(_ quote: RunawayQuote) -> Diagnostic {
    Diagnostic(
      .notYAML,
      "the quote that opens here is not closed on its line",
      at: span(quote.opening..<quote.opening + 1),
      notes: [
        DiagnosticNote(
          "this one closes it, and \(found(word(place))) follows",
          at: span(quote.closing..<quote.closing + 1)
        )
      ],
      fix: DiagnosticFix("close it where its text ends", safety: .unsafe)
    )
  }

  private var flowProblem: Diagnostic {
    let opening = openBracket ?? place
    let isList = bytes[opening] == UInt8(ascii: "[")
    if isAtEnd {
      return Diagnostic(
        .notYAML,
        "the '\(isList ? "[" : "{")' that opens here is never closed",
        at: span(opening..<opening + 1),
        notes: [DiagnosticNote("the file ends here", at: span(place..<place))]
      )
    }
    let expected = isList ? "a value, ',' or ']'" : "a key, ',' or '}'"
    return Diagnostic(
      .notYAML,
      "\(found(character(place))) stands where \(expected) is expected",
      at: span(character(place)),
      notes: [DiagnosticNote("the \(isList ? "list" : "mapping") opens here", at: span(opening..<opening + 1))],
      fix: flowAdvice(opening)
    )
  }

  /// What most likely went wrong since the bracket.
  private func flowAdvice(_ opening: Int) -> DiagnosticFix? {
    let brackets = [UInt8(ascii: "{"), UInt8(ascii: "[")]
    if brackets.contains(bytes[place]) {
      return DiagnosticFix("put quotes around text with '{', '[' or ',' in it", safety: .unsafe)
    }
    let end = endOfLine(opening)
    guard place > end else { return nil }
    let hasComment = (opening..<end - 1).contains {
      bytes[$0] == UInt8(ascii: " ") && bytes[$0 + 1] == UInt8(ascii: "#")
    }
    return DiagnosticFix(
      hasComment ? "put quotes around text that begins with '#': a comment begins there" : "close it on its line",
      safety: .unsafe
    )
  }

  private var strangeStart: Diagnostic {
    diagnostic(
      "a value cannot start with \(found(character(place)))",
      at: character(place),
      fix: "put the value in quotes"
    )
  }

  private var missingColon: Diagnostic {
    let start = contextPlace ?? place
    let line = start..<endOfLine(start)
    return colonWithoutSpace(in: line)
      ?? diagnostic(
        "this line is neither a key with ':' nor part of a value",
        at: line,
        fix: strangerAdvice(bytes[line])
      )
  }

  /// What other tools leave in a file.
  private func strangerAdvice(_ line: some Collection<UInt8>) -> String? {
    if line.starts(with: "<<<<<<<".utf8) { return "resolve the conflict of the merge" }
    if line.starts(with: "{{".utf8) { return "render the template first: a spec is what comes out of it" }
    return nil
  }

  private var misplacedColon: Diagnostic {
    let lineStart = startOfLine(place)
    if (lineStart..<max(lineStart, place - 1)).contains(where: { isColonWithSpace(at: $0) }) {
      return diagnostic(
        "a second ':' makes another key on this line",
        at: character(place),
        fix: "put the value in quotes if the ':' is part of it"
      )
    }
    let above = startOfLine(max(0, lineStart - 1))
    return colonWithoutSpace(in: above..<max(above, lineStart - 1))
      ?? diagnostic(
        "a key cannot stand here, because the value above it has not ended",
        at: character(place),
        fix: "indent the line like the key it belongs to"
      )
  }

  /// A line such as `owner:payments`, which is meant as a key and is none.
  private func colonWithoutSpace(in line: Range<Int>) -> Diagnostic? {
    guard let colon = line.first(where: { bytes[$0] == UInt8(ascii: ":") }), colon > line.lowerBound,
      !line.contains(where: { isColonWithSpace(at: $0) }), colon + 1 < line.upperBound
    else { return nil }
    return diagnostic(
      "a ':' makes a key only with a space behind it",
      at: colon..<colon + 1,
      fix: "put a space behind the ':'"
    )
  }

  private func isColonWithSpace(at offset: Int) -> Bool {
    bytes[offset] == UInt8(ascii: ":") && offset + 1 < bytes.count && bytes[offset + 1] <= 0x20
  }

  private var misplacedInMapping: Diagnostic {
    let isFirstInLine = bytes[startOfLine(place)..<place].allSatisfy { $0 == UInt8(ascii: " ") }
    return isFirstInLine
      ? diagnostic(
        "the indentation of this line fits none of the mappings above",
        at: word(place),
        note: "the innermost mapping starts here"
      )
      : diagnostic(
        "\(found(word(place))) follows a value that has already ended",
        at: word(place),
        fix: "put the whole value in quotes, or write a quote inside single quotes twice"
      )
  }

  private var namelessAlias: Diagnostic {
    let start = contextPlace ?? place
    let isAlias = context == "while scanning an alias"
    return diagnostic(
      "'\(isAlias ? "*" : "&")' starts an \(isAlias ? "alias" : "anchor"), whose name is of letters, digits, '-' and '_'",
      at: start..<start + 1,
      fix: "put the value in quotes if the '\(isAlias ? "*" : "&")' is part of it"
    )
  }

  /// The problems whose words need no look at the text.
  private var plainProblem: Diagnostic {
    let message =
      switch problem {
      case "block sequence entries are not allowed in this context": "a list item cannot start on the line of its key"
      case "mapping keys are not allowed in this context": "a key cannot start here"
      case "did not find expected node content": "\(found(character(place))) stands where a value is expected"
      case "did not find expected hexdecimal number":
        "an escape with \\x, \\u or \\U needs 2, 4 or 8 hexadecimal digits"
      case "found invalid Unicode character escape code": "this escape names no Unicode character"
      case "did not find expected comment or line break": "text stands on the line of '|' or '>'; it begins on the next"
      case "found an indentation indicator equal to 0": "the indentation after '|' or '>' is from 1 to 9, not 0"
      case "did not find expected <document start>": "text follows the end of the document without a '---' line"
      case "found undefined tag handle": "the tag handle is not declared"
      case "found incompatible YAML document": "the document asks for a version of YAML other than 1.1 and 1.2"
      case "found unknown directive name": "only %YAML and %TAG are directives"
      case "found duplicate %YAML directive", "found duplicate %TAG directive": "the directive is given twice"
      default: "\(context ?? "while reading") the parser \(problem)"
      }
    return diagnostic(
      message,
      at: character(place),
      note: context.map { $0.hasPrefix("while") ? "\($0.dropFirst(6)) that starts here" : $0 }
    )
  }
}

extension SyntaxProblem {
  /// A tab in front of the text of the line where libyaml stopped; between brackets tabs do no harm.
  private var indentingTab: Int? {
    guard openBracket == nil else { return nil }
    let start = startOfLine(place)
    let indentation = bytes[start...].prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    guard place <= indentation.endIndex || problem.hasPrefix("mapping values") else { return nil }
    return indentation.firstIndex(of: UInt8(ascii: "\t"))
  }

  private func startOfLine(_ offset: Int) -> Int {
    var start = min(offset, bytes.count)
    while start > 0, bytes[start - 1] != 0x0A, bytes[start - 1] != 0x0D { start -= 1 }
    return start
  }

  /// Without trailing blanks.
  private func endOfLine(_ offset: Int) -> Int {
    var end = min(offset, bytes.count)
    while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    while end > offset, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
    return end
  }

  /// The code point at an offset; empty at the end of a line or of the file.
  private func character(_ offset: Int) -> Range<Int> {
    guard offset < bytes.count, bytes[offset] != 0x0A, bytes[offset] != 0x0D else { return offset..<offset }
    var end = offset + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return offset..<end
  }

  /// What stands at an offset up to a blank, at least one code point.
  private func word(_ offset: Int) -> Range<Int> {
    var end = character(offset).upperBound
    while end < bytes.count, end - offset < 60, bytes[end] > 0x20 { end += 1 }
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return offset..<end
  }

  /// The backslash at the place of the problem and the character behind it.
  private var escape: Range<Int> { place..<max(place, character(place + 1).upperBound) }

  private func found(_ range: Range<Int>) -> String {
    if !range.isEmpty { return "'\(file.text(in: range))'" }
    return range.lowerBound >= bytes.count ? "the end of the file" : "the end of the line"
  }
}

extension TreeBuilder {
  mutating func report(_ failure: SyntaxFailure, into bag: inout DiagnosticBag) {
    let problem = SyntaxProblem(
      file: file,
      problem: failure.problem,
      place: cursor.offset(of: failure.place),
      context: failure.context,
      contextPlace: failure.contextPlace.map { cursor.offset(of: $0) },
      openBracket: innermostBracket
    )
    bag.report(problem.diagnostic)
  }
}
