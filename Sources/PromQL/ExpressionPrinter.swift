extension PromQLExpression: CustomStringConvertible {
  /// The expression on one line, spelled the same way for all equal trees, with no parentheses that it could spare.
  package var description: String {
    var printer = ExpressionPrinter()
    printer.write(self)
    return printer.text
  }

  /// How tightly the printed expression holds together.
  fileprivate var precedence: Precedence {
    switch self {
    case .binary(let operation): operation.operation.precedence
    case .unary: .product
    // A leading sign is read as an operator: `-1 ^ 2` is `-(1 ^ 2)`.
    case .number(let number): number.value.sign == .minus && !number.value.isNaN ? .product : .primary
    case .string, .selector, .range, .subquery, .call, .aggregation: .primary
    }
  }
}

extension VectorSelector: CustomStringConvertible {
  package var description: String {
    var printer = ExpressionPrinter()
    printer.write(self)
    printer.writeModifiers(offset: offset, at: at)
    return printer.text
  }
}

extension LabelMatcher: CustomStringConvertible {
  package var description: String {
    var printer = ExpressionPrinter()
    printer.write(self)
    return printer.text
  }
}

extension PromQLRange: CustomStringConvertible {
  package var description: String {
    switch self {
    case .fixed(let duration): duration.description
    case .placeholder(let name): "$\(name)"
    }
  }
}

private struct ExpressionPrinter {
  /// UTF-8: appending to a string costs several times as much, and queries are most of what is printed.
  private var bytes: [UInt8] = []

  var text: String { String(decoding: bytes, as: UTF8.self) }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  mutating func write(_ expression: PromQLExpression) {
    switch expression {
    case .number(let number): append(number.description)
    case .string(let value): writeQuoted(value)
    case .selector(let selector):
      write(selector)
      writeModifiers(offset: selector.offset, at: selector.at)
    case .range(let range):
      write(range.selector)
      append("[")
      append(range.range.description)
      append("]")
      writeModifiers(offset: range.selector.offset, at: range.selector.at)
    case .subquery(let subquery): write(subquery)
    case .call(let call):
      append(call.function.rawValue)
      writeList(call.arguments) { $0.write($1) }
    case .aggregation(let aggregation): write(aggregation)
    case .binary(let operation): write(operation)
    case .unary(let sign, let operand):
      append(sign.rawValue)
      write(operand, parenthesised: operand.needsParenthesesAfterSign)
    }
  }

  private mutating func write(_ expression: PromQLExpression, parenthesised: Bool) {
    if parenthesised { append("(") }
    write(expression)
    if parenthesised { append(")") }
  }

  private mutating func write(_ subquery: Subquery) {
    write(subquery.operand, parenthesised: subquery.operand.needsParenthesesInSubquery)
    append("[")
    append(subquery.range.description)
    append(":")
    append(subquery.step?.description ?? "")
    append("]")
    writeModifiers(offset: subquery.offset, at: subquery.at)
  }

  private mutating func write(_ aggregation: Aggregation) {
    append(aggregation.operation.rawValue)
    switch aggregation.grouping {
    case .by(let labels): writeLabels("by", labels)
    case .without(let labels): writeLabels("without", labels)
    case nil: break
    }
    if aggregation.grouping != nil { append(" ") }
    let arguments = aggregation.parameter.map { [$0, aggregation.operand] } ?? [aggregation.operand]
    writeList(arguments) { $0.write($1) }
  }

  private mutating func write(_ operation: BinaryOperation) {
    let precedence = operation.operation.precedence
    let groupsFromTheRight = precedence == .power
    let left = operation.left.precedence
    write(operation.left, parenthesised: left < precedence || left == precedence && groupsFromTheRight)
    append(" ")
    append(operation.operation.rawValue)
    if operation.returnsBool { append(" bool") }
    if let matching = operation.matching { write(matching) }
    append(" ")
    write(operation.right, parenthesised: operation.right.needsParentheses(rightOf: precedence))
  }

  private mutating func write(_ matching: VectorMatching) {
    switch matching.labels {
    case .on(let labels): writeLabels("on", labels)
    case .ignoring(let labels): writeLabels("ignoring", labels)
    }
    switch matching.cardinality {
    case .oneToOne: break
    // The empty list stays: without it, parentheses of the right side would be read as the list.
    case .groupLeft(let including): writeLabels("group_left", including)
    case .groupRight(let including): writeLabels("group_right", including)
    }
  }

  private mutating func writeLabels(_ keyword: String, _ labels: [String]) {
    append(" ")
    append(keyword)
    append(" ")
    writeList(labels) { printer, label in
      if PromQLName.isBareGroupingLabel(label) { printer.append(label) } else { printer.writeQuoted(label) }
    }
  }

  private mutating func writeList<Element>(
    _ elements: [Element],
    _ writeElement: (inout ExpressionPrinter, Element) -> Void
  ) {
    append("(")
    for (index, element) in elements.enumerated() {
      if index > 0 { append(", ") }
      writeElement(&self, element)
    }
    append(")")
  }
}

extension ExpressionPrinter {
  /// The selector without its modifiers, which follow the range where there is one.
  fileprivate mutating func write(_ selector: VectorSelector) {
    let bareName = selector.metricName.flatMap { PromQLName.isBareMetricName($0) ? $0 : nil }
    if let bareName { append(bareName) }
    if selector.matchers.isEmpty && bareName != nil { return }
    append("{")
    if bareName == nil, let name = selector.metricName {
      writeBracedName(name)
      if !selector.matchers.isEmpty { append(", ") }
    }
    for (index, matcher) in selector.matchers.enumerated() {
      if index > 0 { append(", ") }
      write(matcher)
    }
    append("}")
  }

  /// A metric name that cannot stand in front of the braces: a keyword, or one that only Prometheus 3 knows.
  private mutating func writeBracedName(_ name: String) {
    if PromQLName.isMetricName(name) {
      write(.equal("__name__", name))
    } else {
      writeQuoted(name)
    }
  }

  fileprivate mutating func write(_ matcher: LabelMatcher) {
    if PromQLName.isLabelName(matcher.label) { append(matcher.label) } else { writeQuoted(matcher.label) }
    append(matcher.operation.rawValue)
    writeQuoted(matcher.value)
  }

  fileprivate mutating func writeModifiers(offset: PromQLDuration, at instant: EvaluationInstant?) {
    switch instant {
    case .timestamp(let milliseconds): append(" @ \(PromQLNumber(Int(milliseconds), places: 3))")
    case .start: append(" @ start()")
    case .end: append(" @ end()")
    case nil: break
    }
    if offset != .zero { append(" offset \(offset)") }
  }

  /// A double-quoted string with the escapes that PromQL shares with Go.
  fileprivate mutating func writeQuoted(_ value: String) {
    append("\"")
    // All that is escaped is ASCII, and no byte of a longer code point is.
    for byte in value.utf8 {
      switch byte {
      case UInt8(ascii: "\""): append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case UInt8(ascii: "\n"): append("\\n")
      case UInt8(ascii: "\r"): append("\\r")
      case UInt8(ascii: "\t"): append("\\t")
      case 0x00..<0x20, 0x7F: writeEscaped(byte)
      default: bytes.append(byte)
      }
    }
    append("\"")
  }

  private mutating func writeEscaped(_ control: UInt8) {
    let digits = String(control, radix: 16)
    append(digits.utf8.count == 1 ? "\\x0\(digits)" : "\\x\(digits)")
  }
}

extension PromQLExpression {
  /// A sign may follow any operator, so that `a * -b` needs none.
  fileprivate func needsParentheses(rightOf precedence: Precedence) -> Bool {
    guard case .binary(let operation) = self else { return false }
    let own = operation.operation.precedence
    return own < precedence || own == precedence && precedence != .power
  }

  /// Signs may follow one another. A number with a sign is one thing, and stays apart from another sign.
  fileprivate var needsParenthesesAfterSign: Bool {
    if case .unary = self { return false }
    return precedence < .power
  }

  /// Whether the brackets of a subquery would bind to less than the whole, or hide a modifier of it.
  fileprivate var needsParenthesesInSubquery: Bool {
    switch self {
    case .selector(let selector): selector.offset != .zero || selector.at != nil
    case .number, .string, .range, .subquery, .call, .aggregation, .binary, .unary: precedence < .primary
    }
  }
}
