import ContentHash
import Foundation
import Quantities
import StructuredText

/// The files of a small workspace: two services, one of them with a journey, under one policy.
enum ShopDocuments {
  /// The moment that tests begin at.
  static let noon = Instant(unixSeconds: 1_790_000_000)

  /// `bound` is what must remain for a feature to go out; rules are evaluated every `interval`, and everything is frozen
  /// when there has been nothing for `patience`.
  static func policy(
    bound: String = "0.5",
    services: [String] = ["bank", "shop"],
    level: String = "spent",
    interval: String = "30s",
    patience: String = "15m"
  ) -> String {
    let objectives = services.flatMap { service in
      service == "shop" ? ["shop/checkout/success", "shop/search"] : ["\(service)/success"]
    }
    let body: JSONValue = [
      "format": 2, "workspace": "Shop & <b>Sons</b>", "interval": .string(interval),
      "labels": [
        "slo": "slo", "service": "service", "journey": "journey", "objective": "objective", "owner": "owner",
        "severity": "severity",
      ],
      "services": .array(services.map(service)),
      "journeys": services.contains("shop") ? [checkout] : [],
      "objectives": .array(objectives.map(objective)),
      "policies": .array(services.map { policy($0, bound, level, patience) }),
      "freezes": [], "overrides": [], "signoffs": [], "zones": [],
    ]
    let identity = SHA256.hexadecimal(of: Array(body.text(.compact).utf8))
    let members = body.object ?? []
    return JSONValue.object([members[0], JSONMember("identity", .string(identity))] + members.dropFirst()).text(.pretty)
  }

  private static func service(_ name: String) -> JSONValue {
    ["name": .string(name), "title": .string(name), "owner": "sre", "rolloutStages": [], "dependencies": []]
  }

  private static let checkout: JSONValue = [
    "name": "shop/checkout", "service": "shop", "title": "Checkout", "owner": "sre",
    "objectives": ["shop/checkout/success"], "weights": [],
  ]

  private static func objective(_ name: String) -> JSONValue {
    let parts = name.split(separator: "/").map(String.init)
    return .record([
      "name": .string(name), "service": .string(parts[0]),
      "journey": parts.count == 3 ? .string(parts[1]) : nil, "title": "Success", "owner": "sre", "kind": "ratio",
      "target": "0.99", "budget": "0.01", "window": ["kind": "rolling", "length": "30d"], "splitBy": [],
      "policy": .string("\(parts[0])/budget"),
    ])
  }

  private static func policy(_ service: String, _ bound: String, _ level: String, _ patience: String) -> JSONValue {
    [
      "name": .string("\(service)/budget"), "title": "Budget", "changes": ["feature", "fix"],
      "levels": [
        [
          "name": "healthy", "enter": ["comparison": ">", "bound": .string(bound)], "allow": ["feature", "fix"],
          "approve": [], "actions": [], "exit": [], "guidance": [],
        ],
        [
          "name": .string(level), "enter": ["comparison": "<=", "bound": .string(bound)],
          "leave": ["comparison": ">", "bound": "0.9"], "allow": [], "approve": ["fix"], "actions": [], "exit": [],
          "guidance": [],
        ],
      ],
      "withoutData": ["after": .string(patience), "then": "freeze"],
    ]
  }

  /// Of 10,000 events 100 may be bad.
  static func snapshot(at instant: Instant = noon, bad: [String: Int] = [:]) -> String {
    let names = ["bank/success", "shop/checkout/success", "shop/search"]
    let document: JSONValue = [
      "nines": "snapshot/v1", "takenAt": .string(instant.description), "source": "a test", "partial": false,
      "warnings": [],
      "objectives": .array(
        names.map { name in
          [
            "objective": .string(name), "labels": [:], "at": .string(instant.description),
            "bad": .string("\(bad[name] ?? 0)"), "total": "10000", "partial": false, "levels": [], "burn": [],
            "history": [],
          ]
        }
      ),
    ]
    return document.text(.pretty)
  }
}
