import COpenSSL
import STUNWire

/// HMAC-SHA1 by OpenSSL, with a short-term or a long-term key (RFC 8489 section 9).
struct TestAuthenticator: STUNAuthenticator {
    private let key: [UInt8]

    init(password: String) { key = Array(password.utf8) }

    init(username: String, realm: String, password: String) {
        let text = Array("\(username):\(realm):\(password)".utf8)
        var digest = [UInt8](repeating: 0, count: 16)
        precondition(unsafe EVP_Q_digest(nil, "MD5", nil, text, text.count, &digest, nil) == 1)
        key = digest
    }

    func authenticate(
        _ header: UnsafeRawBufferPointer,
        _ rest: UnsafeRawBufferPointer,
        into code: UnsafeMutableRawBufferPointer
    ) -> Bool {
        let message = unsafe Array(header) + Array(rest)
        var result = [UInt8](repeating: 0, count: 20)
        precondition(unsafe HMAC(EVP_sha1(), key, Int32(key.count), message, message.count, &result, nil) != nil)
        unsafe code.copyBytes(from: result)
        return true
    }
}
