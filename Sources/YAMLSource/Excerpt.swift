/// The text of an author as far as a message quotes it.
enum Excerpt {
  private static let limit = 80

  static func of(_ text: String) -> String {
    text.utf8.count <= limit ? text : String(text.unicodeScalars.prefix(limit / 2)) + "…"
  }
}
