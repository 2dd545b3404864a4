import Diagnostics
import SpecSyntax
import Testing

@Suite("the pages of the syntax codes")
struct DescriptorTests {
  @Test("a flagged example raises exactly its marks", arguments: SyntaxDiagnostics.all)
  func flagged(_ descriptor: DiagnosticDescriptor) {
    let spec = SpecText(descriptor.flagged)
    #expect(spec.diagnostics.map(\.descriptor.code) == spec.marks.map { _ in descriptor.code }, "\(spec.summary)")
    #expect(spec.diagnostics.map(\.span.range) == spec.marks, "\(spec.summary)")
    #expect(!spec.marks.isEmpty)
  }

  @Test("an accepted example raises nothing", arguments: SyntaxDiagnostics.all)
  func accepted(_ descriptor: DiagnosticDescriptor) {
    let spec = SpecText(descriptor.accepted)
    #expect(spec.diagnostics.isEmpty, "\(spec.summary)")
    #expect(spec.file.documents.count == 1)
  }

  @Test("no code is declared twice, and none can be turned off")
  func codes() {
    let codes = SyntaxDiagnostics.all.map(\.code)
    #expect(codes == codes.sorted())
    #expect(Set(codes).count == codes.count)
    #expect(SyntaxDiagnostics.all.allSatisfy { !$0.isConfigurable && $0.severity == .error })
  }
}
