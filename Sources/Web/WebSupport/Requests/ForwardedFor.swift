import Foundation
import Primitives

/// Who asks through proxies, as `X-Forwarded-For` tells it: each proxy adds whom it was asked by at the end.
struct ForwardedFor {
    private let addresses: [IPAddress?]

    /// - Parameter values: the field's values, in their order.
    init(_ values: [String]) {
        addresses = values.flatMap { $0.split(separator: ",") }.suffix(32).map { part in
            IPAddress(parsing: part.trimmingCharacters(in: .whitespaces))
        }
    }

    /// The last address that no trusted proxy is; nil when the connection is no trusted proxy's, which anybody could say
    /// anything over.
    func client(of connected: IPAddress?, trusting proxies: [IPNetwork]) -> IPAddress? {
        func isTrusted(_ address: IPAddress) -> Bool { proxies.contains { $0.contains(address) } }
        guard let connected, isTrusted(connected) else { return nil }
        for address in addresses.reversed() {
            guard let address else { return nil }
            if !isTrusted(address) { return address }
        }
        return nil
    }
}
