import Diagnostics
import SpecSyntax
import YAMLSource

/// What laying out a file has come to.
package enum FormattedFile: Sendable {
  /// The file as it belongs, which may be as it was.
  case laidOut(SourceFile)
  /// What is wrong with it as YAML.
  case unreadable(DiagnosticBag)
  /// Laid out it would say something else, by a construct of YAML that specs have no use for.
  case beyond
}

/// Gives spec files their one layout.
package enum SpecFormatter {
  /// The same file in the one layout: keys in the order of the language, two spaces a level, one blank line at most.
  ///
  /// What the file says stays, comments, anchors and aliases included; the result is read again to make sure.
  package static func format(_ file: SourceFile, isSettings: Bool) -> FormattedFile {
    var bag = DiagnosticBag()
    _ = YAMLParser.parse(file, into: &bag)
    guard !bag.hasErrors else { return .unreadable(bag) }
    guard let written = WrittenFile.read(file) else { return .beyond }
    var reader = LayoutReader(file, written)
    let layout = reader.layout(isSettings ? SpecLanguage.plainSettingsShape : SpecLanguage.documentShape)
    guard var bytes = LayoutPrinter.print(layout) else { return .beyond }
    if file.hasCarriageReturns { bytes = bytes.withCarriageReturns }
    let result = SourceFile(id: file.id, path: file.path, bytes: bytes)
    guard let again = WrittenFile.read(result), MeaningCheck.isSame(written, file.bytes, again, bytes) else {
      return .beyond
    }
    return .laidOut(result)
  }
}

extension SourceFile {
  /// Whether the first line ends as lines do on Windows.
  fileprivate var hasCarriageReturns: Bool {
    guard let end = bytes.firstIndex(of: .newline), end > 0 else { return false }
    return bytes[end - 1] == .carriageReturn
  }
}

extension [UInt8] {
  fileprivate var withCarriageReturns: [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(count + count / 16)
    for byte in self {
      if byte == .newline { result.append(.carriageReturn) }
      result.append(byte)
    }
    return result
  }
}
