import Diagnostics
import PromQL
import Quantities
import YAMLSource

/// The keys of a standard before they have been judged together.
private struct StandardDraft: Sendable {
  var demand: StandardSpec.Demand?
  var message: Located<String>
  var severity: Located<Severity>?
  var tiers: [Located<Int>] = []
}

extension ValueReader where Value == StandardSpec {
  private static let demands = [
    "labels", "objective-labels", "windows", "minimum-target", "names", "channels",
  ]

  static let standard = ValueReader.record(
    Noun("a standard", "standards"),
    Key(
      "message",
      .text(Noun("text", "texts"), examples: ["every service says who pays for it"]),
      "what whoever does not keep to it is told",
      insteadOf: ["reason", "description"]
    ),
    optional: demandKeys + [
      .key("severity", .reportedSeverity, "how much a finding matters") { $0.severity = $1 },
      .key("tier", .listOrSingle(of: .tier), "the tiers whose services it is about", insteadOf: ["tiers"]) {
        $0.tiers = $1
      },
    ],
    rules: [.exactlyOne(demands)],
    make: { StandardDraft(message: $0) }
  ) { draft, fields, context in
    guard context.exactlyOne(of: demands, in: fields) != nil else { return nil }
    return draft.demand.map { demand in
      var standard = StandardSpec(demand: demand, message: draft.message)
      standard.severity = draft.severity
      standard.tiers = draft.tiers
      return standard
    }
  }

  private static let demandKeys: [OptionalKey<StandardDraft>] = [
    .key("labels", .labelDemands, "labels that every service has") { $0.demand = .serviceLabels($1) },
    .key("objective-labels", .labelDemands, "labels that every objective has, from its service or of its own") {
      $0.demand = .objectiveLabels($1)
    },
    .key("windows", .listOrSingle(of: .window), "the windows that objectives may have") { $0.demand = .windows($1) },
    .key("minimum-target", .ratio, "the lowest target that objectives may have", insteadOf: ["target"]) {
      $0.demand = .minimumTarget($1)
    },
    .key("names", .nameDemands, "patterns that names have to match") { $0.demand = .names($1) },
    .key("channels", .channelDemand, "the channels that may be told") { $0.demand = .channels($1) },
  ]
}

extension ValueReader where Value == Located<Severity> {
  fileprivate static let reportedSeverity = word(Noun("a severity", "severities"), insteadOf: ["warn": .warning])
}

extension ValueReader where Value == Located<TimeWindow> {
  fileprivate static let window = quantity(
    Noun("a window", "windows"),
    pattern: Pattern.timeWindow,
    examples: ["28d", "calendar month"]
  )
}

extension ValueReader where Value == Located<TextPattern> {
  /// A regular expression that has to match from the first to the last character.
  fileprivate static let pattern = scalar(
    ScalarShape(Noun("a pattern", "patterns"), examples: ["[a-z]+-(api|web)"])
  ) { node, context in
    guard !node.textBytes.allSatisfy(\.isSpace) else {
      context.report(.malformedValue, "\(context.subjectText) is empty, and nothing has such a name", at: node.span)
      return nil
    }
    do throws(TextPattern.Problem) {
      return try TextPattern(regularExpression: node.text)
    } catch {
      context.report(.malformedValue, "\(node.quotedText) is no pattern: \(error.message)", at: node.span)
      return nil
    }
  }
}

extension ValueReader where Value == [Located<TextPattern>] {
  fileprivate static let patterns = ValueReader.listOrSingle(of: .pattern)
}

extension ValueReader where Value == [LabelDemandSpec] {
  fileprivate static let labelDemands = ValueReader<[Named<[Located<TextPattern>]>]>
    .named(.patterns, by: .label)
    .map { $0.map { LabelDemandSpec(name: $0.name, values: $0.value) } }
}

extension ValueReader where Value == [NameDemandSpec] {
  fileprivate static let nameDemands = ValueReader.record(
    Noun("patterns of names", "patterns of names"),
    optional: NameDemandSpec.Kind.allCases.map(key)
  ) { [] }

  private static func key(_ kind: NameDemandSpec.Kind) -> OptionalKey<Value> {
    .key(kind.rawValue, .patterns, "what names of \(kind.rawValue) match") {
      $0.append(NameDemandSpec(kind: kind, patterns: $1))
    }
  }
}

extension ValueReader where Value == ChannelDemandSpec {
  fileprivate static let channelDemand = ValueReader.record(
    Noun("a choice of channels", "choices of channels"),
    optional: [
      .key(
        "kinds",
        .listOrSingle(of: ValueReader<Located<ChannelDemandSpec.Kind>>.word(Noun("a kind of channel", "kinds"))),
        "kinds that may be told"
      ) { $0.kinds = $1 },
      .key("names", .patterns, "what names of channels that may be told match") { $0.names = $1 },
      .key("severities", .listOrSingle(of: .severity), "the severities of alerts that it is about") {
        $0.severities = $1
      },
    ],
    rules: [.atLeastOne(["kinds", "names"])],
    make: { ChannelDemandSpec() }
  ) { demand, fields, context in
    if fields["kinds"] == nil, fields["names"] == nil {
      context.reportMissingKey("'kinds' or 'names'", of: fields, example: "kinds: [pagerduty]")
      return nil
    }
    return demand
  }
}
