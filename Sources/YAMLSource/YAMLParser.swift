import Diagnostics

/// Reads files as YAML 1.1 in the dialect of libyaml.
package enum YAMLParser {
  /// The root of each document of a file that says anything, in order.
  ///
  /// What is wrong goes into the bag. A document that libyaml cannot read, or that goes beyond a limit, and all
  /// that follow it are left out; after every other problem the rest of the document is returned.
  package static func parse(_ file: SourceFile, into bag: inout DiagnosticBag) -> [YAMLNode] {
    guard file.bytes.count <= YAMLLimits.fileSize else {
      bag.report(
        .limitExceeded,
        "the file is \(file.bytes.count) bytes long, more than the limit of \(YAMLLimits.fileSize) (64 MiB)",
        at: SourceSpan(file: file.id, start: 0, end: 0),
        fix: DiagnosticFix("split the file: one service or one journey each")
      )
      return []
    }
    return file.bytes.withUnsafeBufferPointer { bytes in
      guard let text = EncodingCheck.check(file, bytes, into: &bag) else { return [] }
      guard !hasTooManyTagDirectives(file, bytes, into: &bag) else { return [] }
      var builder = TreeBuilder(file: file, bytes: bytes, text: text)
      return builder.build(into: &bag)
    }
  }

  private static func hasTooManyTagDirectives(
    _ file: SourceFile,
    _ bytes: UnsafeBufferPointer<UInt8>,
    into bag: inout DiagnosticBag
  ) -> Bool {
    var count = 0
    for offset in bytes.indices where bytes[offset] == UInt8(ascii: "%") && bytes[offset...].starts(with: "%TAG".utf8) {
      count += 1
      if count > YAMLLimits.tagDirectives {
        bag.report(
          .limitExceeded,
          "'%TAG' is in the file more often than the limit of \(YAMLLimits.tagDirectives) times",
          at: SourceSpan(file: file.id, start: offset, end: offset + 4),
          fix: DiagnosticFix("remove the '%TAG' directives: specs use no tags of their own")
        )
        return true
      }
    }
    return false
  }
}
