import Crypto

/// A nonce that needs no memory: when it was made, chance, and a keyed hash over both and whom it was given to. Nobody else can
/// make one, nor use one that was given to another address (RFC 7616 section 3.3, "nonce").
struct DigestNonce: Hashable {
    /// Hexadecimal digits of the moment and of the chance.
    private static let headLength = 32

    /// Milliseconds of the server's own steady time.
    let issued: UInt64
    let salt: UInt64

    /// Reads what `text` made with the same key for the same source; nil for anything else.
    init?(_ text: String, source: String, key: SymmetricKey) {
        let bytes = Array(text.utf8)
        guard bytes.count > Self.headLength, let code = Self.bytes(hex: bytes[Self.headLength...]) else { return nil }
        let head = String(decoding: bytes.prefix(Self.headLength), as: UTF8.self)
        guard let issued = UInt64(head.prefix(16), radix: 16), let salt = UInt64(head.dropFirst(16), radix: 16),
            HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Self.message(head, source), using: key)
        else { return nil }
        self.init(issued: issued, salt: salt)
    }

    init(issued: UInt64, salt: UInt64) {
        self.issued = issued
        self.salt = salt
    }

    func text(source: String, key: SymmetricKey) -> String {
        let head = Self.hex(issued) + Self.hex(salt)
        let code = HMAC<SHA256>.authenticationCode(for: Self.message(head, source), using: key)
        return head + code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func message(_ head: String, _ source: String) -> [UInt8] { Array("\(head) \(source)".utf8) }

    private static func hex(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static func bytes(hex: ArraySlice<UInt8>) -> [UInt8]? {
        guard hex.count == SHA256.byteCount * 2 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: hex.startIndex, to: hex.endIndex, by: 2) {
            let pair = String(decoding: hex[index..<(index + 2)], as: UTF8.self)
            guard pair.first != "+", let byte = UInt8(pair, radix: 16) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }
}
