import Quantities
import StructuredText

/// How a Prometheus is asked: who asks, over what connection, and how patiently.
package struct PrometheusAccess: Sendable {
  /// Who asks. Secrets stay in their files and are read for each request, so that a rotated one is used at once.
  package enum Credentials: Sendable, Hashable {
    case anonymous
    case basic(user: String, passwordFile: String)
    case bearer(tokenFile: String)
  }

  /// A header that is sent with every request.
  package struct Header: Sendable, Hashable {
    package let name: String
    package let value: String

    /// Written as `Name: value`. Those that the client itself sets are refused.
    package init(reading text: String) throws(PrometheusAccessError) {
      let parts = text.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, Self.isName(parts[0]) else { throw .unusableHeader(text, "it is not 'Name: value'") }
      let name = String(parts[0])
      try self.init(name, String(parts[1].drop { $0 == " " }))
    }

    package init(_ name: String, _ value: String) throws(PrometheusAccessError) {
      let reserved = ["host", "content-length", "transfer-encoding", "connection", "accept-encoding"]
      guard !reserved.contains(name.lowercased()) else { throw .unusableHeader(name, "the client sets it") }
      guard value.utf8.allSatisfy({ $0 == 0x09 || (0x20...0x7E).contains($0) }) else {
        throw .unusableHeader(name, "its value has a control or a character beyond ASCII")
      }
      self.name = name
      self.value = value
    }

    private static func isName(_ text: Substring) -> Bool {
      !text.isEmpty
        && text.utf8.allSatisfy { byte in
          UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
    }
  }

  /// Whom an encrypted connection trusts, and what it shows of itself.
  package struct TransportSecurity: Sendable, Hashable {
    /// Certificates in PEM that are trusted instead of the system's.
    package var authorityFile: String?
    /// The client's own chain and key, both in PEM, where the server asks for one.
    package var certificateFile: String?
    package var keyFile: String?

    package init(authorityFile: String? = nil, certificateFile: String? = nil, keyFile: String? = nil) {
      self.authorityFile = authorityFile
      self.certificateFile = certificateFile
      self.keyFile = keyFile
    }
  }

  /// How long and how much; what goes beyond is an error.
  package struct Limits: Sendable, Hashable {
    package var connecting = TimeSpan.seconds(10)
    /// From the first attempt to connect to the last byte of the answer.
    package var request = TimeSpan.minutes(2)
    package var answerBytes = 64 << 20
    /// How often a request is made again after an answer of 5xx or 429 or a lost connection.
    package var retries = 4
    /// The longest first pause; each further one is up to twice as long.
    package var pause = TimeSpan.milliseconds(500)

    package init() {}
  }

  package var endpoint: PrometheusEndpoint
  package var credentials = Credentials.anonymous
  package var headers: [Header] = []
  package var security = TransportSecurity()
  package var limits = Limits()

  package init(endpoint: PrometheusEndpoint) {
    self.endpoint = endpoint
  }

  /// The tenant of Mimir, Cortex and Thanos.
  package static func tenant(_ name: String) throws(PrometheusAccessError) -> Header {
    try Header("X-Scope-OrgID", name)
  }
}

/// Why an access makes no sense, whatever the server would say.
package enum PrometheusAccessError: Error, Sendable, Hashable {
  case unusableURL(String, String)
  /// The URL itself is not repeated.
  case secretInURL
  case unusableHeader(String, String)
  case unusableSecret(file: String, reason: String)
  case unusableCertificate(file: String, reason: String)
}

extension PrometheusAccessError: CustomStringConvertible {
  package var description: String { VisibleText.of(message) }

  private var message: String {
    switch self {
    case .unusableURL(let text, let reason): "the URL '\(text)' cannot be used: \(reason)"
    case .secretInURL: "the URL has a user in it; credentials are read from files"
    case .unusableHeader(let name, let reason): "the header '\(name)' cannot be used: \(reason)"
    case .unusableSecret(let file, let reason): "cannot use the secret in '\(file)': \(reason)"
    case .unusableCertificate(let file, let reason): "cannot use the certificates or key in '\(file)': \(reason)"
    }
  }
}
