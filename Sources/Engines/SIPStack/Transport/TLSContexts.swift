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
        return try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : serverName)
    }
}
