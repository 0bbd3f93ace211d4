import NIOCore
import NIOPosix
import NIOSSL

/// Reads certificates once, on a thread where files may be read.
enum TLSContexts {
    static func server(_ listener: SIPTLSSettings.Listener, on loop: any EventLoop) -> EventLoopFuture<NIOSSLContext> {
        NIOThreadPool.singleton.runIfActive(eventLoop: loop) {
            let chain = try NIOSSLCertificate.fromPEMFile(listener.certificateFile)
            let key = try NIOSSLPrivateKey(file: listener.keyFile, format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(key)
            )
            configuration.minimumTLSVersion = .tlsv12
            return try NIOSSLContext(configuration: configuration)
        }
    }

    static func client(_ settings: SIPTLSSettings, on loop: any EventLoop) -> EventLoopFuture<NIOSSLContext> {
        NIOThreadPool.singleton.runIfActive(eventLoop: loop) {
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.minimumTLSVersion = .tlsv12
            if let file = settings.trustedCertificatesFile { configuration.trustRoots = .file(file) }
            return try NIOSSLContext(configuration: configuration)
        }
    }

    /// The client's handler; what the server shows must name the host, or the address when there is no name.
    static func clientHandler(_ context: NIOSSLContext, serverName: String?) throws -> NIOSSLClientHandler {
        // A certificate names an address in another field than a host's name, and SNI takes names only.
        let isAddress = serverName.map { (try? SocketAddress(ipAddress: $0, port: 0)) != nil } ?? true
        guard let serverName, !isAddress else { return try NIOSSLClientHandler(context: context, serverHostname: nil) }
        return try NIOSSLClientHandler._makeSSLClientHandler(context: context, serverHostname: serverName) {
            certificate,
            channel in
            channel.eventLoop.makeCompletedFuture { try check(certificate, for: serverName) }
        }
    }

    /// NIO is content with a certificate for the address that we are connected to, whatever name was asked for; but who has led the
    /// name to an address of theirs may well have a certificate for that.
    private static func check(_ certificate: NIOSSLCertificate, for host: String) throws {
        let alternatives = certificate._subjectAlternativeNames()
        let names = alternatives.filter { $0.nameType == .dnsName }.map { name in
            unsafe name.contents.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
        }
        // Without any alternative the common name counted, and NIO has looked at that.
        guard alternatives.isEmpty || ServerName.isProven(host, by: names) else {
            throw NIOSSLExtraError.failedToValidateHostname
        }
    }
}
