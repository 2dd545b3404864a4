import NIOCore

/// Closes a connection on which nothing has come and nothing could be sent for a while: one that says nothing, one that
/// never ends a request, one that does not take its answers.
final class StalledConnectionHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = NIOAny

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is IdleStateHandler.IdleStateEvent {
      context.close(promise: nil)
    } else {
      context.fireUserInboundEventTriggered(event)
    }
  }
}
