/// Where a Prometheus, or something that speaks its HTTP API, answers: `https://metrics.example.com/prometheus`.
package struct PrometheusEndpoint: Sendable, Hashable {
  package let isEncrypted: Bool
  /// A name or an address, an IPv6 one without its brackets.
  package let host: String
  package let port: Int
  /// What stands before `/api/v1`, without a slash at its end; empty at the root.
  package let pathPrefix: String

  package init(reading text: String) throws(PrometheusAccessError) {
    let bytes = Array(text.utf8)
    guard bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw .unusableURL(text, "it has a space or a control")
    }
    var rest: Substring
    if let found = text.dropping(prefix: "https://") {
      (isEncrypted, rest) = (true, found)
    } else if let found = text.dropping(prefix: "http://") {
      (isEncrypted, rest) = (false, found)
    } else {
      throw .unusableURL(text, "it begins with neither 'http://' nor 'https://'")
    }
    // What stands before an '@' is a secret, and is not repeated.
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard !authority.contains("@") else { throw .secretInURL }
    rest = rest.dropFirst(authority.count)
    guard !rest.contains("?"), !rest.contains("#") else { throw .unusableURL(text, "it has a query or a fragment") }
    (host, port) = try Self.hostAndPort(authority, of: text, otherwise: isEncrypted ? 443 : 80)
    while rest.last == "/" { rest = rest.dropLast() }
    pathPrefix = String(rest)
  }

  private static func hostAndPort(
    _ authority: Substring,
    of text: String,
    otherwise usual: Int
  ) throws(PrometheusAccessError) -> (host: String, port: Int) {
    var host = authority
    var port: Substring = ""
    if authority.first == "[" {
      guard let end = authority.firstIndex(of: "]") else { throw .unusableURL(text, "its '[' has no ']'") }
      host = authority[authority.index(after: authority.startIndex)..<end]
      port = authority[authority.index(after: end)...]
    } else if let colon = authority.firstIndex(of: ":") {
      host = authority[..<colon]
      port = authority[colon...]
    }
    guard !host.isEmpty else { throw .unusableURL(text, "it names no host") }
    if port.isEmpty { return (String(host), usual) }
    guard port.first == ":", let number = UInt16(port.dropFirst()), number > 0 else {
      throw .unusableURL(text, "its port is no number from 1 to 65535")
    }
    return (String(host), Int(number))
  }

  /// What a `Host` header says of it.
  var authority: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == (isEncrypted ? 443 : 80) ? name : "\(name):\(port)"
  }
}

extension PrometheusEndpoint: CustomStringConvertible {
  package var description: String { "\(isEncrypted ? "https" : "http")://\(authority)\(pathPrefix)" }
}

extension String {
  fileprivate func dropping(prefix: String) -> Substring? {
    hasPrefix(prefix) ? dropFirst(prefix.count) : nil
  }
}
