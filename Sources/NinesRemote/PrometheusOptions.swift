import ArgumentParser
import BudgetSources
import Console
import Quantities

extension PrometheusAccessError: UsageFailure {}
extension PrometheusError: UsageFailure {}

/// Which Prometheus is asked, and how.
struct PrometheusOptions: ParsableArguments {
  @Option(
    name: .customLong("prometheus"),
    help: ArgumentHelp("Where Prometheus, Thanos, Mimir or VictoriaMetrics answers.", valueName: "url")
  )
  var url: String

  @OptionGroup var manner: PrometheusManner

  var patience: TimeSpan { manner.patience }

  func access() throws -> PrometheusAccess { try manner.access(to: url) }
}

/// How a Prometheus is asked.
struct PrometheusManner: ParsableArguments {
  @Option(help: ArgumentHelp("The user of basic authentication.", valueName: "name"))
  var user: String?

  @Option(help: ArgumentHelp("The file that holds the user's password.", valueName: "file"))
  var passwordFile: String?

  @Option(help: ArgumentHelp("The file that holds a bearer token.", valueName: "file"))
  var tokenFile: String?

  @Option(help: ArgumentHelp("The tenant, sent as X-Scope-OrgID.", valueName: "name"))
  var tenant: String?

  @Option(help: ArgumentHelp("A header to send; may be repeated.", valueName: "name: value"))
  var header: [String] = []

  @Option(help: ArgumentHelp("Certificates to trust instead of the system's, in PEM.", valueName: "file"))
  var caFile: String?

  @Option(help: ArgumentHelp("The client's certificate, in PEM.", valueName: "file"))
  var certificateFile: String?

  @Option(help: ArgumentHelp("The key of the client's certificate, in PEM.", valueName: "file"))
  var keyFile: String?

  @Option(
    help: ArgumentHelp(
      "How long a request may take, of 'gate', 'serve' and 'snapshot' all of them together. (default: 2m, and 30s)",
      valueName: "duration"
    ),
    transform: readSpan
  )
  var timeout: TimeSpan?

  /// How long everything may take that one decision is made from.
  var patience: TimeSpan { timeout ?? .seconds(30) }

  func access(to url: String) throws -> PrometheusAccess {
    var access = PrometheusAccess(endpoint: try PrometheusEndpoint(reading: url))
    access.credentials = try credentials()
    access.headers = try header.map { try .init(reading: $0) }
    if let tenant { access.headers.append(try PrometheusAccess.tenant(tenant)) }
    access.security = .init(authorityFile: caFile, certificateFile: certificateFile, keyFile: keyFile)
    if let timeout {
      access.limits.request = timeout
      access.limits.connecting = min(access.limits.connecting, timeout)
    }
    return access
  }

  private func credentials() throws -> PrometheusAccess.Credentials {
    switch (user, passwordFile, tokenFile) {
    case (nil, nil, nil): return .anonymous
    case (let user?, let file?, nil): return .basic(user: user, passwordFile: file)
    case (nil, nil, let file?): return .bearer(tokenFile: file)
    case (.some, .none, .none), (.none, .some, .none):
      throw UsageError("'--user' and '--password-file' go together")
    case (.some, _, .some), (_, .some, .some):
      throw UsageError("'--token-file' and a user with a password are two ways to say who asks")
    }
  }
}
