package import NIOCore
import NIOPosix
package import Primitives
import Synchronization

/// The mailbox of everybody in the sandbox: a mail server on loopback that keeps the last mails for a developer to read.
package final class SandboxMailbox: Sendable {
    /// Mails that are kept; older ones are forgotten.
    package static let capacity = 200

    private let clock: any WallClock
    private let group: any EventLoopGroup
    private let mails = Mutex<[SandboxMail]>([])
    private let channel = Mutex<(any NIOCore.Channel)?>(nil)

    /// Makes a mailbox that is not open yet.
    package init(clock: any WallClock, group: any EventLoopGroup) {
        self.clock = clock
        self.group = group
    }

    /// The mails that were received, newest first.
    package var received: [SandboxMail] { mails.withLock { $0.reversed() } }

    /// Listens on loopback and returns the port.
    ///
    /// - Parameter port: 0 picks a free one.
    /// - Throws: NIO's error when the port is taken.
    package func start(port: Int = 0) async throws -> Int {
        let bound = try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(MailboxHandler(self))
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
        channel.withLock { $0 = bound }
        return bound.localAddress?.port ?? 0
    }

    /// Takes no more.
    package func shutDown() async {
        // A channel that is closed already is what was wanted.
        try? await channel.withLock { $0 }?.close()
    }

    func take(_ message: String, for recipients: [String]) {
        let (subject, text) = MailReader.read(message)
        let mail = SandboxMail(receivedAt: clock.now(), recipients: recipients, subject: subject, text: text)
        mails.withLock { mails in
            mails.append(mail)
            if mails.count > Self.capacity { mails.removeFirst() }
        }
    }
}
