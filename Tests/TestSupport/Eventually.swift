/// What had not come true by its deadline, and what was seen instead.
package struct NotInTime: Error, CustomStringConvertible {
  let what: String
  let limit: Duration
  let seen: String

  package var description: String { "not within \(limit): \(what); last seen: \(seen)" }
}

/// Asks until an answer is as expected, and gives that answer. Anything thrown meanwhile counts as an answer that is not.
///
/// The limit holds for a machine with time to ask: where other tests keep all threads, it is asked a fair number of times
/// before it is given up, however long that takes.
@discardableResult
package func eventually<Answer: Sendable>(
  _ what: String,
  within limit: Duration = .seconds(30),
  _ isExpected: (Answer) -> Bool,
  asking: () async throws -> Answer
) async throws -> Answer {
  let deadline = ContinuousClock.now + limit
  let pause = Duration.milliseconds(50)
  let fairNumber = Int(limit / pause) / 4
  var seen = "nothing"
  var timesAsked = 0
  repeat {
    timesAsked += 1
    do {
      let answer = try await asking()
      if isExpected(answer) { return answer }
      seen = "\(answer)"
    } catch let error as ProcessEnded {
      throw error
    } catch {
      seen = "\(error)"
    }
    try await Task.sleep(for: pause)
  } while ContinuousClock.now < deadline || timesAsked < fairNumber
  throw NotInTime(what: what, limit: limit, seen: seen)
}
