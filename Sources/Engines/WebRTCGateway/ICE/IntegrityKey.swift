import COpenSSL
import STUNWire

/// A password of ICE, ready to sign and to check with: HMAC-SHA1 by OpenSSL, keyed once. Of one thread at a time.
@safe final class IntegrityKey: STUNAuthenticator {
    private let context: OpaquePointer

    /// Nil when the library does not work here.
    init?(password: String) {
        guard let algorithm = unsafe EVP_MAC_fetch(nil, "HMAC", nil) else { return nil }
        defer { unsafe EVP_MAC_free(algorithm) }
        guard let context = unsafe EVP_MAC_CTX_new(algorithm) else { return nil }
        unsafe self.context = unsafe context
        guard unsafe Self.start(context, Array(password.utf8)) else { return nil }
    }

    deinit { unsafe EVP_MAC_CTX_free(context) }

    private static func start(_ context: OpaquePointer, _ key: [UInt8]) -> Bool {
        var name = Array("SHA1".utf8CString)
        return unsafe name.withUnsafeMutableBufferPointer { name in
            let parameters = unsafe [
                OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.baseAddress, 0),
                OSSL_PARAM_construct_end(),
            ]
            return unsafe EVP_MAC_init(context, key, key.count, parameters) == 1
        }
    }

    func authenticate(
        _ header: UnsafeRawBufferPointer,
        _ rest: UnsafeRawBufferPointer,
        into code: UnsafeMutableRawBufferPointer
    ) -> Bool {
        var count = 0
        // Without a key it begins anew with the one it has.
        return unsafe EVP_MAC_init(context, nil, 0, nil) == 1
            && EVP_MAC_update(context, header.bindMemory(to: UInt8.self).baseAddress, header.count) == 1
            && EVP_MAC_update(context, rest.bindMemory(to: UInt8.self).baseAddress, rest.count) == 1
            && EVP_MAC_final(context, code.bindMemory(to: UInt8.self).baseAddress, &count, code.count) == 1
            && count == code.count
    }
}
