import Glibc
package import NIOCore
import NIOPosix
package import Primitives

/// The operating system's resolver, on threads of its own because it blocks. They end with it.
package final class SystemHostResolver: HostResolver {
    private let group: any EventLoopGroup
    private let threads: NIOThreadPool
    private let limit: Duration

    /// Makes a resolver.
    ///
    /// - Parameters:
    ///   - group: where answers are awaited.
    ///   - limit: when an answer is given up; default 5 s.
    package init(group: any EventLoopGroup, limit: Duration = .seconds(5)) {
        self.group = group
        self.limit = limit
        threads = NIOThreadPool(numberOfThreads: 8)
        threads.start()
    }

    /// A pool's threads keep it alive until they are told to end; whoever told them already is not held up.
    deinit {
        threads.shutdownGracefully { _ in }
    }

    /// All addresses in the system's order of preference (RFC 6724).
    ///
    /// - Throws: `ResolutionFailure`; `CancellationError`.
    package func addresses(of host: String) async throws -> [IPAddress] {
        let loop = group.any()
        let promise = loop.makePromise(of: [IPAddress].self)
        threads.runIfActive(eventLoop: loop) { try Self.lookUp(host) }.cascade(to: promise)
        // The thread goes on in its own time; whoever comes second is ignored by the promise.
        let timer = loop.scheduleTask(in: TimeAmount(limit)) { [limit] in
            promise.fail(ResolutionFailure.timeout(limit))
        }
        defer { timer.cancel() }
        return try await withTaskCancellationHandler {
            try await promise.futureResult.get()
        } onCancel: {
            promise.fail(CancellationError())
        }
    }

    /// Ends the threads, and waits for what they are at.
    package func shutDown() async {
        // Threads that are already gone are what was wanted.
        _ = try? await threads.shutdownGracefully()
    }

    private static func lookUp(_ host: String) throws -> [IPAddress] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var first: UnsafeMutablePointer<addrinfo>?
        let code = unsafe getaddrinfo(host, nil, &hints, &first)
        guard code == 0 else { throw ResolutionFailure.resolver(unsafe String(cString: gai_strerror(code))) }
        defer { unsafe freeaddrinfo(first) }
        var found: [IPAddress] = []
        var next = unsafe first
        while let entry = unsafe next {
            if let address = unsafe address(entry.pointee), !found.contains(address) { found.append(address) }
            unsafe next = entry.pointee.ai_next
        }
        return found
    }

    private static func address(_ entry: addrinfo) -> IPAddress? {
        guard let pointer = unsafe entry.ai_addr else { return nil }
        let raw = UnsafeRawPointer(pointer)
        switch unsafe Int32(pointer.pointee.sa_family) {
        case AF_INET:
            let value = unsafe raw.loadUnaligned(as: sockaddr_in.self)
            return unsafe withUnsafeBytes(of: value.sin_addr) { unsafe IPAddress(bytes: [UInt8]($0)) }
        case AF_INET6:
            let value = unsafe raw.loadUnaligned(as: sockaddr_in6.self)
            return unsafe withUnsafeBytes(of: value.sin6_addr) { unsafe IPAddress(bytes: [UInt8]($0)) }
        default: return nil
        }
    }
}
