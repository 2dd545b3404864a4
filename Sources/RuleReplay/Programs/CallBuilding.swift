import PlanModel
import PromQL

extension ProgramBuilder {
  mutating func add(_ call: FunctionCall) throws(UnplayedPart) -> Int {
    if let function = WindowFunction.named[call.function], let range = call.arguments.first {
      return try addWindow(function, over: range)
    }
    if let function = ElementFunction.named[call.function], let first = call.arguments.first {
      if function == .round, call.arguments.count > 1 { throw UnplayedPart("round() to a multiple") }
      var parameters: [Int] = []
      for argument in call.arguments.dropFirst() { parameters.append(try add(argument)) }
      let operand = try add(first)
      return appendMerged(.each(function, operand, parameters: parameters), withoutNames(operand))
    }
    switch (call.function, call.arguments.first) {
    case (.time, nil): return append(.time, [.none], isScalar: true)
    case (.vector, let argument?): return append(.vector(try add(argument)), [.none])
    case (.scalar, let argument?): return append(.scalar(try add(argument)), [.none], isScalar: true)
    case (.absent, let argument?):
      let labels: SeriesLabels =
        if case .selector(let selector) = argument { Self.absenceLabels(selector) } else { .none }
      return append(.absent(try add(argument)), [labels])
    case (.absentOverTime, .range(let range)?):
      let sources = try index.sources(of: range.selector, for: reader)
      let reach = Program.Reach(
        range: try Self.milliseconds(range.range),
        offset: Int(range.selector.offset.milliseconds)
      )
      return append(.absentOverTime(sources, reach), [Self.absenceLabels(range.selector)])
    case (.labelReplace, _): return try addLabelReplace(call.arguments)
    default: throw UnplayedPart("\(call.function.rawValue)()")
    }
  }

  private mutating func addWindow(_ function: WindowFunction, over range: PromQLExpression) throws(UnplayedPart) -> Int
  {
    switch range {
    case .range(let range):
      let sources = try index.sources(of: range.selector, for: reader)
      let reach = Program.Reach(
        range: try Self.milliseconds(range.range),
        offset: Int(range.selector.offset.milliseconds)
      )
      let names = names(of: sources)
      let keepsName = function == .last
      return appendMerged(.window(function, sources, reach), keepsName ? names : names.map(\.withoutName))
    case .subquery(let subquery):
      if function.extrapolates { throw UnplayedPart("a rate of a subquery") }
      guard let step = subquery.step else { throw UnplayedPart("a subquery without a step") }
      if subquery.at != nil || subquery.offset < .zero { throw UnplayedPart("a subquery at another time") }
      let inner = try Self.program(of: subquery.operand, index: index, reader: reader)
      let place = append(
        Program.Subquery(
          program: inner,
          range: try Self.milliseconds(subquery.range),
          step: Int(step.milliseconds),
          offset: Int(subquery.offset.milliseconds)
        )
      )
      let keepsName = function == .last
      let names = keepsName ? inner.labels : inner.labels.map(\.withoutName)
      return appendMerged(.overSubquery(function, subquery: place), names)
    case .number, .string, .selector, .call, .aggregation, .binary, .unary:
      throw UnplayedPart("a range outside a function")
    }
  }

  static func milliseconds(_ range: PromQLRange) throws(UnplayedPart) -> Int {
    switch range {
    case .fixed(let duration): return Int(duration.milliseconds)
    case .placeholder(let name): throw UnplayedPart("$\(name)")
    }
  }

  /// The labels that a selector fixes by one equality, and by nothing else.
  private static func absenceLabels(_ selector: VectorSelector) -> SeriesLabels {
    let counts = Dictionary(grouping: selector.matchers, by: \.label)
    let fixed = selector.matchers.filter {
      $0.operation == .equal && $0.label != SeriesLabels.metricName && counts[$0.label]?.count == 1
    }
    return SeriesLabels(fixed.map { LabelPair($0.label, $0.value) })
  }

  /// Replacements that refer to nothing in the pattern.
  private mutating func addLabelReplace(_ arguments: [PromQLExpression]) throws(UnplayedPart) -> Int {
    guard arguments.count == 5, case .string(let label) = arguments[1], case .string(let replacement) = arguments[2],
      case .string(let source) = arguments[3], case .string(let pattern) = arguments[4]
    else { throw UnplayedPart("label_replace()") }
    let pieces = replacement.split(separator: "$$", omittingEmptySubsequences: false)
    if pieces.contains(where: { $0.contains("$") }) { throw UnplayedPart("a reference in label_replace()") }
    let value = pieces.joined(separator: "$")
    let operand = try add(arguments[0])
    let matcher = LabelMatcher(source, .matches, pattern)
    var names: [SeriesLabels] = []
    for labels in labels(operand) {
      switch matcher.accepts(labels[source]) {
      case .yes: names.append(labels.setting([LabelPair(label, value)]))
      case .no: names.append(labels)
      case .unknown: throw UnplayedPart("the pattern '\(pattern)'")
      }
    }
    return appendMerged(.vector(operand), names)
  }
}
