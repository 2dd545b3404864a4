import DeployGate
import StructuredText

/// The description of the API for machines: https://spec.openapis.org/oas/v3.1.1.html.
enum OpenAPIDocument {
  static let value: JSONValue = .object([
    JSONMember("openapi", "3.1.0"),
    JSONMember(
      "info",
      [
        "title": "nines gate",
        "version": "v1",
        "description": """
        Says whether a change may be deployed now, and why. Nothing that can be asked for changes anything. \
        A change that may not go out is an answer with status 200: read its member 'answer', or ask with 'answer-as=status'.
        """,
      ]
    ),
    JSONMember("paths", .object(paths)),
    JSONMember(
      "components",
      .object([
        JSONMember("schemas", APISchemas.all),
        JSONMember("securitySchemes", ["token": ["type": "http", "scheme": "bearer"]]),
      ])
    ),
  ])

  private static var paths: [JSONMember] {
    var paths: [(path: String, operations: [JSONMember])] = []
    for route in Route.allCases {
      let operation = JSONMember(route.method.rawValue.lowercased(), route.operation)
      if let index = paths.firstIndex(where: { $0.path == route.path }) {
        paths[index].operations.append(operation)
      } else {
        paths.append((route.path, [operation]))
      }
    }
    return paths.map { JSONMember($0.path, .object($0.operations)) }
  }
}

extension Route {
  fileprivate var operation: JSONValue {
    .record([
      "operationId": .string("\(self)"),
      "summary": .string(summary),
      "security": security,
      "parameters": parameters.isEmpty ? nil : .array(parameters.map(\.json)),
      "requestBody": requestBody,
      "responses": .object(answers + problems.map(Self.answer)),
    ])
  }

  private var requestBody: JSONValue? {
    switch self {
    case .decide: ["required": true, "content": ["application/json": ["schema": APISchemas.reference("Request")]]]
    case .hookService, .hookJourney:
      [
        "required": false, "description": "Whatever the webhook sends; it says nothing about the change.",
        "content": ["application/json": ["schema": [:]]],
      ]
    case .gateService, .gateJourney, .policies, .objectives, .page, .document, .health, .readiness, .metrics: nil
    }
  }

  private var security: JSONValue? {
    switch access {
    case .anybody: []
    // Either a token or, where the server has none, nothing.
    case .callers, .callersForAll: [["token": []], [:]]
    }
  }

  private var summary: String {
    switch self {
    case .decide: "Asks whether a change may go out."
    case .gateService: "Asks whether a change of a service may go out."
    case .gateJourney: "Asks whether a change that touches only one journey may go out."
    case .hookService: "Asks whether a change of a service may go out, for webhooks that look at the status."
    case .hookJourney: "Asks the same about one journey."
    case .policies: "Lists the policies that answers follow."
    case .objectives: "Lists the objectives, and the levels that their budgets are in."
    case .page: "Shows people what may go out, what is held back and why."
    case .document: "Describes the API."
    case .health: "Says that the server runs."
    case .readiness: "Says whether the server can answer, and what is wrong with it."
    case .metrics: "Tells Prometheus how the server does."
    }
  }

  // MARK: Parameters

  private struct Parameter {
    enum Place: String { case path, query }
    let name: String
    let place: Place
    let schema: JSONValue
    let description: String
    var isRequired: Bool

    var json: JSONValue {
      [
        "name": .string(name), "in": .string(place.rawValue), "required": .bool(isRequired),
        "description": .string(description), "schema": schema,
      ]
    }
  }

  private var parameters: [Parameter] {
    switch self {
    case .gateService: [Self.service] + Self.question + [Self.telling([.body, .status])]
    case .gateJourney: [Self.service, Self.journey] + Self.question + [Self.telling([.body, .status])]
    case .hookService: [Self.service] + Self.question + [Self.telling([.status])]
    case .hookJourney: [Self.service, Self.journey] + Self.question + [Self.telling([.status])]
    case .page: [Self.workspace]
    case .decide, .policies, .objectives, .document, .health, .readiness, .metrics: []
    }
  }

  private static let service = Parameter(
    name: "service",
    place: .path,
    schema: APISchemas.name,
    description: "The service to deploy.",
    isRequired: true
  )
  private static let journey = Parameter(
    name: "journey",
    place: .path,
    schema: APISchemas.name,
    description: "The journey of the service, by its bare name.",
    isRequired: true
  )
  private static let workspace = Parameter(
    name: "workspace",
    place: .query,
    schema: APISchemas.name,
    description: "The title of the workspace to show, where the server has several.",
    isRequired: false
  )

  private static func telling(_ known: [GateQuestion.Telling]) -> Parameter {
    Parameter(
      name: "answer-as",
      place: .query,
      schema: ["type": "string", "enum": .array(known.map { .string($0.rawValue) })],
      description: "Whether the status tells the answer too.",
      isRequired: false
    )
  }

  private static let question = [
    Parameter(
      name: "change",
      place: .query,
      schema: APISchemas.name,
      description: "The change class, as the policies name it.",
      isRequired: true
    ),
    Parameter(
      name: "stage",
      place: .query,
      schema: APISchemas.share,
      description: "The share of users that the change would reach.",
      isRequired: false
    ),
    Parameter(
      name: "objective",
      place: .query,
      schema: APISchemas.name,
      description: "An objective, if only that is touched.",
      isRequired: false
    ),
    Parameter(
      name: "approval",
      place: .query,
      schema: ["type": "array", "items": APISchemas.name],
      description: "Somebody who approved the change; may be repeated.",
      isRequired: false
    ),
  ]

  // MARK: Answers

  private var answers: [JSONMember] {
    switch self {
    case .decide: [Self.decision("200", "The decision, whether it is a yes or a no."), Self.unchanged]
    case .gateService, .gateJourney:
      [Self.decision("200", "The decision; with 'answer-as=status' a yes."), Self.unchanged] + Self.tellingAnswers
    case .hookService, .hookJourney: [Self.decision("200", "A yes.")] + Self.tellingAnswers
    case .policies: [Self.answer("200", "The policies.", "application/json", "Policies"), Self.unchanged]
    case .objectives: [Self.answer("200", "The objectives.", "application/json", "Objectives"), Self.unchanged]
    case .page: [Self.answer("200", "A page.", "text/html", nil), Self.unchanged]
    case .document: [Self.answer("200", "An OpenAPI document.", "application/json", nil), Self.unchanged]
    case .health: [Self.answer("200", "It runs.", "text/plain", nil)]
    case .readiness:
      [
        Self.answer("200", "It can answer, though something may be wrong.", "application/json", "Readiness"),
        Self.answer("503", "It cannot answer.", "application/json", "Readiness"),
      ]
    case .metrics: [Self.answer("200", "Metrics in Prometheus' text format.", "text/plain", nil)]
    }
  }

  private static func decision(_ status: String, _ text: String) -> JSONMember {
    JSONMember(
      status,
      [
        "description": .string(text),
        "headers": ["Decision-Id": ["description": "What logs call the decision.", "schema": ["type": "string"]]],
        "content": [
          "application/json": ["schema": APISchemas.reference("Decision")],
          "text/plain": ["schema": ["type": "string"]],
        ],
      ]
    )
  }

  /// Decisions that are no yes, where the status tells.
  private static let tellingAnswers = [GateAnswer.deny, .unknown, .approve].map {
    decision("\($0.status)", "The decision '\($0.rawValue)', where the status tells.")
  }

  private static let unchanged = JSONMember("304", ["description": "It is what the caller has already."])

  private static func answer(_ status: String, _ text: String, _ type: String, _ schema: String?) -> JSONMember {
    let schema =
      schema.map(APISchemas.reference) ?? (type == "application/json" ? ["type": "object"] : ["type": "string"])
    return JSONMember(
      status,
      ["description": .string(text), "content": .object([JSONMember(type, ["schema": schema])])]
    )
  }

  /// Every status that is no answer, with the problems that have it.
  private var problems: [(status: Int, codes: [Problem.Code])] {
    var codes: [Problem.Code] = [.unreadableRequest, .targetTooLong]
    switch self {
    case .decide: codes += [.unknownName, .unanswerable, .contradiction, .noObservations] + Self.bodily
    case .gateService, .gateJourney: codes += [.unknownName, .unanswerable, .contradiction, .noObservations]
    case .hookService, .hookJourney:
      codes += [.unknownName, .unanswerable, .contradiction, .noObservations] + Self.bodily
    case .page: codes.append(.unknownName)
    case .policies, .objectives, .document, .health, .readiness, .metrics: break
    }
    switch access {
    case .anybody: break
    case .callers, .callersForAll: codes += [.unauthenticated, .forbidden]
    }
    if isLimited { codes.append(.tooManyRequests) }
    let statuses = Set(codes.map(\.status)).sorted()
    return statuses.map { status in (status, codes.filter { $0.status == status }) }
  }

  private static let bodily: [Problem.Code] = [.bodyTooLarge, .unsupportedBody]

  private static func answer(_ problem: (status: Int, codes: [Problem.Code])) -> JSONMember {
    let meanings = problem.codes.map { "`\($0.rawValue)`: \($0.meaning)" }.joined(separator: "; ")
    return JSONMember(
      "\(problem.status)",
      [
        "description": .string(meanings),
        "content": ["application/problem+json": ["schema": APISchemas.reference("Problem")]],
      ]
    )
  }
}
