import Quantities

/// The text of one scalar, or of a part of it.
typealias WrittenBytes = ArraySlice<UInt8>

extension Quantity {
  /// A value of any dimension; percentages are held to the one way in which shares are written.
  init(bound bytes: WrittenBytes) throws(QuantityError) {
    self = try Quantity(readingUTF8: bytes)
    guard unit == .percent else { return }
    do throws(QuantityError) {
      _ = try Ratio(readingUTF8: bytes)
    } catch {
      switch error.reason {
      // A gauge may well be above 100%, or below zero.
      case .outOfRange: return
      case .empty, .notANumber, .missingUnit, .unknownUnit, .wrongUnit, .tooPrecise, .malformed: throw error
      }
    }
  }
}

extension Rational {
  /// A number of things: zero or more, a noun behind it being a remark.
  init(countIn bytes: WrittenBytes) throws(QuantityError) {
    self = try Count(readingUTF8: bytes).rational
  }
}

extension StatedSpec {
  /// A figure, with `~` before it where it was rounded.
  init(
    _ bytes: WrittenBytes,
    _ read: (WrittenBytes) throws(QuantityError) -> Value
  ) throws(QuantityError) {
    guard bytes.first == UInt8(ascii: "~") else {
      self.init(value: try read(bytes), isApproximate: false, text: String(decoding: bytes, as: UTF8.self))
      return
    }
    do throws(QuantityError) {
      let text = String(decoding: bytes, as: UTF8.self)
      self.init(value: try read(bytes.dropFirst()), isApproximate: true, text: text)
    } catch {
      throw QuantityError(
        error.reason,
        error.message,
        at: error.range.lowerBound + 1..<error.range.upperBound + 1,
        suggestion: error.suggestion.map { "~\($0)" }
      )
    }
  }
}

extension LossSpec {
  /// A count of events, or a duration.
  init(_ bytes: WrittenBytes) throws(QuantityError) {
    let quantity = try Quantity(readingUTF8: bytes)
    guard !quantity.value.isNegative else {
      throw QuantityError(.outOfRange, "\(bytes.quotedText) is below zero", at: 0..<bytes.count)
    }
    if quantity.dimension == .time, let span = quantity.timeSpan {
      self = .time(span)
    } else if quantity.dimension == .events || quantity.unit == .number {
      self = .events(quantity.value)
    } else {
      throw QuantityError(
        .wrongUnit,
        "\(bytes.quotedText) is \(quantity.dimension), not a count of events or a duration",
        at: 0..<bytes.count
      )
    }
  }
}

extension LossRateSpec {
  /// `10/h`, `500 per month`, `30s/h`.
  init(_ bytes: WrittenBytes) throws(QuantityError) {
    do throws(QuantityError) {
      self = .time(try TimeRate(readingUTF8: bytes))
    } catch let timeError {
      do throws(QuantityError) {
        self = .events(try EventRate(readingUTF8: bytes))
      } catch {
        // A duration in front says which of the two was meant.
        throw error.reason == .wrongUnit || timeError.reason == .outOfRange ? timeError : error
      }
    }
  }
}
