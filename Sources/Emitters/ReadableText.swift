import Quantities

/// Numbers as people read them: rounded to three significant digits, half to even. Exact numbers are in the JSON.
package enum ReadableText {
  /// `10,000`, `83.3`, `0.00417`: the whole part keeps all of its digits.
  package static func number(_ value: Rational) -> String {
    let scale = scale(of: value)
    return (Rational((value * scale).roundedHalfEven) / scale).groupedText(separator: ",")
  }

  /// `0.5%`, `14.4%`.
  package static func percent(_ share: Rational) -> String {
    "\(number(share * 100))%"
  }

  /// `99.95%`: every digit, since people agreed on it.
  package static func exactPercent(_ share: Rational) -> String {
    "\((share * 100).description)%"
  }

  /// `14.4×`.
  package static func factor(_ value: Rational) -> String {
    "\(number(value))×"
  }

  /// `02:30`; `second` counts from midnight.
  package static func clock(second: Int) -> String {
    let (hour, minute) = (second / 3_600, second / 60 % 60)
    return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
  }

  /// The two largest units: `3d8h`, `43m12s`; less than a minute in digits of one: `3.6s`, `864ms`.
  package static func duration(seconds: Rational) -> String {
    if seconds.isZero { return "0s" }
    if seconds < 0 { return "-\(duration(seconds: -seconds))" }
    // From here on three digits round up to a minute.
    let nearlyMinute = Rational(numerator: 1_199, denominator: 20)
    if seconds >= 1, seconds < nearlyMinute { return "\(number(seconds))s" }
    guard let first = units.firstIndex(where: { $0.seconds <= seconds }) else {
      return "\(number(seconds * 1_000))ms"
    }
    // Rounding may carry 59.7 minutes over to an hour, which then is a larger unit's.
    let smallest = units[min(first + 1, units.count - 1)]
    let rounded = Rational((seconds / smallest.seconds).roundedHalfEven) * smallest.seconds
    let start = first > 0 && rounded >= units[first - 1].seconds ? first - 1 : first
    let large = (rounded / units[start].seconds).floor
    let rest = rounded - Rational(large) * units[start].seconds
    let name = "\(Rational(large).groupedText(separator: ","))\(units[start].name)"
    if rest.isZero { return name }
    let next = units[start + 1]
    return "\(name)\((rest / next.seconds).roundedHalfEven)\(next.name)"
  }

  private static let units: [(seconds: Rational, name: String)] = [
    (86_400, "d"), (3_600, "h"), (60, "m"), (1, "s"), (Rational(numerator: 1, denominator: 1_000), "ms"),
  ]

  /// The power of ten that lifts all digits to be shown above the point.
  private static func scale(of value: Rational) -> Rational {
    if value.isZero { return 1 }
    var scale: Rational = 1
    let enough = Rational(100)
    while value.magnitude * scale < enough { scale *= 10 }
    return scale
  }
}
