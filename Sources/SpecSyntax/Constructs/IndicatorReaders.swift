import Diagnostics
import PromQL
import Quantities
import YAMLSource

/// The keys of an indicator before they have been judged together.
private struct IndicatorDraft: Sendable {
  var good: [QuerySpec]?
  var bad: [QuerySpec]?
  var valid: [QuerySpec]?
  var distribution: QueryText<VectorSelector>?
  var downWhen: [Located<DownConditionSpec>]?
  var gauge: QueryText<VectorSelector>?
  var across: Located<IndicatorSpec.SeriesJoin>?
  var slice: Located<TimeSpan>?
  var attested: AttestationSpec?
  var uses: PresetSpec?
  var title: Located<String>?
  var meaning: Located<String>?
  var unit: Located<String>?
  var excluding: [Located<String>] = []
  var criteria: CriteriaSpec?
  var measurement: [Located<String>] = []
}

extension ValueReader where Value == IndicatorSpec {
  static let indicator = ValueReader.record(
    Noun("an indicator", "indicators"),
    optional: kinds + remarks,
    rules: IndicatorDraft.rules,
    make: { IndicatorDraft() }
  ) { draft, fields, context in
    guard let kind = draft.kind(fields, &context) else { return nil }
    return IndicatorSpec(
      kind: kind,
      title: draft.title,
      meaning: draft.meaning,
      unit: draft.unit,
      excluding: draft.excluding,
      criteria: draft.criteria,
      measurement: draft.measurement
    )
  }

  private static let queries = ValueReader<[QuerySpec]>.listOrSingle(of: .query)

  private static let kinds: [OptionalKey<IndicatorDraft>] = [
    .key("good", queries, "the events that went well", insteadOf: ["success", "successes", "goodEvents"]) {
      $0.good = $1
    },
    .key("bad", queries, "the events that went wrong", insteadOf: ["errors", "error", "failures"]) { $0.bad = $1 },
    .key("valid", queries, "the events that count", insteadOf: ["total", "all", "totalEvents"]) { $0.valid = $1 },
    .key(
      "distribution",
      .histogram,
      "a histogram of durations, sizes or rates",
      insteadOf: ["histogram", "latency", "success-histogram"]
    ) { $0.distribution = $1 },
    .key("down-when", .listOrSingle(of: .downCondition), "what makes a slice of time down", insteadOf: ["down"]) {
      $0.downWhen = $1
    },
    .key("gauge", .gauge, "a value that is judged once per slice") { $0.gauge = $1 },
    .key(
      "across",
      ValueReader<Located<IndicatorSpec.SeriesJoin>>.word(
        Noun("a way to join series", "ways to join series"),
        insteadOf: ["average": .avg, "mean": .avg]
      ),
      "how the series of a gauge become one"
    ) { $0.across = $1 },
    .key("slice", .interval, "the length of a slice of time") { $0.slice = $1 },
    .key("attested", .attestation, "a dated, owned statement that stands in for a measurement") { $0.attested = $1 },
    .key("uses", .preset, "common instrumentation by name", insteadOf: ["preset", "plugin"]) { $0.uses = $1 },
  ]

  private static let remarks: [OptionalKey<IndicatorDraft>] = [
    .key("title", .text, "what people call it") { $0.title = $1 },
    .key("meaning", .text, "what it means", insteadOf: ["description"]) { $0.meaning = $1 },
    .key("unit", .unit, "the unit of a distribution or gauge, where neither contract nor name tells") { $0.unit = $1 },
    .key("excluding", .excluding, "maintenance and exclusions that do not count", insteadOf: ["exclude"]) {
      $0.excluding = $1
    },
    .key("criteria", .criteria, "for people: what counts as good, as bad, and what does not count") {
      $0.criteria = $1
    },
    .key("measurement", .texts, "for people: how and where it is measured") { $0.measurement = $1 },
  ]
}

extension IndicatorDraft {
  /// The keys of which an indicator has one, besides `valid`, which goes with `good` and `bad`.
  private static let kindKeys = ["good", "bad", "distribution", "down-when", "gauge", "attested", "uses"]
  private static let companions = [
    "valid": ["good", "bad"], "across": ["gauge"], "slice": ["down-when", "gauge"], "unit": ["distribution", "gauge"],
  ]

  static let rules: [KeyRule] =
    [.exactlyOne(kindKeys), .companion("good", of: ["valid"]), .companion("bad", of: ["valid"])]
    + ["good", "bad", "valid", "down-when"].map { .itemOf($0) }
    + companions.sorted { $0.key < $1.key }.map { companion, owners in
      // A preset's metric may be told in another unit than its name says.
      .companion(companion, of: companion == "unit" ? owners + ["uses"] : owners)
    }

  /// The kind that the keys decide; nil where they decide none, or where what they need could not be read.
  func kind(_ fields: RecordFields, _ context: inout ReadContext) -> IndicatorSpec.Kind? {
    guard let key = Self.kindKey(fields, &context) else { return nil }
    for (companion, owners) in Self.companions.sorted(by: { $0.key < $1.key }) where !owners.contains(key) {
      guard let entry = fields[companion], !(companion == "unit" && key == "uses") else { continue }
      context.reportWrongShape(
        "'\(companion)' does not go with '\(key)', only with \(owners.quotedAlternatives)",
        at: entry.key.span
      )
    }
    switch key {
    case "good": return ratio(.good, good, fields, &context)
    case "bad": return ratio(.bad, bad, fields, &context)
    case "distribution": return distribution.map { .distribution($0) }
    case "down-when":
      guard let downWhen, !downWhen.isEmpty else {
        context.reportEmptyLists([downWhen?.count], fields, [key])
        return nil
      }
      return .time(downWhen: downWhen, slice: slice)
    case "gauge": return gauge.map { .gauge($0, across: across, slice: slice) }
    case "attested": return attested.map { .attested($0) }
    default: return uses.map { .preset($0) }
    }
  }

  private static func kindKey(_ fields: RecordFields, _ context: inout ReadContext) -> String? {
    if fields["valid"] != nil, kindKeys.allSatisfy({ fields[$0] == nil }) {
      context.reportMissingKey("'good' or 'bad'", of: fields, example: nil)
      return nil
    }
    return context.exactlyOne(of: kindKeys, in: fields)
  }

  private func ratio(
    _ side: IndicatorSpec.RatioSide,
    _ numerator: [QuerySpec]?,
    _ fields: RecordFields,
    _ context: inout ReadContext
  ) -> IndicatorSpec.Kind? {
    guard fields["valid"] != nil else {
      context.reportMissingKey("'valid'", of: fields, example: "valid: http_requests_total")
      return nil
    }
    guard let numerator, let valid, !numerator.isEmpty, !valid.isEmpty else {
      context.reportEmptyLists([numerator?.count, valid?.count], fields, [side.rawValue, "valid"])
      return nil
    }
    return .ratio(side, numerator: numerator, valid: valid)
  }
}

extension ReadContext {
  /// A list without any item, where one that could not be read has not been reported already.
  fileprivate mutating func reportEmptyLists(_ counts: [Int?], _ fields: RecordFields, _ keys: [String]) {
    for (count, key) in zip(counts, keys) {
      guard count == 0, let entry = fields[key], entry.value.elements.isEmpty else { continue }
      reportWrongShape("'\(key)' is an empty list; at least one item is meant", at: entry.value.span)
    }
  }
}

extension ValueReader where Value == CriteriaSpec {
  fileprivate static let criteria = ValueReader.record(
    Noun("the criteria of an indicator", "criteria"),
    optional: [
      .key("good", .texts, "what counts as good") { $0.good = $1 },
      .key("bad", .texts, "what counts as bad") { $0.bad = $1 },
      .key("excluded", .texts, "what does not count", insteadOf: ["excluding"]) { $0.excluded = $1 },
    ]
  ) { CriteriaSpec() }
}

extension ValueReader where Value == AttestationSpec {
  fileprivate static let attestation = ValueReader.record(
    Noun("an attestation", "attestations"),
    Key("statement", .text, "what is stated"),
    Key("by", .text(Noun("a person or team", "people")), "who states it"),
    Key("on", .date, "when it was stated"),
    Key("renew", .interval, "how long the statement holds"),
    optional: [
      .key("evidence", .address, "where the evidence is found") { $0.evidence = $1 }
    ],
    lastKeys: ["by", "on", "renew"]
  ) { AttestationSpec(statement: $0, by: $1, on: $2, renew: $3) }
}

extension ValueReader where Value == PresetSpec {
  fileprivate static let preset = ValueReader.record(
    Noun("a preset", "presets"),
    Key("preset", .text(Noun("the name of a preset", "presets"), examples: ["prometheus/http-server"]), "its name"),
    optional: [OptionalKey<Located<String>>](),
    others: MapShape(
      keys: NameForm.text.shape,
      values: ValueReader<Located<String>>.text(Noun("a parameter", "parameters")).shape
    ),
    make: { $0 }
  ) { name, fields, context in
    let reader = ValueReader<Located<String>>.text(Noun("a parameter", "parameters"))
    let parameters = fields.others.compactMap { entry -> NamedText? in
      context.reading(.value(of: entry.key)) { reader.read(entry.value, &$0) }.map {
        Named(Located(entry.key.text, at: entry.key.span), $0, span: entrySpan(entry.key, entry.value))
      }
    }
    return PresetSpec(name: name, parameters: parameters)
  }
}
