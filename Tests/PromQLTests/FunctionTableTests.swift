import PromQL
import TestSupport
import Testing

@Suite("Every function takes and gives what promtool says it does")
struct FunctionTableTests {
  /// One operand of each type that a function can take.
  private static let operands: [(ValueType, String)] = [
    (.scalar, "1"), (.string, "\"a\""), (.instantVector, "x"), (.rangeVector, "x[5m]"),
  ]

  private static func operand(_ type: ValueType) -> String {
    operands.first { $0.0 == type }?.1 ?? ""
  }

  /// Arguments as the signature has them, and variations with one more, one less or one of another type.
  private static func calls(_ function: PromQLFunction) -> [String] {
    let signature = function.signature
    var lists: [[String]] = []
    for count in 0...6 {
      let wanted = (0..<count).map { operand(signature.argumentType(at: $0) ?? .scalar) }
      lists.append(wanted)
      for index in wanted.indices {
        for (_, other) in operands where other != wanted[index] {
          var list = wanted
          list[index] = other
          lists.append(list)
        }
      }
    }
    return lists.map { "\(function.rawValue)(\($0.joined(separator: ", ")))" }
  }

  @Test("arguments of every function in every number and type")
  func arguments() throws {
    let calls = PromQLFunction.allCases.flatMap(Self.calls)
    let refusals = try Promtool.refusals(of: calls)
    for (call, refusal) in zip(calls, refusals) {
      let isAccepted = (try? PromQLParser.parse(call)) != nil
      #expect(isAccepted == (refusal == nil), "\(call): \(refusal ?? "accepted by promtool")")
    }
  }

  @Test("results: what wants a scalar or a vector takes the functions that give one")
  func results() throws {
    let calls = PromQLFunction.allCases.filter { $0.signature.dialects.contains(.prometheus2) }.map { function in
      let arguments = function.signature.required.map(Self.operand).joined(separator: ", ")
      return "\(function.rawValue)(\(arguments))"
    }
    let wrapped = calls.flatMap { ["vector(\($0))", "sum(\($0))"] }
    let refusals = try Promtool.refusals(of: wrapped)
    for (call, refusal) in zip(wrapped, refusals) {
      let isAccepted = (try? PromQLParser.parse(call)) != nil
      #expect(isAccepted == (refusal == nil), "\(call): \(refusal ?? "accepted by promtool")")
    }
  }
}
