import Diagnostics
import Quantities
import YAMLSource

extension ValueReader where Value == AgreementSpec {
  static let agreement = ValueReader.record(
    Noun("an agreement", "agreements"),
    Key("with", .text(Noun("a customer", "customers"), examples: ["customers"]), "whom it was promised to"),
    optional: [
      .key("title", .text, "what people call it") { $0.title = $1 },
      .key("description", .text, "what it is about", insteadOf: ["meaning"]) { $0.description = $1 },
      .key(
        "promises",
        .named(ValueReader<ObjectiveExpression>.objectiveExpression.map { PromiseSpec(expression: $0) }),
        "what was promised of indicators, each like an objective"
      ) { $0.promises = $1 },
      .key("responses", .named(.response), "promises to act within a time") { $0.responses = $1 },
      .key("remedies", .list(of: ValueReader<RemedySpec>.remedy.located), "what happens when it is not kept") {
        $0.remedies = $1
      },
      .key("excluding", .excluding, "maintenance and exclusions that do not count") { $0.excluding = $1 },
      .key("starts", .start, "when it comes into force", insteadOf: ["from"]) { $0.starts = $1 },
    ]
  ) { AgreementSpec(with: $0) }
}

extension ValueReader where Value == Located<AgreementSpec.Start> {
  /// A date, or words.
  fileprivate static let start = ValueReader.scalar(
    ScalarShape(
      Noun("a date or text", "dates or texts"),
      .text(pattern: Pattern.dateOrText, as: .any),
      examples: ["2026-01-01"]
    )
  ) { node, context in
    guard !node.textBytes.allSatisfy(\.isSpace) else {
      context.report(.malformedValue, "\(context.subjectText) is empty", at: node.span)
      return nil
    }
    do throws(QuantityError) {
      return .date(try CalendarDate(readingUTF8: node.textBytes))
    } catch {
      // What begins like a date is meant as one.
      guard let first = node.textBytes.first, first.isDigit || first == UInt8(ascii: "-") else {
        return .text(node.text)
      }
      context.report(error, in: node, example: nil)
      return nil
    }
  }
}

extension ValueReader where Value == ResponseSpec {
  /// A promise alone, or a mapping with what has to keep it.
  fileprivate static let response = ValueReader.either(
    scalar: promise,
    collection: .record(
      Noun("a response", "responses"),
      Key("promise", promise, "what is promised"),
      optional: [
        .key("severity", .severity, "the severity whose times have to keep it") { $0.severity = $1 },
        .key("measured-by", .text, "an indicator, or words", insteadOf: ["measured"]) { $0.measuredBy = $1 },
      ]
    ) { $0 }
  )

  private static let promise = ValueReader.expression(
    Noun("a promise to act within a time", "promises to act within a time"),
    pattern: Pattern.promiseToAct,
    examples: ["acknowledge within 48h"],
    as: .malformedValue,
    parse: ResponseSpec.parse
  )
}

/// The keys of a remedy before they have been judged together.
private struct RemedyDraft: Sendable {
  var below: Located<Ratio>?
  var credit: Located<Ratio>?
  var restoreFrom: Located<String>?
  var action: Located<String>?
}

extension ValueReader where Value == RemedySpec {
  private static let measures = ["credit", "restore-from", "action"]

  fileprivate static let remedy = ValueReader.record(
    Noun("a remedy", "remedies"),
    optional: [
      OptionalKey<RemedyDraft>.key("below", .ratio, "the measured share below which a credit is given") {
        $0.below = $1
      },
      .key("credit", .ratio, "the share of the price that is given back") { $0.credit = $1 },
      .key("restore-from", .reference(to: Noun("a backup", "backups"), example: "daily-backup"), "a backup") {
        $0.restoreFrom = $1
      },
      .key("action", .text, "what is done") { $0.action = $1 },
    ],
    rules: [
      .exactlyOne(measures), .companion("below", of: ["credit"]), .companion("credit", of: ["below"]),
    ],
    make: { RemedyDraft() }
  ) { draft, fields, context in
    if fields["below"] != nil, fields["credit"] == nil {
      context.reportMissingKey("'credit'", of: fields, example: "credit: 10%")
      return nil
    }
    switch context.exactlyOne(of: measures, in: fields) {
    case "credit":
      guard fields["below"] != nil else {
        context.reportMissingKey("'below'", of: fields, example: "below: 99.5%")
        return nil
      }
      guard let below = draft.below, let credit = draft.credit else { return nil }
      return .credit(below: below, credit: credit)
    case "restore-from": return draft.restoreFrom.map { .restore(from: $0) }
    case "action": return draft.action.map { .action($0) }
    case _: return nil
    }
  }
}
