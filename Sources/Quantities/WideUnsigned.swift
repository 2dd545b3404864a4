/// An unsigned whole number of 256 bits, for results that `Rational` must round.
struct WideUnsigned: Hashable {
  var high: UInt128
  var low: UInt128

  init(high: UInt128 = 0, low: UInt128) {
    self.high = high
    self.low = low
  }

  init(product left: UInt128, _ right: UInt128) {
    let full = left.multipliedFullWidth(by: right)
    self.init(high: full.high, low: full.low)
  }

  var isZero: Bool { high == 0 && low == 0 }

  /// The same number in 128 bits, where it fits.
  var narrow: UInt128? { high == 0 ? low : nil }

  var leadingZeroBitCount: Int {
    high == 0 ? 128 + low.leadingZeroBitCount : high.leadingZeroBitCount
  }

  /// The sum; two terms below 2^255 cannot overflow it.
  static func + (left: WideUnsigned, right: WideUnsigned) -> WideUnsigned {
    let low = left.low.addingReportingOverflow(right.low)
    return WideUnsigned(high: left.high &+ right.high &+ (low.overflow ? 1 : 0), low: low.partialValue)
  }

  /// The difference; `right` is at most `left`.
  static func - (left: WideUnsigned, right: WideUnsigned) -> WideUnsigned {
    let low = left.low.subtractingReportingOverflow(right.low)
    return WideUnsigned(high: left.high &- right.high &- (low.overflow ? 1 : 0), low: low.partialValue)
  }

  func shiftedLeft(by count: Int) -> WideUnsigned {
    switch count {
    case 0: self
    case 1..<128: WideUnsigned(high: high << count | low >> (128 - count), low: low << count)
    default: WideUnsigned(high: low << (count - 128), low: 0)
    }
  }

  func shiftedRight(by count: Int) -> WideUnsigned {
    switch count {
    case 0: self
    case 1..<128: WideUnsigned(high: high >> count, low: low >> count | high << (128 - count))
    default: WideUnsigned(low: high >> (count - 128))
    }
  }

  /// Quotient and remainder, bit by bit; `divisor` is not zero.
  func dividedReportingRemainder(by divisor: WideUnsigned) -> (quotient: WideUnsigned, remainder: WideUnsigned) {
    var quotient = WideUnsigned(low: 0)
    var remainder = self
    var shift = divisor.leadingZeroBitCount - leadingZeroBitCount
    while shift >= 0 {
      let part = divisor.shiftedLeft(by: shift)
      quotient = quotient.shiftedLeft(by: 1)
      if part <= remainder {
        remainder = remainder - part
        quotient.low |= 1
      }
      shift -= 1
    }
    return (quotient, remainder)
  }
}

extension WideUnsigned: Comparable {
  static func < (left: WideUnsigned, right: WideUnsigned) -> Bool {
    left.high == right.high ? left.low < right.low : left.high < right.high
  }
}
