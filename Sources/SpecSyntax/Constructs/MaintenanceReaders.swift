import Diagnostics
import PromQL
import Quantities
import YAMLSource

extension ValueReader where Value == MaintenanceSpec {
  static let maintenance = ValueReader.record(
    Noun("planned maintenance", "planned maintenance"),
    optional: [
      .key("title", .text, "what people call it") { $0.title = $1 },
      .key("notice", .duration, "how long before it is announced") { $0.notice = $1 },
      .key("windows", .list(of: .maintenanceWindow), "when work is done") { $0.windows = $1 },
      .key("when", .promqlComparison, "a PromQL comparison that is true while work goes on") { $0.when = $1 },
    ]
  ) { MaintenanceSpec() }
}

/// The keys of an exclusion before they have been judged together.
private struct ExclusionDraft: Sendable {
  var title: Located<String>?
  var reason: Located<String>?
  var when: QueryText<PromQLExpression>?
  var notMeasured: Located<Bool>?
}

extension ValueReader where Value == ExclusionSpec {
  private static let bases = ["when", "not-measured"]

  static let exclusion = ValueReader.record(
    Noun("an exclusion", "exclusions"),
    optional: [
      OptionalKey<ExclusionDraft>.key("title", .text, "what people call it") { $0.title = $1 },
      .key("reason", .text, "why it does not count", insteadOf: ["meaning", "description"]) { $0.reason = $1 },
      .key("when", .promqlComparison, "a PromQL comparison that is true while the exclusion holds") { $0.when = $1 },
      .key("not-measured", .flag, "true where the measurement cannot see it in the first place") {
        $0.notMeasured = $1
      },
    ],
    rules: [.exactlyOne(bases)],
    make: { ExclusionDraft() }
  ) { draft, fields, context in
    guard let key = context.exactlyOne(of: bases, in: fields) else { return nil }
    if let notMeasured = draft.notMeasured, !notMeasured.value {
      context.report(
        .malformedValue,
        "'not-measured' is true or not there: what is measured says 'when'",
        at: notMeasured.span
      )
      return nil
    }
    let basis: ExclusionSpec.Basis? =
      key == "when" ? draft.when.map { .query($0) } : draft.notMeasured.map { _ in .notMeasured }
    return basis.map { ExclusionSpec(basis: $0, title: draft.title, reason: draft.reason) }
  }
}

// MARK: - Windows

/// The keys of a maintenance window before they have been judged together.
private struct WindowDraft: Sendable {
  let duration: Located<TimeSpan>
  var start: Located<MaintenanceWindowSpec.Start>?
  var timeZone: Located<String>?
}

extension ValueReader where Value == Located<MaintenanceWindowSpec> {
  private static let starts = ["start", "weekly", "daily"]

  fileprivate static let maintenanceWindow = ValueReader<MaintenanceWindowSpec>.record(
    Noun("a maintenance window", "maintenance windows"),
    Key("duration", .interval.suchAs("2h"), "how long it lasts", insteadOf: ["for", "length"]),
    optional: [
      OptionalKey<WindowDraft>.key(
        "start",
        ValueReader<Located<Instant>>.instant.map { $0.map { .once($0) } },
        "when a window begins that is held once"
      ) { $0.start = $1 },
      .key("weekly", .weekly, "the day and time at which a weekly window begins") { $0.start = $1 },
      .key("daily", .daily, "the time at which a daily window begins") { $0.start = $1 },
      .key("in", .timeZone, "the time zone of a window that is held again and again", insteadOf: ["timezone", "zone"]) {
        $0.timeZone = $1
      },
    ],
    rules: [.exactlyOne(starts), .companion("in", of: ["weekly", "daily"])],
    lastKeys: ["duration", "in"],
    make: { WindowDraft(duration: $0) }
  ) { draft, fields, context in
    guard let key = context.exactlyOne(of: starts, in: fields) else { return nil }
    if key == "start", let zone = fields["in"] {
      context.reportWrongShape("'in' does not go with 'start', whose instant has its own zone", at: zone.key.span)
    }
    return draft.start.map {
      MaintenanceWindowSpec(start: $0, duration: draft.duration, timeZone: draft.timeZone)
    }
  }.located
}

extension ValueReader where Value == Located<MaintenanceWindowSpec.Start> {
  /// `sunday 02:00`.
  fileprivate static let weekly = ValueReader.scalar(
    ScalarShape(
      Noun("a weekday and a time", "weekdays and times"),
      .text(pattern: Pattern.weekly),
      examples: ["sunday 02:00"]
    )
  ) { node, context in
    let words = node.textBytes.split(whereSeparator: \.isSpace)
    guard words.count == 2 else {
      context.report(
        .malformedValue,
        "\(node.quotedText) is not a weekday and a time such as 'sunday 02:00'",
        at: node.span
      )
      return nil
    }
    guard let weekday = context.weekday(in: words[0], of: node) else { return nil }
    return context.time(in: words[1], of: node).map { .weekly(weekday, $0) }
  }

  /// `02:00`.
  fileprivate static let daily = ValueReader.scalar(
    ScalarShape(
      Noun("a time of day", "times of day"),
      .text(pattern: Pattern.timeOfDay),
      examples: ["02:00"]
    )
  ) { node, context in
    context.time(in: node.textBytes, of: node).map { .daily($0) }
  }
}

extension ReadContext {
  fileprivate mutating func weekday(in bytes: ArraySlice<UInt8>, of node: YAMLNode) -> Weekday? {
    if let day = Weekday.allCases.first(where: { bytes.elementsEqual($0.rawValue.utf8) }) { return day }
    let written = String(decoding: bytes, as: UTF8.self).lowercased()
    let days = Weekday.allCases.map(\.rawValue)
    let meant = written.utf8.count > 2 ? days.first { $0.hasPrefix(written) } : nil
    let span = span(of: bytes, in: node)
    report(
      .malformedValue,
      "\(bytes.quotedText) is not a weekday: \(days.quotedAlternatives)",
      at: span,
      fix: (meant ?? Spelling.nearest(to: written, in: days)).map { .writing($0, over: span) }
    )
    return nil
  }

  /// Two digits, a colon and two digits, up to `23:59`.
  fileprivate mutating func time(in bytes: ArraySlice<UInt8>, of node: YAMLNode) -> TimeOfDay? {
    let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    let numbers = parts.map { part in
      (1...2).contains(part.count) && part.allSatisfy(\.isDigit)
        ? part.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } : nil
    }
    let span = span(of: bytes, in: node)
    if parts.count == 2, parts[1].count == 2, let hour = numbers[0], let minute = numbers[1], hour < 24, minute < 60 {
      if parts[0].count == 2 { return TimeOfDay(hour: hour, minute: minute) }
      let mended = "0\(String(decoding: bytes, as: UTF8.self))"
      report(
        .malformedValue,
        "the hour of \(bytes.quotedText) has one digit",
        at: span,
        fix: .writing(mended, over: span)
      )
      return nil
    }
    report(.malformedValue, "\(bytes.quotedText) is not a time of day from 00:00 to 23:59", at: span)
    return nil
  }

  /// Where a part of a scalar's text stands.
  private func span(of bytes: ArraySlice<UInt8>, in node: YAMLNode) -> SourceSpan {
    let start = bytes.startIndex - node.textBytes.startIndex
    return node.span(ofText: start..<start + bytes.count)
  }
}

extension ValueReader where Value == Located<String> {
  /// The name of a zone by its form; whether there is such a zone is for those to say who have the database.
  fileprivate static let timeZone = ValueReader.scalar(
    ScalarShape(
      Noun("a time zone", "time zones"),
      .text(pattern: Pattern.timeZone, as: .any),
      examples: ["Europe/Berlin", "UTC"]
    )
  ) { node, context in
    let isZone =
      node.textBytes.first?.isLetter == true
      && node.textBytes.allSatisfy {
        $0.isLetter || $0.isDigit || "/_+-".utf8.contains($0)
      }
    guard isZone, node.textBytes.count <= 64 else {
      context.report(
        .malformedValue,
        "\(node.quotedText) is not the name of a time zone, such as 'Europe/Berlin' or 'UTC'",
        at: node.span
      )
      return nil
    }
    return node.text
  }
}
