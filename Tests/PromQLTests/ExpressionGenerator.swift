import TestSupport

/// Writes PromQL as a list of tokens, following the grammar and, unless told to confuse them, the types.
struct ExpressionGenerator {
  enum Kind: CaseIterable {
    case scalar
    case string
    case vector
    case range
  }

  var random: SeededGenerator
  /// How often, in percent, an operand of the wrong type is written.
  var confusion = 0
  private var tokens: [String] = []

  init(seed: UInt64, confusion: Int = 0) {
    random = SeededGenerator(seed: seed)
    self.confusion = confusion
  }

  mutating func expression() -> [String] {
    tokens = []
    write(random.pick([.scalar, .string, .vector, .vector, .vector, .vector, .vector, .range]), 4)
    return tokens
  }

  /// Numbers and operators alone, so that the whole has a value that no series decides.
  mutating func constant() -> [String] {
    tokens = []
    writeConstant(4)
    return tokens
  }

  private mutating func writeConstant(_ depth: Int) {
    guard depth > 0, random.chance(85) else { return tokens.append(random.pick(Self.numbers)) }
    switch Int.random(in: 0..<6, using: &random) {
    case 0:
      tokens.append("(")
      writeConstant(depth - 1)
      tokens.append(")")
    case 1:
      tokens.append(random.pick(["-", "+"]))
      writeConstant(depth - 1)
    default:
      writeConstant(depth - 1)
      tokens.append(random.pick(Self.arithmetic + ["^", "^", "> bool", "== bool"]))
      writeConstant(depth - 1)
    }
  }

  private mutating func write(_ wanted: Kind, _ depth: Int) {
    let kind = random.chance(confusion) ? random.pick(Kind.allCases) : wanted
    if depth > 0, random.chance(10) {
      tokens.append("(")
      write(kind, depth - 1)
      tokens.append(")")
      return
    }
    switch kind {
    case .scalar: writeScalar(depth)
    case .string: tokens.append(random.pick(Self.strings))
    case .vector: writeVector(depth)
    case .range: writeRange(depth)
    }
  }

  private mutating func writeScalar(_ depth: Int) {
    guard depth > 0, random.chance(50) else { return tokens.append(random.pick(Self.numbers)) }
    switch Int.random(in: 0..<5, using: &random) {
    case 0: writeCall(random.pick([("time", []), ("pi", []), ("scalar", [.vector])]), depth)
    case 1:
      tokens.append(random.pick(["-", "+"]))
      write(.scalar, depth - 1)
    case 2:
      write(.scalar, depth - 1)
      tokens += [random.pick(Self.comparisons), "bool"]
      write(.scalar, depth - 1)
    default:
      write(.scalar, depth - 1)
      tokens.append(random.pick(Self.arithmetic))
      if random.chance(5) { tokens += ["on", "(", ")"] }
      write(.scalar, depth - 1)
    }
  }

  private mutating func writeVector(_ depth: Int) {
    guard depth > 0 else { return writeSelector() }
    switch Int.random(in: 0..<10, using: &random) {
    case 0, 1: writeSelector()
    case 2, 3: writeAggregation(depth)
    case 4, 5: writeCall(random.pick(Self.functions), depth)
    case 6:
      tokens.append(random.pick(["-", "+"]))
      write(.vector, depth - 1)
    default: writeBinary(depth)
    }
  }

  private mutating func writeSelector() {
    let isNamed = random.chance(80)
    if isNamed { tokens.append(random.pick(Self.metrics)) }
    if !isNamed || random.chance(50) { writeMatchers(mustSelect: !isNamed) }
    writeModifiers()
  }

  private mutating func writeMatchers(mustSelect: Bool) {
    var matchers: [[String]] = mustSelect ? [["__name__", random.pick(["=", "=~"]), "\"up\""]] : []
    for _ in 0..<Int.random(in: 0..<3, using: &random) {
      matchers.append([
        random.pick(Self.labels), random.pick(["=", "!=", "=~", "!~"]), random.pick(Self.patterns),
      ])
    }
    tokens.append("{")
    tokens += matchers.joined(separator: [","])
    if !matchers.isEmpty, random.chance(10) { tokens.append(",") }
    tokens.append("}")
  }

  private mutating func writeModifiers() {
    if random.chance(15) { tokens += [random.pick(["offset", "OFFSET"])] + random.pick([[], ["-"]]) + [duration()] }
    guard random.chance(10) else { return }
    tokens +=
      ["@"] + random.pick([["start", "(", ")"], ["end", "(", ")"], ["1609746000"], ["-", "1.5"], ["+", "0x10"]])
  }

  private mutating func duration() -> String {
    random.pick(["5m", "1h30m", "1d", "1w2d", "90s", "500ms", "1y", "10s5ms"])
  }

  private mutating func writeRange(_ depth: Int) {
    if depth > 0, random.chance(30) {
      // Brackets bind to the last operand alone, so that what is no single operand needs parentheses.
      tokens.append("(")
      write(.vector, depth - 1)
      tokens += [")", "[", duration(), ":"] + (random.chance(50) ? [duration()] : []) + ["]"]
    } else {
      tokens.append(random.pick(Self.metrics))
      if random.chance(50) { writeMatchers(mustSelect: false) }
      tokens += ["[", duration(), "]"]
    }
    writeModifiers()
  }

  private mutating func writeCall(_ function: (String, [Kind]), _ depth: Int) {
    tokens += [function.0, "("]
    for (index, argument) in function.1.enumerated() {
      if index > 0 { tokens.append(",") }
      write(argument, depth - 1)
    }
    if random.chance(confusion) {
      tokens.append(",")
      write(.scalar, 0)
    }
    tokens.append(")")
  }

  private mutating func writeAggregation(_ depth: Int) {
    let (name, parameter) = random.pick(Self.aggregations)
    let grouping = random.chance(60) ? [random.pick(["by", "without", "BY"])] + labelList() : []
    let isInFront = random.chance(50)
    tokens.append(random.chance(5) ? name.uppercased() : name)
    if isInFront { tokens += grouping }
    tokens.append("(")
    if let parameter {
      write(parameter, depth - 1)
      tokens.append(",")
    }
    write(.vector, depth - 1)
    tokens.append(")")
    if !isInFront { tokens += grouping }
  }

  private mutating func labelList() -> [String] {
    let labels = (0..<Int.random(in: 0..<3, using: &random)).map { _ in [random.pick(Self.labels)] }
    return ["("] + labels.joined(separator: [","]) + (!labels.isEmpty && random.chance(10) ? [",", ")"] : [")"])
  }

  private mutating func writeBinary(_ depth: Int) {
    write(.vector, depth - 1)
    if random.chance(25) {
      tokens.append(random.pick(["and", "or", "unless", "AND"]))
      if random.chance(50) { tokens += [random.pick(["on", "ignoring"])] + labelList() }
      return write(.vector, depth - 1)
    }
    let isComparison = random.chance(40)
    tokens.append(random.pick(isComparison ? Self.comparisons : Self.arithmetic))
    if isComparison ? random.chance(40) : random.chance(confusion) { tokens.append("bool") }
    if random.chance(30) { return write(.scalar, depth - 1) }
    if random.chance(50) {
      tokens += [random.pick(["on", "ignoring"])] + labelList()
      if random.chance(40) {
        tokens += [random.pick(["group_left", "group_right"]), "(", random.pick(["team", "owner", "sum"]), ")"]
      }
    }
    write(.vector, depth - 1)
  }
}

// MARK: - Words

extension ExpressionGenerator {
  static let numbers = [
    "0", "1", "0.95", "1e3", "1.5E-3", ".5", "5.", "0x1F", "010", "08", "Inf", "NaN", "inf", "nAn", "1e+10",
    "9007199254740993", "00.10",
  ]
  static let strings = [
    #""a""#, #"'b\'"'"#, "`c\\`", #""\n\t\x41\u00e9\U0001F600\101""#, #""""#, #""ünï""#, "`two\nlines`", "\"$1\"",
  ]
  static let patterns = [
    #""""#, #""api""#, #"".*""#, #"".+""#, #""5..|4[0-9]{2}""#, #""(?i)a|b+?""#, #"'x{2,3}\\d'"#, "`[^a-z\\]]*$`",
    #""a(b|c)?""#, #""^(?P<n>[[:alpha:]]+)$""#, #""\\Qa.b\\E""#, #""1|1\\.0""#,
  ]
  static let metrics = [
    "up", "http_requests_total", "job:errors:rate5m", "_x", ":a", "sum", "rate", "by", "offset", "and", "start",
    "count",
    "unless", "without",
  ]
  static let labels = [
    "job", "le", "code", "_", "a1", "on", "by", "bool", "sum", "ignoring", "group_left", "offset", "and", "start",
    "atan2",
  ]
  static let comparisons = ["==", "!=", ">", "<", ">=", "<="]
  static let arithmetic = ["+", "-", "*", "/", "%", "^", "atan2"]
  static let aggregations: [(String, Kind?)] = [
    ("sum", nil), ("avg", nil), ("count", nil), ("min", nil), ("max", nil), ("group", nil), ("stddev", nil),
    ("stdvar", nil), ("topk", .scalar), ("bottomk", .scalar), ("quantile", .scalar), ("count_values", .string),
  ]
  static let functions: [(String, [Kind])] = [
    ("abs", [.vector]), ("absent", [.vector]), ("rate", [.range]), ("increase", [.range]),
    ("clamp_max", [.vector, .scalar]),
    ("clamp", [.vector, .scalar, .scalar]), ("histogram_quantile", [.scalar, .vector]), ("round", [.vector]),
    ("round", [.vector, .scalar]), ("label_replace", [.vector, .string, .string, .string, .string]),
    ("label_join", [.vector, .string, .string]), ("label_join", [.vector, .string, .string, .string, .string]),
    ("day_of_week", []), ("day_of_week", [.vector]), ("quantile_over_time", [.scalar, .range]), ("vector", [.scalar]),
    ("predict_linear", [.range, .scalar]), ("holt_winters", [.range, .scalar, .scalar]), ("timestamp", [.vector]),
    ("histogram_fraction", [.scalar, .scalar, .vector]), ("histogram_count", [.vector]), ("histogram_sum", [.vector]),
    ("last_over_time", [.range]), ("absent_over_time", [.range]), ("sort_desc", [.vector]),
  ]

  /// Tokens to put where the grammar may not want them.
  static let strays = [
    "(", ")", "{", "}", "[", "]", ",", ":", "=", "==", "=~", "!~", "!", "@", "+", "-", "*", "^", "#", "\"", "'", "`",
    ".",
    "bool", "on", "by", "offset", "group_left", "ignoring", "and", "atan2", "start", "sum", "topk", "rate", "5m", "0s",
    "5",
    "1e", "0x", "5x", "1m1h", "300y", "é", "\u{a0}", "$window", "\\", "~", "", "a:b", "x", "\"\\q\"", "\"\\xZ\"", "Inf",
  ]
}
