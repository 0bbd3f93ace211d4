import Foundation
import NIOCore
import NIOPosix
import NIOSSL
package import Platform

/// Hands mails to a mail server by SMTP (RFC 5321), a connection each.
package struct SMTPMailer: Mailer {
    private let settings: SMTPSettings
    private let group: any EventLoopGroup
    private let tls: NIOSSLContext?

    /// Prepares for a server.
    ///
    /// - Throws: NIOSSL's error when the trusted certificates cannot be read.
    package init(_ settings: SMTPSettings) throws {
        self.settings = settings
        group = MultiThreadedEventLoopGroup.singleton
        if settings.encryption == .never {
            tls = nil
        } else {
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.minimumTLSVersion = .tlsv12
            if let file = settings.trustedCertificates { configuration.trustRoots = .file(file) }
            tls = try NIOSSLContext(configuration: configuration)
        }
    }

    /// Sends a mail.
    package func send(_ mail: Mail) async throws {
        let connection: SMTPConnection
        do {
            connection = try await SMTPConnection.open(settings, tls: tls, group: group)
        } catch {
            throw MailFailure(isTransient: true, "\(settings.host):\(settings.port): \(error)")
        }
        // Closing fails what is being waited for, and so ends a delivery that takes too long.
        let deadline = connection.channel.eventLoop.scheduleTask(in: TimeAmount(settings.timeout)) {
            connection.channel.close(promise: nil)
        }
        let result: Result<Void, any Error>
        do {
            result = .success(try await deliver(mail, over: connection))
        } catch {
            result = .failure(error)
        }
        deadline.cancel()
        connection.channel.close(promise: nil)
        try result.get()
    }

    private func deliver(_ mail: Mail, over connection: SMTPConnection) async throws {
        try Self.require(try await connection.reply(), "greeting")
        var extensions = try await hello(connection)
        if settings.encryption == .startTLS, let tls {
            guard extensions.contains("STARTTLS") else {
                throw MailFailure(isTransient: false, "\(settings.host) does not offer STARTTLS")
            }
            try Self.require(try await connection.ask("STARTTLS"), "STARTTLS")
            try await connection.startTLS(tls, host: settings.host)
            extensions = try await hello(connection)
        }
        try await authenticate(connection, extensions)
        try Self.require(try await connection.ask("MAIL FROM:<\(settings.sender)>"), "MAIL")
        try Self.require(try await connection.ask("RCPT TO:<\(mail.recipient)>"), "RCPT")
        let ready = try await connection.ask("DATA")
        guard ready.code == 354 else { throw Self.refusal(ready, "DATA") }
        // The message's last line ends with CRLF, so the dot stands alone.
        try Self.require(
            try await connection.ask(MailMessage(mail, sender: settings.sender).stuffed + "."),
            "the message"
        )
        // The server has the message; what it says to the farewell changes nothing.
        _ = try? await connection.ask("QUIT")
    }

    /// The keywords that the server knows, in upper case, with their parameters.
    private func hello(_ connection: SMTPConnection) async throws -> Set<String> {
        let name = ProcessInfo.processInfo.hostName.filter { $0.isASCII && !$0.isWhitespace }
        let reply = try await connection.ask("EHLO \(name.isEmpty ? "localhost" : name)")
        try Self.require(reply, "EHLO")
        return Set(reply.lines.dropFirst().map { $0.uppercased() })
    }

    /// AUTH PLAIN (RFC 4616), or LOGIN for servers that know nothing else. Never in the clear, but where the operator said so.
    private func authenticate(_ connection: SMTPConnection, _ extensions: Set<String>) async throws {
        guard let username = settings.username, let password = settings.password else { return }
        let methods = extensions.first { $0.hasPrefix("AUTH ") }?.split(separator: " ").dropFirst() ?? []
        if methods.contains("PLAIN") {
            let response = Data("\0\(username)\0\(password)".utf8).base64EncodedString()
            try Self.require(try await connection.ask("AUTH PLAIN \(response)"), "AUTH")
        } else if methods.contains("LOGIN") {
            for line in ["AUTH LOGIN", Data(username.utf8).base64EncodedString()] {
                let reply = try await connection.ask(line)
                guard reply.code == 334 else { throw Self.refusal(reply, "AUTH") }
            }
            try Self.require(try await connection.ask(Data(password.utf8).base64EncodedString()), "AUTH")
        } else {
            throw MailFailure(isTransient: false, "\(settings.host) offers neither AUTH PLAIN nor AUTH LOGIN")
        }
    }

    private static func require(_ reply: SMTPReply, _ step: String) throws {
        guard reply.isPositive else { throw refusal(reply, step) }
    }

    private static func refusal(_ reply: SMTPReply, _ step: String) -> MailFailure {
        MailFailure(isTransient: reply.isTransient, "\(step): \(reply.summary)")
    }
}
