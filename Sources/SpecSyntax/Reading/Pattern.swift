/// Regular expressions (ECMA 262) for editors: what a value looks like, as far as a regular language can say it.
///
/// They are never matched by the compiler, which has its own readers. Each accepts everything that the reader accepts, and
/// tests hold it to that.
enum Pattern {
  private static let digits = "[0-9](_?[0-9])*"
  private static let number = "\(digits)(\\.\(digits))?"
  private static let span =
    "(?=[0-9])(\(number)y)?(\(number)w)?(\(number)d)?(\(number)h)?(\(number)m)?(\(number)s)?(\(number)ms)?(\(number)us)?"
  private static let share = "(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)%"
  private static let comparison = "(<=?|>=?|≤|≥)"
  private static let zone = "[A-Za-z][A-Za-z0-9/_+-]*"
  private static let window = "(\(span)|calendar +(week|month|quarter|year)( +in +\(zone))?)"
  private static let label = "[a-zA-Z_][a-zA-Z0-9_]*"
  private static let word = "([-A-Za-z0-9_.:]|[^\\x00-\\x7F])+"
  private static let name = "\(word)(/\(word)){0,2}"
  private static let perTime = "(/|(^|[ -])per[ -]) *[0-9a-z]+"

  static let duration = "^\(span)$"
  static let timeWindow = "^\(window)$"
  static let percentage = "^\(share)$"
  static let date = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
  /// What begins like a date is meant as one.
  static let dateOrText = "^([0-9]{4}-[0-9]{2}-[0-9]{2}$|\\s*[^-0-9\\s])"
  static let instant = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})$"
  static let count = "^\(number)( *[A-Za-z].*)?$"
  static let amount = "^-?\(number)( *[^\\s0-9].*)?$"
  static let eventRate = "^\(number) *(.*\(perTime)|[A-Za-z]?ps)$"
  static let loss = "^~?\(number)( *[^\\s0-9].*)?$"
  static let statedCount = "^~?\(number)( *[A-Za-z].*)?$"
  static let statedPercentage = "^~?\(share)$"
  static let reference = "^\(name)$"
  static let quarter = "^[0-9]{4}-Q[1-4]$"
  static let timeOfDay = "^([01][0-9]|2[0-3]):[0-5][0-9]$"
  static let weekly =
    "^\\s*(monday|tuesday|wednesday|thursday|friday|saturday|sunday)\\s+([01][0-9]|2[0-3]):[0-5][0-9]\\s*$"
  static let timeZone = "^\(zone)$"
  static let cadence = "^(\(span)|week|month|quarter|year)$"
  static let unit = "^[A-Za-z][A-Za-z0-9_-]*$"

  static let objective =
    "^\\s*\(name)\\s+(attested|(p[0-9.]+\\s*)?\(comparison)\\s*.*\\S\\s+over\\s+\(window)(\\s+by\\s*\\[?.*\(label).*\\]?)?)\\s*$"
  static let condition = "^[^<>=≤≥]*\(comparison)(.|\\n)*$"
  static let remaining = "^\\s*remaining\\s*\(comparison)\\s*\(share)\\s*$"
  static let levelEntry = "^\\s*(always|remaining\\s*\(comparison)\\s*\(share))\\s*$"
  static let levelAction = "^\\s*[^\\s]+(\\s+(hourly|daily|weekly|monthly|quarterly|every\\s+\(span)))?\\s*$"
  static let promiseToAct = "^\\s*(acknowledge|answer|fix)\\s+within\\s+\(span)\\s*$"
  static let lossRange = range(of: "\(number).*\(perTime)", mayBeExact: false)
  static let durationRange = range(of: span, mayBeExact: true)
  static let percentageRange = range(of: share, mayBeExact: true)

  /// `< 5h`, `1h .. 5h` and, where that is allowed, `5h`.
  private static func range(of value: String, mayBeExact: Bool) -> String {
    let exact = mayBeExact ? "|~?\(value)" : ""
    return "^\\s*(\(comparison)\\s*~?\(value)|~?\(value)\\s*\\.\\.\\s*~?\(value)\(exact))\\s*$"
  }
}
