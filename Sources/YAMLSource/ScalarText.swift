import Diagnostics

/// Leads from places in the decoded text of a scalar back to the bytes of the file.
///
/// Expressions are parsed from decoded text; their carets belong under what the author typed, inside quotes and
/// folded lines too. The source is decoded anew, noting where each byte comes from, only when somebody asks.
package struct ScalarText: Sendable {
  private let node: YAMLNode
  /// Empty where the text is written as it reads, or where this decoder and libyaml disagree.
  private let origins: [ScalarDecoder.Origin]

  package init(_ node: YAMLNode) {
    self.node = node
    guard node.isScalar, node.record.isDecoded else {
      origins = []
      return
    }
    let decoder = ScalarDecoder.decode(node)
    origins = decoder.text.elementsEqual(node.textBytes) ? decoder.origins : []
  }

  /// The bytes of the file behind a range of the decoded text, both in UTF-8.
  ///
  /// An escape is one place however many bytes it stands for. Ranges beyond the text end with it; where the source
  /// cannot be followed, the answer is the whole node.
  package func span(of range: Range<Int>) -> SourceSpan {
    let record = node.record
    let count = node.textBytes.count
    let range = range.clamped(to: 0..<count)
    if !record.isDecoded, node.isScalar {
      let start = Int(record.lower)
      return SourceSpan(file: node.tree.file.id, start: start + range.lowerBound, end: start + range.upperBound)
    }
    guard origins.count == count, let last = origins.last else { return node.span }
    let start = range.lowerBound < count ? Int(origins[range.lowerBound].start) : Int(last.end)
    let end = range.isEmpty ? start : Int(origins[range.upperBound - 1].end)
    return SourceSpan(file: node.tree.file.id, start: start, end: max(start, end))
  }
}

extension YAMLNode {
  /// The bytes of the file behind a range of the decoded text; see `ScalarText`, which answers many such questions
  /// about one node for the price of one.
  package func span(ofText range: Range<Int>) -> SourceSpan {
    ScalarText(self).span(of: range)
  }
}
