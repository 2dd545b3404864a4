import StructuredText

/// Why there is no answer: RFC 9457, with a stable name.
struct Problem: Error, Sendable, Hashable {
  /// The stable names; `docs/serve.md` lists them.
  enum Code: String, Sendable, CaseIterable {
    case unreadableRequest = "unreadable-request"
    case unauthenticated
    case forbidden
    case notFound = "not-found"
    case unknownName = "unknown-name"
    case methodNotAllowed = "method-not-allowed"
    case bodyTooLarge = "body-too-large"
    case targetTooLong = "target-too-long"
    case unsupportedBody = "unsupported-body"
    case unanswerable
    case tooManyRequests = "too-many-requests"
    case contradiction
    case noObservations = "no-observations"
  }

  let code: Code
  let detail: String
  /// What `Allow` says after a method that the path does not have.
  var allowed: String?

  init(_ code: Code, _ detail: String, allowed: String? = nil) {
    self.code = code
    self.detail = detail
    self.allowed = allowed
  }

  var json: JSONValue {
    .record([
      "type": "about:blank",
      "title": .string(code.title),
      "status": .integer(code.status),
      "code": .string(code.rawValue),
      "detail": .string(detail),
    ])
  }
}

extension Problem.Code {
  /// The HTTP status that goes with it.
  var status: Int {
    switch self {
    case .unreadableRequest: 400
    case .unauthenticated: 401
    case .forbidden: 403
    case .notFound, .unknownName: 404
    case .methodNotAllowed: 405
    case .bodyTooLarge: 413
    case .targetTooLong: 414
    case .unsupportedBody: 415
    case .unanswerable: 422
    case .tooManyRequests: 429
    case .contradiction: 500
    case .noObservations: 503
    }
  }

  /// What the status means, in the words of RFC 9110.
  var title: String {
    switch self {
    case .unreadableRequest: "Bad Request"
    case .unauthenticated: "Unauthorized"
    case .forbidden: "Forbidden"
    case .notFound, .unknownName: "Not Found"
    case .methodNotAllowed: "Method Not Allowed"
    case .bodyTooLarge: "Content Too Large"
    case .targetTooLong: "URI Too Long"
    case .unsupportedBody: "Unsupported Media Type"
    case .unanswerable: "Unprocessable Content"
    case .tooManyRequests: "Too Many Requests"
    case .contradiction: "Internal Server Error"
    case .noObservations: "Service Unavailable"
    }
  }

  /// One sentence on when it is the answer, the same in the documentation.
  var meaning: String {
    switch self {
    case .unreadableRequest: "the path, the query or the body cannot be read, or has something that nobody asked for"
    case .unauthenticated: "a token is needed, and none that is known came with the request"
    case .forbidden: "the token is not for that service"
    case .notFound: "there is nothing at that path"
    case .unknownName: "no policy has that service, journey or objective"
    case .methodNotAllowed: "the path is there, though not for that method"
    case .bodyTooLarge: "the body is larger than the server takes"
    case .targetTooLong: "path and query are longer than the server takes"
    case .unsupportedBody: "the body is not said to be JSON"
    case .unanswerable:
      "the question can be read and makes no sense: an unknown change class, an approval without a name"
    case .tooManyRequests: "the caller has asked more often than the limit allows"
    case .contradiction: "observations, levels and policy contradict each other, or a clock is wrong"
    case .noObservations: "nothing has been observed since the server began"
    }
  }
}
