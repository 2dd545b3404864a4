// swift-tools-version: 6.2

import PackageDescription

// ARCHITECTURE.md explains this list; it is kept in pipeline order, and a build with
// `--explicit-target-dependency-import-check error` fails on an import that it does not name.

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
]

func stage(_ name: String, uses: String..., products: [Target.Dependency] = []) -> Target {
  .target(
    name: name,
    dependencies: uses.map { .byName(name: $0) } + products,
    swiftSettings: strict
  )
}

func tests(
  of name: String,
  uses: String...,
  products: [Target.Dependency] = [],
  exclude: [String] = [],
  resources: [Resource]? = nil
) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.byName(name: name)] + uses.map { .byName(name: $0) } + products,
    exclude: exclude,
    resources: resources,
    swiftSettings: strict
  )
}

/// Tests of several stages together; labelled apart, since `tests(of:)` alone would mean either.
func tests(named name: String, across stages: String...) -> Target {
  .testTarget(name: "\(name)Tests", dependencies: stages.map { .byName(name: $0) }, swiftSettings: strict)
}

/// What the fuzz targets feed.
let fuzzed: [Target.Dependency] = [
  "BudgetSources", "ContentHash", "DeployGate", "Diagnostics", "GateServer", "NinesCompiler", "PromQL", "Quantities",
  "SpecFormatting", "StructuredText", "YAMLSource",
]

let package = Package(
  name: "nines",
  // Exact fractions are made of Int128.
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "nines", targets: ["nines"]),
    .executable(name: "nines-remote", targets: ["NinesRemote"]),
    .plugin(name: "LintSpecs", targets: ["LintSpecs"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    // Without its traits, which would link it with Foundation.
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibYAML",
      pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]
    ),
    .target(name: "CSHA256"),
    stage("ContentHash", uses: "CSHA256"),
    stage("Parallelism"),
    stage("StructuredText"),
    stage("Diagnostics", uses: "ContentHash", "StructuredText"),
    stage("Quantities"),
    stage("PromQL"),
    stage("YAMLSource", uses: "CLibYAML", "Diagnostics"),
    stage("SpecSyntax", uses: "Diagnostics", "Quantities", "PromQL", "YAMLSource"),
    stage("LanguageSchema", uses: "Diagnostics", "SpecSyntax", "StructuredText"),
    stage("SpecFormatting", uses: "Diagnostics", "YAMLSource", "SpecSyntax"),
    stage("SpecCatalog", uses: "Diagnostics", "Quantities", "PromQL", "SpecSyntax"),
    stage("Linting", uses: "Diagnostics", "Parallelism", "Quantities", "PromQL", "SpecCatalog"),
    stage("PlanModel", uses: "Quantities", "PromQL"),
    stage(
      "PlanLowering",
      uses: "ContentHash",
      "Parallelism",
      "Quantities",
      "PromQL",
      "SpecCatalog",
      "PlanModel"
    ),
    stage("RuleReplay", uses: "Quantities", "PromQL", "PlanModel"),
    stage("WebPages", uses: "StructuredText"),
    stage(
      "Emitters",
      uses: "ContentHash",
      "Parallelism",
      "Quantities",
      "PromQL",
      "PlanModel",
      "StructuredText",
      "WebPages"
    ),
    stage("PlanComparison", uses: "Quantities", "PlanModel", "Emitters", "StructuredText"),
    stage("DeployGate", uses: "ContentHash", "StructuredText", "Quantities", "PlanModel"),
    stage("StatusPage", uses: "StructuredText", "WebPages", "Quantities", "PlanModel", "DeployGate"),
    stage(
      "NinesCompiler",
      uses: "Diagnostics",
      "Parallelism",
      "Quantities",
      "PromQL",
      "YAMLSource",
      "SpecSyntax",
      "LanguageSchema",
      "SpecFormatting",
      "SpecCatalog",
      "Linting",
      "PlanModel",
      "PlanLowering",
      "Emitters",
      "PlanComparison",
      "StructuredText"
    ),
    stage(
      "WorkspaceFiles",
      uses: "ContentHash",
      "Diagnostics",
      "Parallelism",
      "Quantities",
      "YAMLSource",
      "PlanModel",
      "Emitters",
      "NinesCompiler",
      "StructuredText"
    ),
    stage(
      "BudgetSources",
      uses: "ContentHash",
      "StructuredText",
      "Quantities",
      "PromQL",
      "PlanModel",
      "DeployGate",
      "WorkspaceFiles",
      products: [
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ]
    ),
    stage(
      "GateServer",
      uses: "BudgetSources",
      "ContentHash",
      "DeployGate",
      "PlanModel",
      "Quantities",
      "StatusPage",
      "StructuredText",
      "WebPages",
      "WorkspaceFiles",
      products: [
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ]
    ),
    stage(
      "Console",
      uses: "DeployGate",
      "Diagnostics",
      "Emitters",
      "Quantities",
      "StructuredText",
      "NinesCompiler",
      "WorkspaceFiles",
      products: [.product(name: "ArgumentParser", package: "swift-argument-parser")]
    ),
    .target(
      name: "Incidents",
      dependencies: [
        "Diagnostics", "NinesCompiler", "PlanModel", "Quantities", "RuleReplay", "StructuredText",
      ],
      path: "Benchmarks/Incidents",
      swiftSettings: strict
    ),
    .executableTarget(
      name: "bench-alerts",
      dependencies: ["Incidents", "PlanModel", "RuleReplay", "StructuredText"],
      path: "Benchmarks/alerts",
      exclude: ["README.md", "scenarios.json"],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "nines",
      dependencies: [
        "Console", "DeployGate", "Diagnostics", "Emitters", "LanguageSchema", "NinesCompiler", "PlanComparison",
        "Quantities", "StructuredText", "WorkspaceFiles",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "NinesRemote",
      dependencies: [
        "BudgetSources", "Console", "DeployGate", "GateServer", "NinesCompiler", "PlanModel", "Quantities",
        "StructuredText",
        "WorkspaceFiles",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict
    ),
    .plugin(
      name: "LintSpecs",
      capability: .command(
        intent: .custom(verb: "lint-specs", description: "Lints the package's specs and compiles them to generated/."),
        permissions: [.writeToPackageDirectory(reason: "writes what the specs compile to into generated/")]
      ),
      dependencies: ["nines"]
    ),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    tests(of: "ContentHash"),
    tests(of: "Parallelism"),
    tests(of: "StructuredText", uses: "Diagnostics", "TestSupport", "YAMLSource"),
    tests(
      of: "Diagnostics",
      uses: "StructuredText",
      "TestSupport",
      exclude: ["Reporters/sarif-2.1.0-subset.schema.json"]
    ),
    tests(of: "Quantities", uses: "TestSupport"),
    tests(of: "PromQL", uses: "TestSupport"),
    tests(of: "YAMLSource", uses: "CLibYAML", "Diagnostics", "TestSupport"),
    tests(of: "SpecSyntax", uses: "Diagnostics", "Quantities", "PromQL", "YAMLSource"),
    tests(
      of: "LanguageSchema",
      uses: "Diagnostics",
      "NinesCompiler",
      "SpecSyntax",
      "StructuredText",
      "TestSupport",
      "YAMLSource"
    ),
    tests(of: "SpecFormatting", uses: "Diagnostics", "YAMLSource", "SpecSyntax", "TestSupport"),
    tests(of: "SpecCatalog", uses: "Diagnostics", "Quantities", "PromQL", "SpecSyntax", "YAMLSource"),
    tests(
      of: "PlanLowering",
      uses: "ContentHash",
      "Diagnostics",
      "Quantities",
      "PromQL",
      "YAMLSource",
      "SpecSyntax",
      "SpecCatalog",
      "PlanModel",
      "Emitters",
      "TestSupport"
    ),
    tests(
      of: "RuleReplay",
      uses: "Incidents",
      "PlanModel",
      "PromQL",
      "Quantities",
      "TestSupport"
    ),
    tests(of: "Linting", uses: "Diagnostics", "Quantities", "SpecCatalog", "SpecSyntax", "YAMLSource"),
    tests(of: "Emitters", uses: "ContentHash", "DeployGate", "Quantities", "PromQL", "PlanModel", "StructuredText"),
    tests(of: "DeployGate", uses: "ContentHash", "StructuredText", "Quantities", "PlanModel", "TestSupport"),
    tests(of: "StatusPage", uses: "DeployGate", "PlanModel", "Quantities", "TestSupport", "WebPages"),
    tests(
      of: "NinesCompiler",
      uses: "Diagnostics",
      "Emitters",
      "PlanComparison",
      "Quantities",
      "StructuredText",
      "TestSupport",
      "WorkspaceFiles",
      exclude: ["Goldens", "Mistakes/Lists"]
    ),
    tests(of: "nines", uses: "Diagnostics", "TestSupport", "YAMLSource"),
    tests(
      of: "BudgetSources",
      uses: "DeployGate",
      "Emitters",
      "NinesCompiler",
      "PlanModel",
      "Quantities",
      "StructuredText",
      "TestSupport",
      "WorkspaceFiles",
      products: [
        .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ]
    ),
    tests(
      of: "GateServer",
      uses: "BudgetSources",
      "ContentHash",
      "DeployGate",
      "PlanModel",
      "Quantities",
      "StructuredText",
      "TestSupport",
      "WorkspaceFiles"
    ),
    tests(of: "WorkspaceFiles", uses: "Diagnostics", "Quantities", "Emitters", "NinesCompiler", "TestSupport"),
    tests(
      named: "Live",
      across: "DeployGate",
      "Diagnostics",
      "Emitters",
      "NinesCompiler",
      "PlanLowering",
      "PlanModel",
      "PromQL",
      "Quantities",
      "SpecCatalog",
      "TestSupport",
      "WorkspaceFiles"
    ),
    // What `make fuzz` runs for hours, over its seeds.
    .testTarget(
      name: "FuzzingTests",
      dependencies: fuzzed + ["TestSupport"],
      path: "Tests/Fuzzing",
      exclude: ["Corpora", "Driver", "README.md", "Targets/Entry.swift"],
      swiftSettings: strict
    ),
  ]
)

// Only for `make fuzz`, which builds everything anew so that libFuzzer sees which ways an input takes: all that comes
// before BudgetSources, and of what speaks HTTP the files that read what others say.
if Context.environment["NINES_FUZZ"] != nil {
  let answers: Target = .target(
    name: "BudgetSources",
    dependencies: ["StructuredText"],
    sources: ["Client/PrometheusAnswer.swift"]
  )
  let requests: Target = .target(
    name: "GateServer",
    dependencies: ["ContentHash", "DeployGate", "Quantities", "StructuredText"],
    sources: [
      "Answers/GateQuestion.swift", "Answers/Problem.swift", "HTTP/QueryText.swift", "HTTP/Route.swift",
      "Settings/TokenFile.swift",
    ]
  )
  let fuzzer: Target = .executableTarget(
    name: "NinesFuzz",
    dependencies: fuzzed + ["FuzzDriver"],
    path: "Tests/Fuzzing/Targets",
    swiftSettings: strict
  )
  let driver: Target = .target(name: "FuzzDriver", path: "Tests/Fuzzing/Driver")
  package.targets = package.targets.prefix { $0.name != "BudgetSources" } + [answers, requests, driver, fuzzer]
  package.products = [.executable(name: "NinesFuzz", targets: ["NinesFuzz"])]
  package.dependencies = []
}
