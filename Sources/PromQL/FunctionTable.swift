/// A function, by its spelling.
package enum PromQLFunction: String, Hashable, Sendable, CaseIterable {
  case abs
  case absent
  case absentOverTime = "absent_over_time"
  case acos
  case acosh
  case asin
  case asinh
  case atan
  case atanh
  case avgOverTime = "avg_over_time"
  case ceil
  case changes
  case clamp
  case clampMax = "clamp_max"
  case clampMin = "clamp_min"
  case cos
  case cosh
  case countOverTime = "count_over_time"
  case dayOfMonth = "day_of_month"
  case dayOfWeek = "day_of_week"
  case dayOfYear = "day_of_year"
  case daysInMonth = "days_in_month"
  case deg
  case delta
  case deriv
  case exp
  case floor
  case histogramAvg = "histogram_avg"
  case histogramCount = "histogram_count"
  case histogramFraction = "histogram_fraction"
  case histogramQuantile = "histogram_quantile"
  case histogramStddev = "histogram_stddev"
  case histogramStdvar = "histogram_stdvar"
  case histogramSum = "histogram_sum"
  case holtWinters = "holt_winters"
  case hour
  case idelta
  case increase
  case irate
  case labelJoin = "label_join"
  case labelReplace = "label_replace"
  case lastOverTime = "last_over_time"
  case ln
  case log10
  case log2
  case maxOverTime = "max_over_time"
  case minOverTime = "min_over_time"
  case minute
  case month
  case pi
  case predictLinear = "predict_linear"
  case presentOverTime = "present_over_time"
  case quantileOverTime = "quantile_over_time"
  case rad
  case rate
  case resets
  case round
  case scalar
  case sgn
  case sin
  case sinh
  case sort
  case sortDesc = "sort_desc"
  case sqrt
  case stddevOverTime = "stddev_over_time"
  case stdvarOverTime = "stdvar_over_time"
  case sumOverTime = "sum_over_time"
  case tan
  case tanh
  case time
  case timestamp
  case vector
  case year
}

/// What a function takes, what it gives, and where it exists.
package struct FunctionSignature: Hashable, Sendable {
  /// What may follow the arguments that must be there.
  package enum Trailing: Hashable, Sendable {
    case nothing
    case optional(ValueType)
    /// None, one or many of a type.
    case any(ValueType)
  }

  package let required: [ValueType]
  package let trailing: Trailing
  package let result: ValueType
  package let dialects: Set<PromQLDialect>

  fileprivate init(
    _ required: ValueType...,
    then trailing: Trailing = .nothing,
    gives result: ValueType = .instantVector,
    only dialects: PromQLDialect...
  ) {
    self.required = required
    self.trailing = trailing
    self.result = result
    self.dialects = Set(dialects.isEmpty ? PromQLDialect.allCases : dialects)
  }

  /// The type wanted of an argument counted from zero; nothing where the function takes no such argument.
  package func argumentType(at index: Int) -> ValueType? {
    if index < required.count { return required[index] }
    switch trailing {
    case .nothing: return nil
    case .optional(let type): return index == required.count ? type : nil
    case .any(let type): return type
    }
  }
}

extension PromQLFunction {
  /// The function table. Rows without a `gives` make an instant vector; rows without an `only` exist everywhere.
  package var signature: FunctionSignature {
    switch self {
    case .abs: FunctionSignature(.instantVector)
    case .absent: FunctionSignature(.instantVector)
    case .absentOverTime: FunctionSignature(.rangeVector)
    case .acos: FunctionSignature(.instantVector)
    case .acosh: FunctionSignature(.instantVector)
    case .asin: FunctionSignature(.instantVector)
    case .asinh: FunctionSignature(.instantVector)
    case .atan: FunctionSignature(.instantVector)
    case .atanh: FunctionSignature(.instantVector)
    case .avgOverTime: FunctionSignature(.rangeVector)
    case .ceil: FunctionSignature(.instantVector)
    case .changes: FunctionSignature(.rangeVector)
    case .clamp: FunctionSignature(.instantVector, .scalar, .scalar)
    case .clampMax: FunctionSignature(.instantVector, .scalar)
    case .clampMin: FunctionSignature(.instantVector, .scalar)
    case .cos: FunctionSignature(.instantVector)
    case .cosh: FunctionSignature(.instantVector)
    case .countOverTime: FunctionSignature(.rangeVector)
    case .dayOfMonth: FunctionSignature(then: .optional(.instantVector))
    case .dayOfWeek: FunctionSignature(then: .optional(.instantVector))
    case .dayOfYear: FunctionSignature(then: .optional(.instantVector))
    case .daysInMonth: FunctionSignature(then: .optional(.instantVector))
    case .deg: FunctionSignature(.instantVector)
    case .delta: FunctionSignature(.rangeVector)
    case .deriv: FunctionSignature(.rangeVector)
    case .exp: FunctionSignature(.instantVector)
    case .floor: FunctionSignature(.instantVector)
    case .histogramAvg: FunctionSignature(.instantVector, only: .prometheus3)
    case .histogramCount: FunctionSignature(.instantVector)
    case .histogramFraction: FunctionSignature(.scalar, .scalar, .instantVector)
    case .histogramQuantile: FunctionSignature(.scalar, .instantVector)
    case .histogramStddev: FunctionSignature(.instantVector, only: .prometheus3)
    case .histogramStdvar: FunctionSignature(.instantVector, only: .prometheus3)
    case .histogramSum: FunctionSignature(.instantVector)
    case .holtWinters: FunctionSignature(.rangeVector, .scalar, .scalar, only: .prometheus2)
    case .hour: FunctionSignature(then: .optional(.instantVector))
    case .idelta: FunctionSignature(.rangeVector)
    case .increase: FunctionSignature(.rangeVector)
    case .irate: FunctionSignature(.rangeVector)
    case .labelJoin: FunctionSignature(.instantVector, .string, .string, then: .any(.string))
    case .labelReplace: FunctionSignature(.instantVector, .string, .string, .string, .string)
    case .lastOverTime: FunctionSignature(.rangeVector)
    case .ln: FunctionSignature(.instantVector)
    case .log10: FunctionSignature(.instantVector)
    case .log2: FunctionSignature(.instantVector)
    case .maxOverTime: FunctionSignature(.rangeVector)
    case .minOverTime: FunctionSignature(.rangeVector)
    case .minute: FunctionSignature(then: .optional(.instantVector))
    case .month: FunctionSignature(then: .optional(.instantVector))
    case .pi: FunctionSignature(gives: .scalar)
    case .predictLinear: FunctionSignature(.rangeVector, .scalar)
    case .presentOverTime: FunctionSignature(.rangeVector)
    case .quantileOverTime: FunctionSignature(.scalar, .rangeVector)
    case .rad: FunctionSignature(.instantVector)
    case .rate: FunctionSignature(.rangeVector)
    case .resets: FunctionSignature(.rangeVector)
    case .round: FunctionSignature(.instantVector, then: .optional(.scalar))
    case .scalar: FunctionSignature(.instantVector, gives: .scalar)
    case .sgn: FunctionSignature(.instantVector)
    case .sin: FunctionSignature(.instantVector)
    case .sinh: FunctionSignature(.instantVector)
    case .sort: FunctionSignature(.instantVector)
    case .sortDesc: FunctionSignature(.instantVector)
    case .sqrt: FunctionSignature(.instantVector)
    case .stddevOverTime: FunctionSignature(.rangeVector)
    case .stdvarOverTime: FunctionSignature(.rangeVector)
    case .sumOverTime: FunctionSignature(.rangeVector)
    case .tan: FunctionSignature(.instantVector)
    case .tanh: FunctionSignature(.instantVector)
    case .time: FunctionSignature(gives: .scalar)
    case .timestamp: FunctionSignature(.instantVector)
    case .vector: FunctionSignature(.scalar)
    case .year: FunctionSignature(then: .optional(.instantVector))
    }
  }
}
