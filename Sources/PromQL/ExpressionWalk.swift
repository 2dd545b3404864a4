extension PromQLExpression {
  /// The expressions directly below, in the order in which they print.
  package var children: [PromQLExpression] {
    switch self {
    case .number, .string, .selector, .range: []
    case .subquery(let subquery): [subquery.operand]
    case .call(let call): call.arguments
    case .aggregation(let aggregation): (aggregation.parameter.map { [$0] } ?? []) + [aggregation.operand]
    case .binary(let operation): [operation.left, operation.right]
    case .unary(_, let operand): [operand]
    }
  }

  /// Shows the expression and everything below it, parents first.
  package func walk(_ visit: (PromQLExpression) -> Void) {
    visit(self)
    for child in children { child.walk(visit) }
  }

  /// The expression with everything in it replaced, from the leaves up: the parent of a replaced part is asked about
  /// after its children.
  package func rewritten(_ transform: (PromQLExpression) -> PromQLExpression) -> PromQLExpression {
    switch self {
    case .number, .string, .selector, .range: return transform(self)
    case .subquery(var subquery):
      subquery.operand = subquery.operand.rewritten(transform)
      return transform(.subquery(subquery))
    case .call(var call):
      call.arguments = call.arguments.map { $0.rewritten(transform) }
      return transform(.call(call))
    case .aggregation(var aggregation):
      aggregation.parameter = aggregation.parameter.map { $0.rewritten(transform) }
      aggregation.operand = aggregation.operand.rewritten(transform)
      return transform(.aggregation(aggregation))
    case .binary(var operation):
      operation.left = operation.left.rewritten(transform)
      operation.right = operation.right.rewritten(transform)
      return transform(.binary(operation))
    case .unary(let sign, let operand): return transform(.unary(sign, operand.rewritten(transform)))
    }
  }
}

// MARK: - Selectors

/// A selector and how its expression reads it.
package struct SelectorUse: Hashable, Sendable {
  package let selector: VectorSelector
  /// The span of time in its own brackets; nothing where only the latest sample is read.
  package let range: PromQLRange?
  package let rangePlace: SourcePlace
  /// The call that has the selector as an argument.
  package let call: FunctionCall?
  /// The ranges of the subqueries around it, the innermost first.
  package let subqueryRanges: [PromQLRange]

  package var function: PromQLFunction? { call?.function }
}

extension PromQLExpression {
  /// Every selector, in the order in which they print.
  package var selectorUses: [SelectorUse] {
    var uses: [SelectorUse] = []
    collectSelectors(under: nil, within: [], into: &uses)
    return uses
  }

  private func collectSelectors(
    under call: FunctionCall?,
    within ranges: [PromQLRange],
    into uses: inout [SelectorUse]
  ) {
    switch self {
    case .selector(let selector):
      uses.append(SelectorUse(selector: selector, range: nil, rangePlace: .none, call: call, subqueryRanges: ranges))
    case .range(let range):
      uses.append(
        SelectorUse(
          selector: range.selector,
          range: range.range,
          rangePlace: range.rangePlace,
          call: call,
          subqueryRanges: ranges
        )
      )
    case .subquery(let subquery):
      subquery.operand.collectSelectors(under: nil, within: [subquery.range] + ranges, into: &uses)
    case .call(let call):
      for argument in call.arguments { argument.collectSelectors(under: call, within: ranges, into: &uses) }
    case .number, .string, .aggregation, .binary, .unary:
      for child in children { child.collectSelectors(under: nil, within: ranges, into: &uses) }
    }
  }

  /// The expression with every selector replaced, in ranges too.
  package func mapSelectors(_ transform: (VectorSelector) -> VectorSelector) -> PromQLExpression {
    rewritten { expression in
      switch expression {
      case .selector(let selector): return .selector(transform(selector))
      case .range(var range):
        range.selector = transform(range.selector)
        return .range(range)
      case .number, .string, .subquery, .call, .aggregation, .binary, .unary: return expression
      }
    }
  }

  /// The expression with more matchers on every selector.
  package func adding(_ matchers: [LabelMatcher]) -> PromQLExpression {
    mapSelectors { selector in
      var selector = selector
      selector.matchers.append(contentsOf: matchers)
      return selector
    }
  }
}

// MARK: - Ranges

/// What stands between the brackets of a range selector or in front of the colon of a subquery.
package struct RangeUse: Hashable, Sendable {
  package let range: PromQLRange
  package let place: SourcePlace
  package let isSubquery: Bool
}

extension PromQLExpression {
  /// Every range, outer subqueries before what is in them.
  package var rangeUses: [RangeUse] {
    var uses: [RangeUse] = []
    walk { expression in
      switch expression {
      case .range(let range): uses.append(RangeUse(range: range.range, place: range.rangePlace, isSubquery: false))
      case .subquery(let subquery):
        uses.append(RangeUse(range: subquery.range, place: subquery.rangePlace, isSubquery: true))
      case .number, .string, .selector, .call, .aggregation, .binary, .unary: break
      }
    }
    return uses
  }

  /// The names of the ranges that a template leaves open.
  package var placeholders: Set<String> {
    Set(
      rangeUses.compactMap { use in
        switch use.range {
        case .fixed: nil
        case .placeholder(let name): name
        }
      }
    )
  }

  /// The expression with every range replaced, those of subqueries too.
  package func mapRanges(_ transform: (PromQLRange) -> PromQLRange) -> PromQLExpression {
    rewritten { expression in
      switch expression {
      case .range(var range):
        range.range = transform(range.range)
        return .range(range)
      case .subquery(var subquery):
        subquery.range = transform(subquery.range)
        return .subquery(subquery)
      case .number, .string, .selector, .call, .aggregation, .binary, .unary: return expression
      }
    }
  }

  /// The template with a duration for the ranges of a name.
  package func substituting(_ duration: PromQLDuration, for placeholder: PromQLRange = .window) -> PromQLExpression {
    mapRanges { $0 == placeholder ? .fixed(duration) : $0 }
  }
}
