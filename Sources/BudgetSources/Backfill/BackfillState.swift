import StructuredText

/// How far a backfill has come, so that one that was stopped goes on where its last chunk ended.
struct BackfillState: Sendable, Equatable {
  /// A hash of all that was asked for.
  let request: String
  let ranges: [BackfillRange]
  /// How many ledgers are done.
  var ledger = 0
  /// The last evaluation of the running ledger that is in its sums; nil before its first.
  var reached: Int64?
  var sums = LedgerSums()
  /// The length of the output with all of this in it.
  var bytes = 0
  /// The length of the output before the running ledger.
  var ledgerBegin = 0
  /// What the ledgers that are done have counted.
  var done: [LedgerPast] = []
}

/// What a computed ledger holds, for the report.
package struct LedgerPast: Sendable, Hashable {
  package let objective: String
  /// Milliseconds since 1970; equal where nothing was counted.
  package let start: Int64
  package let end: Int64
  package let total: Double
  package let bad: Double
}

extension BackfillState {
  var json: JSONValue {
    [
      "format": 2,
      "request": .string(request),
      "bytes": .integer(bytes),
      "begin": .integer(ledgerBegin),
      "ledger": .integer(ledger),
      "reached": reached.map { .integer($0) } ?? .null,
      "sums": .array(
        sums.sums.map { key, sum in
          [
            "labels": .array(key.map { .string($0) }),
            "total": .double(sum.total),
            "bad": .double(sum.bad),
            "start": .integer(sum.start),
          ]
        }
      ),
      "ranges": .array(
        ranges.map { range in
          [
            "start": .integer(range.start),
            "end": .integer(range.end),
          ]
        }
      ),
      "done": .array(
        done.map { past in
          [
            "objective": .string(past.objective),
            "start": .integer(past.start),
            "end": .integer(past.end),
            "total": .double(past.total),
            "bad": .double(past.bad),
          ]
        }
      ),
    ]
  }

  init(reading bytes: [UInt8], at path: String) throws(BackfillError) {
    let document: JSONValue
    do {
      document = try JSONParser.parse(bytes)
    } catch {
      throw .unknownState(path, reason: error.description)
    }
    guard let state = BackfillState(document) else {
      throw .unknownState(path, reason: "a member is missing or no number")
    }
    self = state
  }

  private init?(_ document: JSONValue) {
    guard document["format"]?.number?.integer == 2, let request = document["request"]?.string,
      let bytes = document["bytes"]?.number?.integer, let begin = document["begin"]?.number?.integer,
      let ledger = document["ledger"]?.number?.integer,
      let ranges = document["ranges"]?.array?.map({ BackfillRange($0) }), !ranges.contains(nil),
      let sums = LedgerSums(document), let done = document["done"]?.array?.map({ LedgerPast($0) }), !done.contains(nil)
    else { return nil }
    self.request = request
    self.bytes = bytes
    ledgerBegin = begin
    self.ledger = ledger
    self.ranges = ranges.compactMap { $0 }
    self.sums = sums
    self.done = done.compactMap { $0 }
    reached = document["reached"]?.number?.integer.map { Int64($0) }
    guard ledger >= 0, ledger <= self.ranges.count, begin >= 0, bytes >= begin else { return nil }
  }
}

extension BackfillRange {
  fileprivate init?(_ value: JSONValue) {
    guard let start = value["start"]?.number?.integer, let end = value["end"]?.number?.integer else { return nil }
    self.init(start: Int64(start), end: Int64(end))
  }
}

extension LedgerPast {
  fileprivate init?(_ value: JSONValue) {
    guard let objective = value["objective"]?.string, let start = value["start"]?.number?.integer,
      let end = value["end"]?.number?.integer, let total = value["total"]?.number?.double,
      let bad = value["bad"]?.number?.double
    else { return nil }
    self.init(objective: objective, start: Int64(start), end: Int64(end), total: total, bad: bad)
  }
}

extension LedgerSums {
  fileprivate init?(_ document: JSONValue) {
    guard let entries = document["sums"]?.array else { return nil }
    var sums: [[String]: Sum] = [:]
    for entry in entries {
      guard let key = entry["labels"]?.array?.map(\.string), !key.contains(nil),
        let total = entry["total"]?.number?.double,
        let bad = entry["bad"]?.number?.double, let start = entry["start"]?.number?.integer
      else { return nil }
      sums[key.compactMap { $0 }] = Sum(total: total, bad: bad, start: Int64(start))
    }
    self.init(sums: sums)
  }
}

extension JSONValue {
  /// Sums of finite numbers are finite; JSON has nothing else.
  fileprivate static func double(_ value: Double) -> JSONValue { NumberText(value).map { .number($0) } ?? .null }
}
