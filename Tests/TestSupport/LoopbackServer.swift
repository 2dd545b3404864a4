import Foundation

/// A request as a test looks at it.
package struct HTTPRequest: Sendable {
  package let method: String
  package let path: String
  /// By their names in lower case.
  package let headers: [String: String]
  package let body: String
}

/// A small HTTP server within the test, at a free port of the loopback interface. It answers one request at a time.
package struct LoopbackServer: Sendable {
  package let port: UInt16
  private let listener: Int32

  package struct Failure: Error, CustomStringConvertible {
    let step: String
    let code: Int32
    package var description: String { "\(step): \(String(cString: strerror(code)))" }
  }

  /// Answers every request with plain text, on a thread of its own, until it is stopped.
  package init(answer: @escaping @Sendable (HTTPRequest) -> String) throws {
    try self.init(responding: { (200, answer($0)) })
  }

  /// The same with a status of HTTP.
  package init(responding answer: @escaping @Sendable (HTTPRequest) -> (status: Int, text: String)) throws {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    if listener < 0 { throw Failure(step: "socket", code: errno) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { [listener] pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(listener, address, length) == 0 && listen(listener, 16) == 0
          && getsockname(listener, address, &length) == 0
      }
    }
    guard isListening else {
      let code = errno
      close(listener)
      throw Failure(step: "listen", code: code)
    }
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread { [listener] in
      while true {
        let connection = accept(listener, nil, nil)
        if connection < 0 { break }
        Self.serve(connection, answer)
      }
      close(listener)
    }
  }

  /// Ends the thread. What is connected is answered first.
  package func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  private static func serve(_ connection: Int32, _ answer: (HTTPRequest) -> (status: Int, text: String)) {
    defer { close(connection) }
    // For a client that never says anything. One on a busy machine may take its time.
    var patience = timeval(tv_sec: 300, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
    setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
    guard let request = read(from: connection) else { return }
    let (status, body) = answer(request)
    let head = [
      "HTTP/1.1 \(status) Status", "Content-Type: text/plain; version=0.0.4; charset=utf-8",
      "Content-Length: \(body.utf8.count)", "Connection: close", "", "",
    ]
    let bytes = Array((head.joined(separator: "\r\n") + body).utf8)
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if count <= 0 { return }
      sent += count
    }
  }

  /// The head up to the empty line, and as much after it as the head announces; nil for anything else.
  private static func read(from connection: Int32) -> HTTPRequest? {
    var bytes: [UInt8] = []
    var end: (head: Int, whole: Int)?
    while end.map({ bytes.count < $0.whole }) ?? true {
      var chunk = [UInt8](repeating: 0, count: 16_384)
      let count = recv(connection, &chunk, chunk.count, 0)
      if count <= 0 { return nil }
      bytes += chunk[..<count]
      if end == nil, let head = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
        end = (head.upperBound, head.upperBound + announcedLength(Array(bytes[..<head.lowerBound])))
      }
    }
    let words = bytes.prefix { $0 != UInt8(ascii: "\r") }.split(separator: UInt8(ascii: " "))
    guard let end, words.count >= 2 else { return nil }
    return HTTPRequest(
      method: String(decoding: words[0], as: UTF8.self),
      path: String(decoding: words[1], as: UTF8.self),
      headers: headers(of: Array(bytes[..<end.head])),
      body: String(decoding: bytes[end.head..<end.whole], as: UTF8.self)
    )
  }

  private static func announcedLength(_ head: [UInt8]) -> Int {
    headers(of: head)["content-length"].flatMap(Int.init) ?? 0
  }

  private static func headers(of head: [UInt8]) -> [String: String] {
    var headers: [String: String] = [:]
    for line in String(decoding: head, as: UTF8.self).split(whereSeparator: \.isNewline).dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2 { headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces) }
    }
    return headers
  }
}
