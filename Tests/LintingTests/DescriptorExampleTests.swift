import Diagnostics
import Linting
import Testing

@Suite("Every page of a rule tells the truth")
struct DescriptorExampleTests {
  @Test("the flagged example raises exactly its marks", arguments: RuleRegistry.descriptors)
  func flagged(_ descriptor: DiagnosticDescriptor) {
    let linted = LintedText(descriptor.flagged)
    #expect(linted.underlined(by: descriptor.code) == LintedText.marks(in: descriptor.flagged))
    let others = linted.diagnostics.filter { $0.severity == .error && $0.descriptor.code != descriptor.code }
    #expect(others.map(\.message) == [])
  }

  @Test("the accepted example raises nothing of the code, and no error", arguments: RuleRegistry.descriptors)
  func accepted(_ descriptor: DiagnosticDescriptor) {
    let linted = LintedText(descriptor.accepted)
    #expect(linted.findings(of: descriptor.code) == [])
    #expect(linted.diagnostics.filter { $0.severity == .error }.map(\.message) == [])
  }

  @Test("the fix of a flagged example silences it", arguments: RuleRegistry.descriptors)
  func fixed(_ descriptor: DiagnosticDescriptor) {
    let linted = LintedText(descriptor.flagged)
    let edits = linted.diagnostics(of: descriptor.code).compactMap(\.fix).flatMap(\.edits)
    guard !edits.isEmpty, let file = linted.files.first else { return }
    var bytes = file.bytes
    for edit in edits.sorted(by: { $0.span.start > $1.span.start }) {
      bytes.replaceSubrange(edit.span.range, with: Array(edit.replacement.utf8))
    }
    let mended = LintedText(String(decoding: bytes, as: UTF8.self))
    #expect(mended.findings(of: descriptor.code) == [])
    #expect(mended.diagnostics.filter { $0.severity == .error }.map(\.message) == [])
  }

  @Test("no code and no name is used twice")
  func unique() {
    let descriptors = RuleRegistry.descriptors
    #expect(Set(descriptors.map(\.code)).count == descriptors.count)
    #expect(Set(descriptors.map(\.name)).count == descriptors.count)
  }

  @Test("rules stand in the order of their codes")
  func order() {
    let codes = RuleRegistry.rules.map(\.descriptor.code)
    #expect(codes == codes.sorted())
  }
}
