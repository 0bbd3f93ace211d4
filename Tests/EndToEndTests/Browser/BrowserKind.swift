import NIOCore

/// A browser that nobody here wrote, and what our server needs for it.
enum BrowserKind: String, CaseIterable, Sendable {
    case chromium
    /// Sends no sound to loopback: it goes by another address of this machine.
    case firefox

    /// Those that can be heard here. A machine all of whose addresses are loopback leaves Firefox out.
    static let here = allCases.filter { $0 == .chromium || ownAddress != nil }

    /// A server that it can talk with.
    func server(_ settings: [String: String]) async throws -> TestServer {
        guard self == .firefox, let address = Self.ownAddress else { return try await TestServer(settings: settings) }
        let more = ["SAUTIKIT_SIP_ADVERTISED_HOST": "127.0.0.1", "SAUTIKIT_MEDIA_ADDRESS": address]
        return try await TestServer(sipHost: "0.0.0.0", settings: settings.merging(more) { _, new in new })
    }

    /// An address of IPv4 that is not loopback; nil when there is none.
    private static let ownAddress: String? = {
        let devices = (try? System.enumerateDevices()) ?? []
        return devices.lazy.compactMap(\.address).first { address in
            if case .v4 = address { return address.ipAddress?.hasPrefix("127.") == false }
            return false
        }?.ipAddress
    }()
}
