/// Which texts of a spec become links.
package enum WebAddress {
  /// `http` and `https` only: other schemes, `javascript` above all, could do something when somebody follows them.
  package static func isFollowable(_ text: String) -> Bool {
    let scheme = text.prefix(8).lowercased()
    return scheme.hasPrefix("http://") || scheme.hasPrefix("https://")
  }
}
