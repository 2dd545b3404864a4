/// Why bytes are not a usable time zone file.
package enum TimeZoneFileError: Error, Sendable, Hashable, CustomStringConvertible {
  case notTZif
  case truncated
  /// Version 1 ends in 2037 and holds no rule.
  case outdatedVersion
  /// Counts or entries that contradict each other; the text says which.
  case inconsistent(String)
  /// Files of the `right/` folder count leap seconds, which Unix time does not.
  case countsLeapSeconds
  case unknownRule(String)

  package var description: String {
    switch self {
    case .notTZif: "not a time zone file: it does not start with 'TZif'"
    case .truncated: "the time zone file ends too early"
    case .outdatedVersion: "the time zone file has version 1, which ends in 2037"
    case .inconsistent(let what): "the time zone file contradicts itself: \(what)"
    case .countsLeapSeconds: "the time zone file counts leap seconds"
    case .unknownRule(let rule): "the rule \(WrittenText(rule).quoted) of the time zone file has no known form"
    }
  }
}

extension TimeZoneRules {
  /// Reads a time zone file as RFC 8536 describes it, of version 2 or later.
  package init(tzif bytes: some Collection<UInt8>) throws(TimeZoneFileError) {
    var reader = TZifReader(bytes: Array(bytes))
    let first = try reader.takeHeader()
    guard first.version >= UInt8(ascii: "2") else { throw .outdatedVersion }
    // The first block has times of 32 bits, for readers of version 1.
    try reader.skip(first.length(timeSize: 4))
    let header = try reader.takeHeader()
    guard header.leapSeconds == 0 else { throw .countsLeapSeconds }
    guard header.types > 0 else { throw .inconsistent("no kinds of local time") }
    let times = try reader.takeTimes(header.times)
    let indices = try reader.take(header.times)
    let offsets = try reader.takeOffsets(header.types)
    try reader.skip(header.letters + header.standardFlags + header.utcFlags)
    let footer = try reader.takeFooter()

    var transitions: [Transition] = []
    for (time, index) in zip(times, indices) {
      guard Int(index) < offsets.count else {
        throw .inconsistent("a change to a kind of local time that is not there")
      }
      guard transitions.last.map({ $0.at < time }) ?? true else { throw .inconsistent("changes out of order") }
      transitions.append(Transition(at: time, offset: offsets[Int(index)]))
    }
    let rule = RecurringTransitions(posix: footer)
    guard rule != nil || footer.isEmpty else { throw .unknownRule(String(decoding: footer, as: UTF8.self)) }
    self.init(transitions: transitions, firstOffset: offsets[0], rule: rule)
  }
}

private struct TZifReader {
  struct Header {
    let version: UInt8
    let utcFlags: Int
    let standardFlags: Int
    let leapSeconds: Int
    let times: Int
    let types: Int
    let letters: Int

    func length(timeSize: Int) -> Int {
      times * (timeSize + 1) + types * 6 + letters + leapSeconds * (timeSize + 4) + standardFlags + utcFlags
    }
  }

  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func take(_ count: Int) throws(TimeZoneFileError) -> ArraySlice<UInt8> {
    guard count <= bytes.count - position else { throw .truncated }
    defer { position += count }
    return bytes[position..<position + count]
  }

  mutating func skip(_ count: Int) throws(TimeZoneFileError) {
    _ = try take(count)
  }

  mutating func takeHeader() throws(TimeZoneFileError) -> Header {
    guard bytes[position...].starts(with: Array("TZif".utf8)) else { throw .notTZif }
    let start = try take(20)
    let version = start[start.startIndex + 4]
    var counts: [Int] = []
    for _ in 0..<6 { counts.append(Int(try takeInteger(4))) }
    // A block is never larger than the file, so a count beyond it is a file cut short.
    guard counts.allSatisfy({ $0 >= 0 && $0 <= bytes.count }) else { throw .truncated }
    return Header(
      version: version,
      utcFlags: counts[0],
      standardFlags: counts[1],
      leapSeconds: counts[2],
      times: counts[3],
      types: counts[4],
      letters: counts[5]
    )
  }

  /// A signed number, its highest byte first.
  private mutating func takeInteger(_ size: Int) throws(TimeZoneFileError) -> Int64 {
    let taken = try take(size)
    let isNegative = (taken.first ?? 0) >= 0x80
    return taken.reduce(isNegative ? -1 : 0) { $0 << 8 | Int64($1) }
  }

  mutating func takeTimes(_ count: Int) throws(TimeZoneFileError) -> [Int64] {
    var times: [Int64] = []
    for _ in 0..<count { times.append(try takeInteger(8)) }
    return times
  }

  /// The offset of each kind of local time.
  mutating func takeOffsets(_ count: Int) throws(TimeZoneFileError) -> [Int] {
    var offsets: [Int] = []
    for _ in 0..<count {
      let offset = Int(try takeInteger(4))
      guard offset.magnitude < TimeZoneRules.greatestOffset else { throw .inconsistent("an offset of more than a day") }
      offsets.append(offset)
      try skip(2)
    }
    return offsets
  }

  /// The rule between the last two line feeds.
  mutating func takeFooter() throws(TimeZoneFileError) -> ArraySlice<UInt8> {
    guard try take(1).first == UInt8(ascii: "\n") else { throw .inconsistent("no rule after the changes") }
    guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else { throw .truncated }
    return bytes[position..<end]
  }
}
