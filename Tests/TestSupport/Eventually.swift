/// What had not come true by its deadline, and what was seen instead.
package struct NotInTime: Error, CustomStringConvertible {
  let what: String
  let limit: Duration
  let seen: String

  package var description: String { "not within \(limit): \(what); last seen: \(seen)" }
}

/// Asks until an answer is as expected, and gives that answer. Anything thrown meanwhile counts as an answer that is not.
@discardableResult
package func eventually<Answer: Sendable>(
  _ what: String,
  within limit: Duration = .seconds(30),
  _ isExpected: (Answer) -> Bool,
  asking: () async throws -> Answer
) async throws -> Answer {
  let deadline = ContinuousClock.now + limit
  var seen = "nothing"
  repeat {
    do {
      let answer = try await asking()
      if isExpected(answer) { return answer }
      seen = "\(answer)"
    } catch let error as ProcessEnded {
      throw error
    } catch {
      seen = "\(error)"
    }
    try await Task.sleep(for: .milliseconds(50))
  } while ContinuousClock.now < deadline
  throw NotInTime(what: what, limit: limit, seen: seen)
}
