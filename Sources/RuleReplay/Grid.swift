/// The moments at which everything is scraped and evaluated: `start`, `start + step`, and so on.
package struct Grid: Sendable, Hashable {
  /// Milliseconds since 1970.
  package let start: Int
  /// Milliseconds, above zero.
  package let step: Int
  package let count: Int

  package init(start: Int, step: Int, count: Int) {
    precondition(step > 0 && count >= 0, "a grid goes forward")
    self.start = start
    self.step = step
    self.count = count
  }

  /// Milliseconds since 1970.
  package func time(_ index: Int) -> Int { start + index * step }

  /// The last moment that is not after a time; negative where there is none.
  func last(notAfter time: Int) -> Int { (time - start).dividedRoundingDown(by: step) }

  /// The first moment that is not before a time.
  func first(notBefore time: Int) -> Int { -(start - time).dividedRoundingDown(by: step) }
}

extension Int {
  /// The divisor is above zero.
  func dividedRoundingDown(by divisor: Int) -> Int {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
