/// Everything that can be asked for: the one list that requests are matched with and that the OpenAPI document is made of.
enum Route: CaseIterable, Sendable, Hashable {
  case decide
  case gateService
  case gateJourney
  case hookService
  case hookJourney
  case policies
  case objectives
  case page
  case document
  case health
  case readiness
  case metrics

  enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
  }

  /// Who may ask where there are tokens.
  enum Access: Sendable {
    case anybody
    /// Callers, each about their own services.
    case callers
    /// Callers who may ask about every service.
    case callersForAll
  }
}

extension Route {
  var method: Method {
    switch self {
    case .decide, .hookService, .hookJourney: .post
    case .gateService, .gateJourney, .policies, .objectives, .page, .document, .health, .readiness, .metrics: .get
    }
  }

  /// With names of parameters in braces.
  var path: String {
    switch self {
    case .decide: "/v1/decisions"
    case .gateService, .hookService: "/v1/gate/{service}"
    case .gateJourney, .hookJourney: "/v1/gate/{service}/{journey}"
    case .policies: "/v1/policies"
    case .objectives: "/v1/objectives"
    case .page: "/"
    case .document: "/openapi.json"
    case .health: "/healthz"
    case .readiness: "/readyz"
    case .metrics: "/metrics"
    }
  }

  var access: Access {
    switch self {
    case .decide, .gateService, .gateJourney, .hookService, .hookJourney, .policies, .objectives: .callers
    case .page: .callersForAll
    case .document, .health, .readiness, .metrics: .anybody
    }
  }

  /// Whether what is asked for counts against the caller's rate: what watches the server itself is never turned away.
  var isLimited: Bool {
    switch self {
    case .decide, .gateService, .gateJourney, .hookService, .hookJourney, .policies, .objectives, .page,
      .document:
      true
    case .health, .readiness, .metrics: false
    }
  }

  static let unlimitedPaths = Set(allCases.filter { !$0.isLimited }.map(\.path))
}

/// The route of a request, with what its path says.
struct RouteMatch: Sendable {
  let route: Route
  /// The decoded values of the path's parameters, in their order.
  let parameters: [String]

  private static let templates = Route.allCases.map { (route: $0, segments: segments(of: $0.path)) }

  /// Finds the route for a method (`HEAD` asks for what `GET` does) and a path as it is on the wire.
  init(method: String, path: some StringProtocol) throws(Problem) {
    let segments = Self.segments(of: path)
    let candidates = Self.templates.filter { Self.matches($0.segments, segments) }
    guard !candidates.isEmpty else { throw Problem(.notFound, "there is nothing at this path") }
    let asked = method == "HEAD" ? Route.Method.get.rawValue : method
    guard let found = candidates.first(where: { $0.route.method.rawValue == asked }) else {
      let allowed = candidates.map { $0.route.method == .get ? "GET, HEAD" : $0.route.method.rawValue }
      throw Problem(
        .methodNotAllowed,
        "the path has no such method",
        allowed: allowed.joined(separator: ", ")
      )
    }
    route = found.route
    var parameters: [String] = []
    for (template, segment) in zip(found.segments, segments) where template.hasPrefix("{") {
      parameters.append(try percentDecoded(segment.utf8))
    }
    self.parameters = parameters
  }

  private static func segments(of path: some StringProtocol) -> [String] {
    path.split(separator: "/" as Character, omittingEmptySubsequences: false).map { String($0) }
  }

  private static func matches(_ template: [String], _ segments: [String]) -> Bool {
    template.count == segments.count
      && zip(template, segments).allSatisfy { $0.hasPrefix("{") ? !$1.isEmpty : $0 == $1 }
  }
}
