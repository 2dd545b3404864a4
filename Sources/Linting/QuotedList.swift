extension [String] {
  /// Names for a message, the first eight of many: `'done', 'failed', 'rejected'`.
  var quotedList: String {
    let shown = prefix(8).map { "'\($0)'" }.joined(separator: ", ")
    return count > 8 ? "\(shown) and \(count - 8) more" : shown
  }
}
