import ArgumentParser
import Console
import GateServer
import Quantities
import WorkspaceFiles

extension ServerRefusal: UsageFailure {}

struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Answers over HTTP whether changes may be deployed.",
    discussion: """
      Decides as 'nines gate' does, from the policy that 'nines compile' wrote and from what is observed. Nothing that can \
      be asked for changes anything. SIGHUP has it look at its files at once, SIGTERM and SIGINT stop it when all requests \
      are answered.
      """
  )

  @Option(help: ArgumentHelp("The address to listen at.", valueName: "address"))
  var host = "127.0.0.1"

  @Option(help: ArgumentHelp("The port to listen at; 0 for any that is free.", valueName: "port"))
  var port = 8_080

  @OptionGroup var sources: ServeSourceOptions
  @OptionGroup var protection: ServeProtectionOptions

  @Option(help: ArgumentHelp("The folder for what has to survive a restart.", valueName: "folder"))
  var state: String?

  @Option(help: ArgumentHelp("The file to write decisions down in.", valueName: "file"))
  var decisionLog: String?

  @Option(
    help: ArgumentHelp(
      "How long an answer is given again while nothing new is known. (default: 1s)",
      valueName: "duration"
    ),
    transform: readSpan
  )
  var cache: TimeSpan?

  func run() throws {
    var settings = ServerSettings()
    settings.host = host
    settings.port = port
    settings.stateFolder = state
    settings.log.file = decisionLog
    if let cache { settings.cache = cache }
    try sources.apply(to: &settings)
    try protection.apply(to: &settings)
    let server = try DecisionServer(settings, observing: sources.feed(), now: { Terminal.now }) { line in
      Terminal.complain(String(decoding: line, as: UTF8.self))
    }
    try server.runToEnd()
  }
}

/// What the server answers by.
struct ServeSourceOptions: ParsableArguments {
  @Option(
    name: .customLong("prometheus"),
    help: ArgumentHelp("Where Prometheus, Thanos, Mimir or VictoriaMetrics answers.", valueName: "url")
  )
  var url: String?

  @OptionGroup var manner: PrometheusManner

  @Option(
    help: ArgumentHelp("Instead of a Prometheus: a snapshot that somebody else keeps up to date.", valueName: "file")
  )
  var snapshot: String?

  @Option(
    help: ArgumentHelp("A policy file; may be repeated. (default: all below 'generated')", valueName: "file")
  )
  var policy: [String] = []

  @Option(name: [.customShort("C"), .customLong("directory")], help: "The folder that holds 'generated/'.")
  var folder = "."

  @Option(
    help: ArgumentHelp("How often the budgets are observed. (default: 30s)", valueName: "duration"),
    transform: readSpan
  )
  var refresh: TimeSpan?

  @Option(
    help: ArgumentHelp("How often files are looked at for changes. (default: 5s)", valueName: "duration"),
    transform: readSpan
  )
  var reload: TimeSpan?

  func apply(to settings: inout ServerSettings) throws {
    let artifacts = try WorkspaceFolder(folder).artifacts()
    settings.policies = policy.isEmpty ? try artifacts.documents(named: "gate/policy.json").map(\.path) : policy
    guard !settings.policies.isEmpty else {
      throw UsageError("no 'gate/policy.json' in '\(artifacts.path)'; 'nines compile' writes it")
    }
    if let refresh { settings.refresh = refresh }
    if let reload { settings.reload = reload }
  }

  func feed() throws -> ObservationFeed {
    switch (url, snapshot) {
    case (let url?, nil):
      return try .prometheus(try manner.access(to: url), within: manner.patience, now: { Terminal.now })
    case (nil, let file?): return .file(file)
    case (nil, nil), (.some, .some):
      throw UsageError("either '--prometheus' or '--snapshot' says where observations come from")
    }
  }
}

/// Who may ask, how much, and over what connection.
struct ServeProtectionOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The file that says which tokens open what.", valueName: "file"))
  var tokens: String?

  @Option(help: ArgumentHelp("The server's certificate and what it hangs on, in PEM.", valueName: "file"))
  var tlsCertificate: String?

  @Option(help: ArgumentHelp("The key of the server's certificate, in PEM.", valueName: "file"))
  var tlsKey: String?

  @Option(help: ArgumentHelp("The requests a second that a caller may make; 0 for any number.", valueName: "count"))
  var rate = 1_000

  @Option(help: ArgumentHelp("The connections that may be open.", valueName: "count"))
  var connections = 20_000

  func apply(to settings: inout ServerSettings) throws {
    settings.tokenFile = tokens
    settings.limits.rate = rate > 0 ? rate : nil
    settings.limits.connections = max(1, connections)
    switch (tlsCertificate, tlsKey) {
    case (nil, nil): break
    case (let certificate?, let key?):
      settings.transport = .encrypted(certificateFile: certificate, keyFile: key)
    case (.some, nil), (nil, .some): throw UsageError("'--tls-certificate' and '--tls-key' go together")
    }
  }
}
