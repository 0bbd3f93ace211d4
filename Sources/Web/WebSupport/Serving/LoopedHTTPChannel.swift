package import HummingbirdCore
package import Logging
package import NIOCore

/// An HTTP/1.1 connection whose requests are dealt with on the connection's own event loop: between its socket and its
/// answer a request changes threads only where it waits for something else.
package struct LoopedHTTPChannel: ServerChildChannel {
    /// Parts of requests in, parts of answers out.
    package typealias Value = HTTP1Channel.Value

    private let base: HTTP1Channel

    /// Answers by `responder`.
    package init(responder: @escaping HTTPChannelHandler.Responder) {
        base = HTTP1Channel(responder: responder)
    }

    /// Sets the connection up as HTTP/1.1.
    package func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        base.setup(channel: channel, logger: logger)
    }

    /// Deals with a connection's requests until it closes.
    package func handle(value: Value, logger: Logger) async {
        await withTaskExecutorPreference(EventLoopTaskExecutor(value.channel.eventLoop)) {
            await base.handle(value: value, logger: logger)
        }
    }
}
