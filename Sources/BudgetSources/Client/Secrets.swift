import NIOSSL
import WorkspaceFiles

extension PrometheusAccess.Credentials {
  /// What the `Authorization` header says, with the secret as it is in its file now.
  func authorization() throws(PrometheusAccessError) -> String? {
    switch self {
    case .anonymous: return nil
    case .bearer(let file): return "Bearer \(String(decoding: try Self.secret(in: file), as: UTF8.self))"
    case .basic(let user, let file):
      return "Basic \(base64(Array("\(user):".utf8) + (try Self.secret(in: file))))"
    }
  }

  /// The first line of a file.
  private static func secret(in file: String) throws(PrometheusAccessError) -> [UInt8] {
    let bytes: [UInt8]
    do {
      bytes = try DocumentFile(file).read()
    } catch {
      throw .unusableSecret(file: file, reason: error.description)
    }
    let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    guard !line.isEmpty else { throw .unusableSecret(file: file, reason: "its first line is empty") }
    guard line.allSatisfy({ (0x21...0x7E).contains($0) }) || line.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
      throw .unusableSecret(file: file, reason: "its first line has a control character")
    }
    return Array(line)
  }
}

/// RFC 4648, section 4.
package func base64(_ bytes: [UInt8]) -> String {
  let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  var text = ""
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let group = bytes[start..<min(start + 3, bytes.count)]
    let padded = group.reduce(0) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
    for place in 0..<4 {
      text.append(place <= group.count ? digits[Int(padded >> (18 - 6 * UInt32(place)) & 63)] : "=")
    }
  }
  return text
}

extension PrometheusAccess.TransportSecurity {
  /// What a connection is encrypted with; the peer's name and chain are always verified.
  func context() throws(PrometheusAccessError) -> NIOSSLContext {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    if let authorityFile {
      configuration.trustRoots = .certificates(try Self.certificates(in: authorityFile))
    }
    if let certificateFile {
      configuration.certificateChain = try Self.certificates(in: certificateFile).map { .certificate($0) }
      configuration.privateKey = .privateKey(try Self.key(in: keyFile ?? certificateFile))
    }
    do {
      return try NIOSSLContext(configuration: configuration)
    } catch {
      throw .unusableCertificate(file: certificateFile ?? authorityFile ?? "", reason: "\(error)")
    }
  }

  private static func certificates(in file: String) throws(PrometheusAccessError) -> [NIOSSLCertificate] {
    let certificates: [NIOSSLCertificate]
    do {
      certificates = try NIOSSLCertificate.fromPEMBytes(try DocumentFile(file).read())
    } catch let error as WorkspaceError {
      throw .unusableCertificate(file: file, reason: error.description)
    } catch {
      throw .unusableCertificate(file: file, reason: "no certificate in PEM")
    }
    guard !certificates.isEmpty else { throw .unusableCertificate(file: file, reason: "no certificate in PEM") }
    return certificates
  }

  private static func key(in file: String) throws(PrometheusAccessError) -> NIOSSLPrivateKey {
    do {
      return try NIOSSLPrivateKey(bytes: try DocumentFile(file).read(), format: .pem)
    } catch let error as WorkspaceError {
      throw .unusableCertificate(file: file, reason: error.description)
    } catch {
      throw .unusableCertificate(file: file, reason: "no private key in PEM")
    }
  }
}
