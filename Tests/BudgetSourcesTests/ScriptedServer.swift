import Foundation
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL

/// A server in the test that does to each request what the script says, byte by byte.
struct ScriptedServer: Sendable {
  struct Request: Sendable {
    /// The request line and the headers.
    let head: String
    let body: String

    /// The value of a form field, decoded.
    func field(_ name: String) -> String? {
      for pair in body.split(separator: "&") {
        let parts = pair.split(separator: "=", maxSplits: 1)
        if parts[0] == name { return String(parts.count > 1 ? parts[1] : "").removingPercentEncoding }
      }
      return nil
    }
  }

  enum Reaction: Sendable {
    case bytes(String)
    /// The same, and then the connection is cut.
    case truncated(String)
    case silence
    case cut

    static func answer(_ status: Int, _ body: String, type: String = "application/json", _ more: String...) -> Reaction
    {
      let head = ["HTTP/1.1 \(status) Word", "Content-Type: \(type)", "Content-Length: \(body.utf8.count)"] + more
      return .bytes(head.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    static func data(_ data: String, warnings: String = "[]") -> Reaction {
      .answer(200, #"{"status":"success","data":\#(data),"warnings":\#(warnings)}"#)
    }
  }

  let port: Int
  private let channel: any Channel
  private let group: MultiThreadedEventLoopGroup

  /// `script` is given the number of the request, from 0.
  init(
    security: NIOSSLContext? = nil,
    _ script: @escaping @Sendable (Int, Request) -> Reaction
  ) async throws {
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let requests = NIOLockedValueBox(0)
    channel = try await ServerBootstrap(group: group)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let security { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: security)) }
          try channel.pipeline.syncOperations.addHandler(
            RequestHandler { request in
              let number = requests.withLockedValue { count in
                defer { count += 1 }
                return count
              }
              return script(number, request)
            }
          )
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    port = channel.localAddress?.port ?? 0
  }

  func stop() async throws {
    do {
      try await channel.close()
    } catch ChannelError.alreadyClosed {
      // On a busy machine it is sometimes gone before; who still needed it has failed by then.
    }
    try await group.shutdownGracefully()
  }
}

private final class RequestHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let react: (ScriptedServer.Request) -> ScriptedServer.Reaction
  private var received = ""

  init(_ react: @escaping (ScriptedServer.Request) -> ScriptedServer.Reaction) {
    self.react = react
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    received += String(buffer: Self.unwrapInboundIn(data))
    guard let end = received.range(of: "\r\n\r\n") else { return }
    let head = String(received[..<end.lowerBound])
    let body = String(received[end.upperBound...])
    let length =
      head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
      .flatMap { Int($0.drop { $0 != ":" }.dropFirst().drop { $0 == " " }) } ?? 0
    guard body.utf8.count >= length else { return }
    switch react(ScriptedServer.Request(head: head, body: body)) {
    case .bytes(let text): context.writeAndFlush(Self.wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
    case .truncated(let text):
      context.writeAndFlush(Self.wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
      context.close(promise: nil)
    case .silence: break
    case .cut: context.close(promise: nil)
    }
  }
}
