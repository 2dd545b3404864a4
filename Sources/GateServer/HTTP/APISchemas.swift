import DeployGate
import StructuredText

/// JSON Schemas of what the API takes and gives.
enum APISchemas {
  static let name: JSONValue = ["type": "string", "minLength": 1]
  static let text: JSONValue = ["type": "string"]
  static let flag: JSONValue = ["type": "boolean"]
  static let instant: JSONValue = ["type": "string", "format": "date-time"]
  /// `0.25` or `25%`.
  static let share: JSONValue = [
    "type": "string", "pattern": "^(0(\\.[0-9]{1,9})?|1(\\.0{1,9})?|[0-9]{1,2}(\\.[0-9]{1,7})?%|100%)$",
  ]
  static let decimal: JSONValue = ["type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$"]
  static let names: JSONValue = ["type": "array", "items": text]

  static func reference(_ name: String) -> JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }

  static let all: JSONValue = .object([
    JSONMember("Request", request),
    JSONMember("Decision", decision),
    JSONMember("Reason", reason),
    JSONMember("Policies", list("policies", policy)),
    JSONMember("Objectives", list("objectives", objective)),
    JSONMember("Readiness", readiness),
    JSONMember("Problem", problem),
  ])

  /// An object with nothing but what is named.
  private static func closed(_ required: [String], _ properties: JSONValue) -> JSONValue {
    [
      "type": "object", "required": .array(required.map { .string($0) }), "properties": properties,
      "additionalProperties": false,
    ]
  }

  /// An object that may hold more than is named.
  private static func open(_ required: [String], _ properties: JSONValue) -> JSONValue {
    ["type": "object", "required": .array(required.map { .string($0) }), "properties": properties]
  }

  private static func choice(_ values: [String]) -> JSONValue {
    ["type": "string", "enum": .array(values.map { .string($0) })]
  }

  private static func list(_ name: String, _ element: JSONValue) -> JSONValue {
    closed([name], .object([JSONMember(name, ["type": "array", "items": element])]))
  }

  // MARK: Decisions

  private static let request = closed(
    ["service", "change"],
    [
      "service": name, "journey": name, "objective": name, "change": name, "stage": share,
      "approvals": ["type": "array", "items": name],
    ]
  )

  private static let answers = GateAnswer.allCases.map(\.rawValue)

  private static let reason = closed(
    ["code", "text"],
    [
      "code": choice(GateReasonCode.allCases.map(\.rawValue)), "effect": choice(answers), "budget": name, "text": text,
    ]
  )

  private static let decision = open(
    [
      "nines", "answer", "exitStatus", "subject", "request", "at", "validUntil", "reasons", "wouldChange", "overrides",
      "signoffs", "budgets", "policy", "data", "state",
    ],
    [
      "nines": ["const": "decision/v1"], "answer": choice(answers),
      "exitStatus": ["enum": .array(GateAnswer.allCases.map { .integer($0.exitStatus.rawValue) })],
      "subject": name, "request": reference("Request"), "at": instant, "validUntil": instant, "rolloutCap": decimal,
      "reasons": ["type": "array", "items": reference("Reason")],
      "wouldChange": ["type": "array", "items": open(["kind"], ["kind": name])],
      "overrides": ["type": "array", "items": open(["change", "scope", "by", "until"], [:])],
      "signoffs": ["type": "array", "items": open(["policy", "level", "item", "by", "on"], [:])],
      "budgets": [
        "type": "array",
        "items": open(
          ["budget", "labels", "owner", "policy", "status", "verdict"],
          ["budget": name, "policy": name, "verdict": choice(answers)]
        ),
      ],
      "policy": ["type": "string", "pattern": "^[0-9a-f]{64}$"],
      "data": open(["identity", "takenAt", "source", "partial", "warnings"], ["takenAt": instant, "partial": flag]),
      "state": open(["nines", "budgets"], [:]),
    ]
  )

  // MARK: Lists

  private static let policy = closed(
    ["name", "title", "services", "changes", "levels", "identity"],
    [
      "name": name, "title": text, "services": names, "changes": names,
      "levels": [
        "type": "array",
        "items": closed(
          ["name", "allow", "approve"],
          ["name": name, "allow": names, "approve": names, "rolloutCap": decimal]
        ),
      ],
      "identity": ["type": "string", "pattern": "^[0-9a-f]{64}$"],
    ]
  )

  private static let objective = closed(
    ["name", "service", "title", "owner", "target", "budgets"],
    [
      "name": name, "service": name, "journey": name, "title": text, "owner": text, "target": decimal, "policy": name,
      "budgets": [
        "type": "array",
        "items": closed(
          ["labels", "level", "since", "lastSeen"],
          ["labels": ["type": "object"], "level": name, "since": instant, "lastSeen": instant]
        ),
      ],
    ]
  )

  // MARK: The server

  private static let readiness = closed(
    ["ready", "checks"],
    [
      "ready": flag,
      "checks": [
        "type": "array",
        "items": closed(["name", "good"], ["name": name, "good": flag, "detail": text]),
      ],
    ]
  )

  private static let problem = closed(
    ["type", "title", "status", "code", "detail"],
    [
      "type": text, "title": text, "status": ["type": "integer"],
      "code": choice(Problem.Code.allCases.map(\.rawValue)), "detail": text,
    ]
  )
}
