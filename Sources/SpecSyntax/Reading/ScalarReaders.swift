import Diagnostics
import Quantities
import YAMLSource

extension ValueReader {
  /// A value that is written as one scalar.
  static func scalar<Content: Sendable>(
    _ shape: ScalarShape,
    read: @escaping @Sendable (YAMLNode, inout ReadContext) -> Content?
  ) -> ValueReader where Value == Located<Content> {
    ValueReader(.scalar(shape)) { node, context in
      guard !node.isUnresolved else { return nil }
      guard node.isScalar, !node.isNull else {
        context.reportWrongShape(node, meant: .scalar(shape))
        return nil
      }
      return read(node, &context).map { Located($0, at: node.span) }
    }
  }

  /// One of the words of an enumeration.
  static func word<Content>(_ noun: Noun, insteadOf synonyms: [String: Content] = [:]) -> ValueReader
  where
    Value == Located<Content>, Content: RawRepresentable<String> & CaseIterable & Sendable
  {
    let words = Content.allCases.map(\.rawValue)
    let shape = ScalarShape(noun, .words(words))
    return scalar(shape) { node, context in
      if let content = Content.allCases.first(where: { node.hasText($0.rawValue) }) { return content }
      context.reportUnknownWord(node, noun, words, meant: synonyms[node.text.lowercased()]?.rawValue)
      return nil
    }
  }
}

extension ValueReader where Value == Located<String> {
  /// Text that says something.
  static let text = text(Noun("text", "texts"))

  static func text(_ noun: Noun, examples: [String] = []) -> ValueReader {
    .scalar(ScalarShape(noun, examples: examples)) { node, context in
      guard !node.textBytes.allSatisfy(\.isSpace) else {
        context.report(.malformedValue, "\(context.subjectText) is empty", at: node.span)
        return nil
      }
      return node.text
    }
  }

  /// A name that this place declares.
  static func name(_ noun: Noun, _ form: NameForm = .name) -> ValueReader {
    let pattern =
      switch form.shape.form {
      case .text(let pattern, as: _): pattern
      case .flag, .integer, .words: String?.none
      }
    let shape = ScalarShape(noun, .text(pattern: pattern, as: .any), examples: form.shape.examples)
    return .scalar(shape) { node, context in form.read(node, &context) }
  }

  /// The name of something that is declared elsewhere: `name`, `service/name` or `service/journey/objective`.
  static func reference(to noun: Noun, example: String) -> ValueReader {
    .scalar(ScalarShape(noun, .text(pattern: Pattern.reference, as: .any), examples: [example])) { node, context in
      guard isReference(node.textBytes) else {
        context.report(
          .malformedValue,
          "\(node.quotedText) is not the name of \(noun.one), such as '\(example)'",
          at: node.span,
          fix: node.textBytes.contains(UInt8(ascii: ","))
            ? .advice("a list of names stands in brackets, without quotes") : nil
        )
        return nil
      }
      return node.text
    }
  }
}

/// Whether a text may be a name with up to two others before it, by the form of references alone.
func isReference(_ bytes: some Collection<UInt8>) -> Bool {
  // Three names and what joins them.
  guard bytes.count <= 3 * NameForm.lengthLimit + 2 else { return false }
  let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
  return parts.count <= 3 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.mayStandInReference) }
}

extension UInt8 {
  /// Generous, so that a name in the wrong form is answered with the nearest that exists.
  var mayStandInReference: Bool {
    isLetter || isDigit || self == UInt8(ascii: "-") || self == UInt8(ascii: "_") || self == UInt8(ascii: ".")
      || self == UInt8(ascii: ":") || self >= 0x80
  }
}

extension ValueReader where Value == Located<Bool> {
  static let flag = ValueReader.scalar(ScalarShape(Noun("true or false", "flags"), .flag)) { node, context in
    if node.hasText("true") { return true }
    if node.hasText("false") { return false }
    let meant: String? =
      switch node.text.lowercased() {
      case "yes", "on", "true", "y", "1": "true"
      case "no", "off", "false", "n", "0": "false"
      default: nil
      }
    context.reportUnknownWord(node, Noun("true or false", "flags"), ["true", "false"], meant: meant)
    return nil
  }
}

extension ValueReader where Value == Located<Int> {
  static func integer(_ noun: Noun, in range: ClosedRange<Int>) -> ValueReader {
    .scalar(ScalarShape(noun, .integer(range), examples: ["\(range.lowerBound)"])) { node, context in
      let bytes = node.textBytes
      guard bytes.count <= 18, bytes.allSatisfy(\.isDigit), let number = Int(node.text), range.contains(number) else {
        context.report(
          .malformedValue,
          "\(node.quotedText) is not \(noun.one), a whole number from \(range.lowerBound) to \(range.upperBound)",
          at: node.span
        )
        return nil
      }
      return number
    }
  }
}

extension ReadContext {
  /// SLO106 for a quantity: the caret under the part at fault, the way out as an edit.
  mutating func report(
    _ error: QuantityError,
    in node: YAMLNode,
    example: String?,
    safety: DiagnosticFix.Safety = .safe
  ) {
    let text = ScalarText(node)
    let whole = 0..<node.textBytes.count
    let fix: DiagnosticFix? =
      if let suggestion = error.suggestion {
        DiagnosticFix.writing(suggestion, over: text.span(of: whole), safety: safety)
      } else {
        example.map { .advice("write it as in '\($0)'") }
      }
    report(.malformedValue, error.message, at: text.span(of: error.range), fix: fix)
  }

  /// SLO106 for a word that is none of those that may stand here.
  mutating func reportUnknownWord(_ node: YAMLNode, _ noun: Noun, _ words: [String], meant: String? = nil) {
    let meant = meant ?? (node.textBytes.count > 64 ? nil : Spelling.nearest(to: node.text, in: words))
    let fix = meant.map { DiagnosticFix.writing($0, over: ScalarText(node).span(of: 0..<node.textBytes.count)) }
    report(
      .malformedValue,
      "\(node.quotedText) is not \(noun.one): \(words.quotedAlternatives)",
      at: node.span,
      fix: fix
    )
  }
}
