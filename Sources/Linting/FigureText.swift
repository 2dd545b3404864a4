import Quantities
import SpecCatalog

// Figures as messages show them: exact where that is short, else with the three digits that a reader compares.

extension Rational {
  /// `2500`, `336_000`, `43.2`, `3.47`, `0.0144`.
  var figureText: String {
    if magnitude >= 10_000 { return Rational(roundedHalfEven).groupedText }
    if let exact = exactDecimalText, exact.utf8.count <= 7 { return exact }
    return roundedFigureText
  }

  /// A whole number as specs have large ones.
  private var groupedText: String {
    let digits = Array(magnitude.decimalText)
    let groups = digits.indices.map { index in
      index > 0 && (digits.count - index) % 3 == 0 ? "_\(digits[index])" : "\(digits[index])"
    }
    return (isNegative ? "-" : "") + groups.joined()
  }

  /// Three digits, and all of a whole number: `48.4`, `3.47`, `1250`.
  var roundedFigureText: String {
    var places = 2
    var scale = magnitude
    while scale >= 10, places > 0 {
      scale = scale / 10
      places -= 1
    }
    while !scale.isZero, scale < 1, places < 12 {
      scale = scale * 10
      places += 1
    }
    return decimalText(maximumFractionDigits: places)
  }

  /// A share: `1.44%`.
  var percentFigureText: String { "\((self * 100).figureText)%" }

  /// A share near all, with what it lacks to three digits and not rounded up: `99.85%` and `99.301%`.
  var nearlyAllText: String {
    let lacking = (Rational.one - self) * 100
    guard !lacking.isZero, !lacking.isNegative else { return percentFigureText }
    var scale = Rational.one
    while lacking * scale < 100, scale < 1_000_000_000 { scale = scale * 10 }
    let shown = Rational((lacking * scale).ceiling) / scale
    return "\((100 - shown).decimalText)%"
  }

  /// Seconds, in the unit in which they are easiest to compare: `10.4 days`, `86.4 hours`, `3.6 seconds`.
  var durationFigureText: String {
    switch TimeSpan(roundingSeconds: self) {
    case TimeSpan.days(5)...: "\((self / 86_400).roundedFigureText) days"
    case TimeSpan.hours(2)...: "\((self / 3_600).roundedFigureText) hours"
    case TimeSpan.minutes(2)...: "\((self / 60).roundedFigureText) minutes"
    default: "\(figureText) seconds"
    }
  }

  /// Seconds as they would be written in a spec: `43m12s`, `3.6s`.
  var timeFigureText: String {
    self < 60 ? "\(figureText)s" : TimeSpan(roundingSeconds: Rational(roundedHalfEven)).description
  }
}

extension TimeWindow {
  /// `30 days`, `a calendar month`.
  var spokenText: String {
    switch self {
    case .rolling(let span) where span >= .days(2) && (span / .days(1)).isWhole:
      "\((span / .days(1)).figureText) days"
    case .rolling(let span): span.description
    case .calendar: "a \(description)"
    }
  }
}
