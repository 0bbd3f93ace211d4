import NIOCore
import NIOPosix
import NIOSSL
import Platform

/// A connection to a mail server: one command at a time.
struct SMTPConnection: Sendable {
    let channel: any NIOCore.Channel
    private let replies: NIOLoopBound<SMTPReplyHandler>

    static func open(
        _ settings: SMTPSettings,
        tls: NIOSSLContext?,
        group: any EventLoopGroup
    ) async throws -> SMTPConnection {
        let isImplicit = settings.encryption == .implicit
        return try await ClientBootstrap(group: group)
            .connectTimeout(.seconds(10))
            .connect(host: settings.host, port: settings.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if isImplicit, let tls {
                        try channel.pipeline.syncOperations.addHandler(Self.encryption(tls, settings.host))
                    }
                    let handler = SMTPReplyHandler()
                    try channel.pipeline.syncOperations.addHandler(handler)
                    return SMTPConnection(
                        channel: channel,
                        replies: NIOLoopBound(handler, eventLoop: channel.eventLoop)
                    )
                }
            }
    }

    /// The next reply, without asking: the greeting.
    func reply() async throws -> SMTPReply {
        try await channel.eventLoop.flatSubmit { replies.value.next(on: channel.eventLoop) }.get()
    }

    /// Sends a line and waits for its reply.
    func ask(_ line: String) async throws -> SMTPReply {
        let buffer = channel.allocator.buffer(string: line + "\r\n")
        return try await channel.eventLoop.flatSubmit {
            let reply = replies.value.next(on: channel.eventLoop)
            channel.writeAndFlush(buffer, promise: nil)
            return reply
        }.get()
    }

    /// Encrypts from here on.
    func startTLS(_ tls: NIOSSLContext, host: String) async throws {
        try await channel.eventLoop.submit {
            guard !replies.value.hasUnreadInput else {
                throw MailFailure(isTransient: true, "the mail server spoke between STARTTLS and the encryption")
            }
            try channel.pipeline.syncOperations.addHandler(Self.encryption(tls, host), position: .first)
        }.get()
    }

    private static func encryption(_ tls: NIOSSLContext, _ host: String) throws -> NIOSSLClientHandler {
        // A certificate names an address in another field than a host's name, and SNI takes names only.
        let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
        return try NIOSSLClientHandler(context: tls, serverHostname: isAddress ? nil : host)
    }
}
