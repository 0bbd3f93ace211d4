import NIOCore

/// The addresses of the machine that the tests run on.
enum OwnAddress {
    /// One of IPv4 that is not loopback; nil when there is none.
    static let beyondLoopback: String? = {
        let devices = (try? System.enumerateDevices()) ?? []
        return devices.lazy.compactMap(\.address).first { address in
            if case .v4 = address { return address.ipAddress?.hasPrefix("127.") == false }
            return false
        }?.ipAddress
    }()
}
