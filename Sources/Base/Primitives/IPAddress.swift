import Glibc

/// An IP address by its bytes: 4 of them for IPv4, 16 for IPv6.
package struct IPAddress: Sendable, Hashable, CustomStringConvertible {
    /// The address in network order.
    package let bytes: [UInt8]

    /// Makes an address of 4 or 16 bytes; nil for any other count.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads the usual text form, without brackets, zone or port; short forms of IPv4 (`127.1`) are not addresses here.
    package init?(parsing text: String) {
        guard text.utf8.count <= 45, !text.utf8.contains(0) else { return nil }
        let isIPv6 = text.contains(":")
        var bytes = [UInt8](repeating: 0, count: isIPv6 ? 16 : 4)
        guard unsafe inet_pton(isIPv6 ? AF_INET6 : AF_INET, text, &bytes) == 1 else { return nil }
        self.bytes = bytes
    }

    /// Whether it is an IPv4 address.
    package var isIPv4: Bool { bytes.count == 4 }

    /// The text form: dotted for IPv4, eight groups for IPv6.
    package var description: String {
        if isIPv4 { return bytes.map(String.init).joined(separator: ".") }
        return stride(from: 0, to: 16, by: 2)
            .map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }
            .joined(separator: ":")
    }
}
