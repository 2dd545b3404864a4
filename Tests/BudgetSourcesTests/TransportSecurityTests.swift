import Foundation
import NIOSSL
import TestSupport
import Testing

@testable import BudgetSources

/// An authority with a server's certificate for 127.0.0.1 and a client's, made for one test.
private struct Authority {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try Data("subjectAltName=IP:127.0.0.1\n".utf8).write(to: folder.url.appendingPathComponent("names"))
    try openssl("req -x509 -nodes -days 2 -subj /CN=authority -keyout ca.key -out ca.pem \(Self.key)")
    for name in ["server", "client"] {
      try openssl("req -nodes -subj /CN=\(name) -keyout \(name).key -out \(name).csr \(Self.key)")
      try openssl(
        "x509 -req -days 2 -in \(name).csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile names -out \(name).pem"
      )
    }
  }

  private static let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1"

  func path(_ name: String) -> String { folder.url.appendingPathComponent(name).path }

  private func openssl(_ arguments: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["openssl"] + arguments.split(separator: " ").map(String.init)
    process.currentDirectoryURL = folder.url
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "openssl \(arguments)")
  }

  /// A server that wants to see a certificate of the authority.
  func serverSecurity() throws -> NIOSSLContext {
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMFile(path("server.pem")).map { .certificate($0) },
      privateKey: .privateKey(try NIOSSLPrivateKey(file: path("server.key"), format: .pem))
    )
    configuration.certificateVerification = .noHostnameVerification
    configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(path("ca.pem")))
    return try NIOSSLContext(configuration: configuration)
  }
}

@Suite("Encrypted connections")
struct TransportSecurityTests {
  private static let up = #"{"resultType":"vector","result":[{"metric":{},"value":[0,"1"]}]}"#

  /// Whether a question is answered, by a server with the authority's certificate.
  private func ask(
    _ authority: Authority,
    host: String = "127.0.0.1",
    _ security: PrometheusAccess.TransportSecurity
  ) async throws -> Result<Double?, PrometheusError> {
    let server = try await ScriptedServer(security: try authority.serverSecurity()) { _, _ in .data(Self.up) }
    var access = PrometheusAccess(endpoint: try PrometheusEndpoint(reading: "https://\(host):\(server.port)"))
    access.limits.pause = .milliseconds(1)
    access.security = security
    let result: Result<Double?, PrometheusError>
    do {
      result = .success(try await asking(access) { try await $0.query("up").value.first?.samples.first?.value })
    } catch let error as PrometheusError {
      result = .failure(error)
    }
    try await server.stop()
    return result
  }

  @Test("one's own authority is trusted, and the client shows its certificate")
  func mutual() async throws {
    let authority = try Authority()
    let answer = try await ask(
      authority,
      .init(
        authorityFile: authority.path("ca.pem"),
        certificateFile: authority.path("client.pem"),
        keyFile: authority.path("client.key")
      )
    )
    #expect(try answer.get() == 1)
  }

  @Test("a server of an unknown authority, or for another name, gets no request")
  func untrusted() async throws {
    let authority = try Authority()
    let known = PrometheusAccess.TransportSecurity(authorityFile: authority.path("ca.pem"))
    for (host, security) in [("127.0.0.1", .init()), ("localhost", known)] {
      let answer = try await ask(authority, host: host, security)
      let error = #expect(throws: PrometheusError.self) { try answer.get() }
      guard case .untrusted? = error?.reason else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
  }

  @Test("a client without the certificate that is asked for gets no answer")
  func withoutCertificate() async throws {
    let authority = try Authority()
    let answer = try await ask(authority, .init(authorityFile: authority.path("ca.pem")))
    #expect(throws: PrometheusError.self) { try answer.get() }
  }

  @Test("a file that is no certificate or no key is named")
  func unusable() async throws {
    let authority = try Authority()
    let cases: [(PrometheusAccess.TransportSecurity, String)] = [
      (.init(authorityFile: authority.path("ca.key")), "ca.key': no certificate in PEM"),
      (.init(authorityFile: authority.path("none.pem")), "none.pem"),
      (.init(certificateFile: authority.path("client.pem")), "client.pem': no private key in PEM"),
    ]
    for (security, message) in cases {
      let error = await #expect(throws: PrometheusAccessError.self) { try await ask(authority, security) }
      #expect(error?.description.contains(message) == true, "\(String(describing: error))")
    }
  }
}
