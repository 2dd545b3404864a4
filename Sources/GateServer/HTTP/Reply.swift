import ContentHash
import HTTPTypes
import HummingbirdCore
import NIOCore
import StructuredText

/// What goes back over the wire.
struct Reply: Sendable {
  /// What caches may do with it.
  enum Freshness: Sendable {
    case never
    /// Keep it, and ask each time whether it still is what it was.
    case revalidated
    /// Use it again for whole seconds.
    case seconds(Int)
  }

  var head: HTTPResponse
  var body: ByteBuffer
  private(set) var tag: String?

  init(_ status: Int, _ type: String, _ bytes: [UInt8], _ freshness: Freshness) {
    head = HTTPResponse(status: HTTPResponse.Status(code: status), headerFields: HTTPFields())
    body = ByteBuffer(bytes: bytes)
    head.headerFields[.contentType] = type
    head.headerFields[.contentLength] = String(bytes.count)
    switch freshness {
    case .never: head.headerFields[.cacheControl] = "no-store"
    case .revalidated: head.headerFields[.cacheControl] = "private, no-cache"
    case .seconds(let count): head.headerFields[.cacheControl] = "private, max-age=\(count)"
    }
    head.headerFields[.vary] = "Accept, Authorization"
    switch freshness {
    case .never: break
    case .revalidated, .seconds:
      let tag = "\"\(SHA256.hexadecimal(of: bytes).prefix(32))\""
      self.tag = tag
      head.headerFields[.eTag] = tag
    }
  }

  init(json: JSONValue, _ status: Int, _ freshness: Freshness) {
    self.init(status, "application/json", Array(json.text(.compact).utf8), freshness)
  }

  init(_ problem: Problem) {
    self.init(problem.code.status, "application/problem+json", Array(problem.json.text(.compact).utf8), .never)
    switch problem.code {
    case .methodNotAllowed: head.headerFields[.allow] = problem.allowed
    case .unauthenticated: head.headerFields[.wwwAuthenticate] = "Bearer"
    case .tooManyRequests, .noObservations: head.headerFields[.retryAfter] = "1"
    case .bodyTooLarge, .targetTooLong: head.headerFields[.connection] = "close"
    case .unreadableRequest, .forbidden, .notFound, .unknownName, .unsupportedBody, .unanswerable, .contradiction:
      break
    }
  }

  /// The reply without its body, where the caller has that already (RFC 9110, section 13.1.2).
  func unlessKnown(_ tags: String?) -> Reply {
    guard let tag, let tags, head.status.code == 200 else { return self }
    let known = tags.split(separator: ",").map { $0.drop { $0 == " " } }
    guard known.contains("*") || known.contains(where: { $0 == tag || $0 == "W/\(tag)" }) else { return self }
    var reply = self
    reply.head.status = .notModified
    reply.head.headerFields[.contentType] = nil
    reply.head.headerFields[.contentLength] = nil
    reply.body = ByteBuffer()
    return reply
  }

  /// The reply to `HEAD`.
  var withoutBody: Reply {
    var reply = self
    reply.body = ByteBuffer()
    return reply
  }

  func write(_ writer: consuming ResponseWriter) async throws {
    try await writer.write(response: head, body: ResponseBody(byteBuffer: body))
  }
}

/// What browsers are told about everything that the server sends.
struct SecurityHeaders: Sendable {
  let isEncrypted: Bool

  func add(to reply: inout Reply) {
    reply.head.headerFields[.xContentTypeOptions] = "nosniff"
    reply.head.headerFields[.frameOptions] = "DENY"
    reply.head.headerFields[.referrerPolicy] = "no-referrer"
    reply.head.headerFields[.resourcePolicy] = "same-origin"
    if reply.head.headerFields[.contentSecurityPolicy] == nil {
      reply.head.headerFields[.contentSecurityPolicy] = "default-src 'none'; frame-ancestors 'none'"
    }
    if isEncrypted { reply.head.headerFields[.strictTransportSecurity] = "max-age=31536000" }
  }
}

extension HTTPField.Name {
  static let decisionID = known("Decision-Id")
  static let frameOptions = known("X-Frame-Options")
  static let referrerPolicy = known("Referrer-Policy")
  static let resourcePolicy = known("Cross-Origin-Resource-Policy")

  private static func known(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else { preconditionFailure("'\(text)' is no name of a header") }
    return name
  }
}
