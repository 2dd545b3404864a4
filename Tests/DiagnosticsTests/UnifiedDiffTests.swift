import Diagnostics
import Foundation
import TestSupport
import Testing

@Suite("Unified diffs")
struct UnifiedDiffTests {
  private static func file(_ text: String) -> SourceFile { SourceFile(id: FileID(0), path: "a.yaml", text: text) }

  @Test("equal files differ in nothing")
  func equal() {
    #expect(UnifiedDiff(from: Self.file("a\nb"), to: Self.file("a\nb")).text == "")
  }

  @Test("changes far apart have hunks of their own, near ones share one")
  func hunks() {
    let lines = (1...20).map { "line \($0)" }
    var changed = lines
    changed[1] = "second"
    changed[4] = "fifth"
    changed.remove(at: 16)
    let text = UnifiedDiff(
      from: Self.file(lines.map { $0 + "\n" }.joined()),
      to: Self.file(changed.map { $0 + "\n" }.joined())
    ).text
    #expect(
      text == """
        --- a/a.yaml
        +++ b/a.yaml
        @@ -1,8 +1,8 @@
         line 1
        -line 2
        +second
         line 3
         line 4
        -line 5
        +fifth
         line 6
         line 7
         line 8
        @@ -14,7 +14,6 @@
         line 14
         line 15
         line 16
        -line 17
         line 18
         line 19
         line 20

        """
    )
  }

  @Test("patch makes the one file of the other", arguments: 0..<120)
  func patch(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let old = Self.lines(&random)
    var new = old
    for _ in 0...Int.random(in: 0..<8, using: &random) {
      let place = Int.random(in: 0...new.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: new.insert("new \(place)\n", at: place)
      case 1 where place < new.count: new.remove(at: place)
      default: if place < new.count { new[place] = "other\n" }
      }
    }
    let cut = seed.isMultiple(of: 4) ? 1 : 0
    let (before, after) = (String(old.joined().dropLast(cut)), String(new.joined().dropLast(cut)))
    #expect(try Self.patched(before, by: UnifiedDiff(from: Self.file(before), to: Self.file(after)).text) == after)
  }

  private static func lines(_ random: inout SeededGenerator) -> [String] {
    (0..<Int.random(in: 0..<40, using: &random)).map { _ in "line \(Int.random(in: 0..<12, using: &random))\n" }
  }

  /// Follows a diff line by line, as `patch` would without looking for context.
  private static func patched(_ text: String, by diff: String) throws -> String {
    let old = text.split(separator: "\n", omittingEmptySubsequences: false).map { "\($0)\n" }
    var result: [String] = []
    var next = 0
    var sign: Character = " "
    for line in diff.split(separator: "\n").dropFirst(2) {
      if line.hasPrefix("@@") {
        let numbers = try #require(line.firstMatch(of: /-(\d+)(?:,(\d+))?/))
        let start = try #require(Int(numbers.1))
        let first = numbers.2 == "0" ? start : start - 1
        result += old[next..<first]
        next = first
      } else if line.hasPrefix("\\") {
        if sign != "-" { result[result.count - 1].removeLast() }
      } else {
        sign = try #require(line.first)
        if sign != "+" {
          #expect(old[next].dropLast() == line.dropFirst())
          next += 1
        }
        if sign != "-" { result.append("\(line.dropFirst())\n") }
      }
    }
    // What is left ends as the text does, without the line break that was put behind everything.
    if next < old.count { return String((result + old[next...]).joined().dropLast()) }
    return result.joined()
  }
}
