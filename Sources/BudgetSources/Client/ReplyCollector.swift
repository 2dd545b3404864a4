import NIOCore
import NIOHTTP1

/// Collects the parts of a reply up to a limit.
final class ReplyCollector: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart

  private let limit: Int
  private let answer: EventLoopPromise<HTTPReply>
  private var head: HTTPResponseHead?
  private var body = ByteBuffer()

  init(limit: Int, answer: EventLoopPromise<HTTPReply>) {
    self.limit = limit
    self.answer = answer
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch Self.unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      if let stated = head.headers.first(name: "Content-Length").flatMap({ Int($0) }), stated > limit {
        refuse(context)
      }
    case .body(var part):
      guard body.readableBytes + part.readableBytes <= limit else { return refuse(context) }
      body.writeBuffer(&part)
    case .end:
      guard let head else { return }
      answer.succeed(HTTPReply(head: head, body: Array(body.readableBytesView)))
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    answer.fail(TransportFailure(.connectionLost("it ended before the answer")))
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    answer.fail(TransportFailure(broken: error))
    context.close(promise: nil)
  }

  private func refuse(_ context: ChannelHandlerContext) {
    answer.fail(TransportFailure(.tooLarge(limit: limit)))
    context.close(promise: nil)
  }
}
