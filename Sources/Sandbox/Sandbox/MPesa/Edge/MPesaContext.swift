import Hummingbird
import NIOCore

/// A request's connection, so that an answer can be lost.
struct MPesaContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any NIOCore.Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}
