/// Every unit that has a name of its own, by each spelling that is read.
enum UnitTable {
  static let units: [String: Unit] = {
    var units: [String: Unit] = [:]
    func add(_ unit: Unit, _ spellings: [String]) {
      for spelling in [unit.symbol] + spellings where !spelling.isEmpty { units[spelling] = unit }
    }
    add(.percent, ["percent"])
    add(.number, ["ratio"])
    for unit in TimeUnit.allCases {
      add(Unit(symbol: unit.symbol, dimension: .time, scale: unit.span.seconds), [unit.name, "\(unit.name)s"])
    }
    let nanosecond = Rational(numerator: 1, denominator: 1_000_000_000)
    add(Unit(symbol: "ns", dimension: .time, scale: nanosecond), ["nanosecond", "nanoseconds"])
    if let microsecond = units["us"] { add(microsecond, ["µs", "μs"]) }
    for prefix in Prefix.all { addData(prefix, to: &units) }
    add(.processor, ["vCPU", "core", "cores", "CPUs", "vCPUs"])
    let thousandth = Rational(numerator: 1, denominator: 1_000)
    add(Unit(symbol: "mCPU", dimension: .processors, scale: thousandth), ["millicore", "millicores"])
    add(
      Unit(symbol: "CPUh", dimension: .processorTime, scale: 3_600),
      ["vCPUh", "core-hour", "core-hours", "CPU-hours", "vCPU-hours"]
    )
    addEvents(to: &units)
    return units
  }()

  /// The units that values are printed in, and whether each has a prefix of powers of 1024.
  static let printed: [Dimension: [(unit: Unit, isBinary: Bool)]] = {
    var printed: [Dimension: [(unit: Unit, isBinary: Bool)]] = [
      .number: [(.number, false)], .events: [(.counting(""), false)], .processors: [(.processor, false)],
    ]
    for prefix in Prefix.all {
      let spellings = prefix.isBinary ? ["B"] : ["B", "bps", "Bps"]
      for spelling in spellings {
        guard let unit = units["\(prefix.symbol)\(spelling)"] else { continue }
        printed[unit.dimension, default: []].append((unit, prefix.isBinary))
      }
    }
    printed[.processorTime] = units["CPUh"].map { [($0, false)] }
    return printed
  }()

  /// The spellings that differ at most in capitals: `Gb` and `GB` for `gb`.
  static func spellings(withLettersOf word: String) -> [String] {
    byLetters[word.lowercased()] ?? []
  }

  private static let byLetters = Dictionary(grouping: units.keys.sorted()) { $0.lowercased() }

  private static func addData(_ prefix: Prefix, to units: inout [String: Unit]) {
    let second = Unit.second
    let bytes = Unit(symbol: "\(prefix.symbol)B", dimension: .data, scale: prefix.factor)
    let bits = Unit(symbol: "\(prefix.symbol)bit", dimension: .data, scale: prefix.factor * Unit.bit.scale)
    let bitRate = Unit(symbol: "\(prefix.symbol)bps", dimension: .dataRate, scale: bits.scale)
    for unit in [bytes, bits, bitRate] { units[unit.symbol] = unit }
    units["\(prefix.symbol)Bps"] = bytes / second
    // A lone small b is a bit by IEEE 1541; with a binary prefix it is rare enough to be a slip.
    if !prefix.isBinary, !prefix.symbol.isEmpty { units["\(prefix.symbol)b"] = bits }
    for (name, unit) in [("byte", bytes), ("bit", bits)] {
      units["\(prefix.name)\(name)"] = unit
      units["\(prefix.name)\(name)s"] = unit
    }
  }

  private static func addEvents(to units: inout [String: Unit]) {
    for noun in [
      "event", "request", "failure", "error", "message", "job", "call", "user", "session", "sample", "query",
    ] {
      let plural = noun == "query" ? "queries" : "\(noun)s"
      units[noun] = .counting(plural)
      units[plural] = .counting(plural)
    }
    units["req"] = .counting("requests")
    for (symbol, noun) in [("rps", "requests"), ("qps", "queries"), ("Hz", "")] {
      units[symbol] = Unit(symbol: symbol, dimension: .eventRate, scale: Unit.counting(noun).scale)
    }
  }
}

/// A prefix of the SI (powers of 1000) or of IEC 80000-13 (powers of 1024).
private struct Prefix {
  let symbol: String
  let name: String
  let factor: Rational
  let isBinary: Bool

  static let all: [Prefix] = {
    let decimal = [("k", "kilo"), ("M", "mega"), ("G", "giga"), ("T", "tera"), ("P", "peta"), ("E", "exa")]
    let binary = [("Ki", "kibi"), ("Mi", "mebi"), ("Gi", "gibi"), ("Ti", "tebi"), ("Pi", "pebi"), ("Ei", "exbi")]
    var prefixes = [Prefix(symbol: "", name: "", factor: .one, isBinary: false)]
    for (names, base, isBinary) in [(decimal, Rational(1_000), false), (binary, Rational(1_024), true)] {
      var factor = Rational.one
      for (symbol, name) in names {
        factor *= base
        prefixes.append(Prefix(symbol: symbol, name: name, factor: factor, isBinary: isBinary))
      }
    }
    return prefixes
  }()
}
