import SIPStack
import SIPWire

/// What a REGISTER says of the proxies between a device and us (RFC 3327 section 5.3), as a value: whose word it is decides what is
/// made of it, since the messages to the device will go where it says.
enum DevicePath: Equatable {
    /// The proxies, the first that we send to first. Empty when there are none, or when they are not for us to follow.
    case proxies([NameAddress])
    /// A proxy that nobody trusts has added itself, and the device would not see that it is not followed: 420 (section 5.3).
    case unexpected
    /// It cannot be read, or is longer than any real one: 400.
    case unreadable

    /// Proxies of one path.
    static let most = 8
    /// Bytes of one proxy's URI with all that belongs to it.
    static let longest = 300

    /// - Parameter isTrusted: whether who sent the request is one of the operator's proxies.
    init(_ request: SIPRequest, isTrusted: Bool) {
        let fields = request.headers.list(.path)
        guard !fields.isEmpty else {
            self = .proxies([])
            return
        }
        guard isTrusted else {
            // A device that knows the extension sees by the answer that its path is not kept.
            self = request.headers.has("path", in: .supported) ? .proxies([]) : .unexpected
            return
        }
        guard fields.count <= Self.most else {
            self = .unreadable
            return
        }
        let proxies = fields.compactMap { Self.proxy($0) }
        self = proxies.count == fields.count ? .proxies(proxies) : .unreadable
    }

    /// As it is stored, and told to a device that knows the extension.
    static func text(_ proxies: [NameAddress]) -> [String] { proxies.map(\.text) }

    /// A proxy as it is stored; nil when it is none. All of them are loose routers (section 4).
    static func proxy(_ text: String) -> NameAddress? {
        guard text.utf8.count <= longest, let proxy = NameAddress(text), proxy.uri.parameters.has("lr") else {
            return nil
        }
        return proxy
    }
}
