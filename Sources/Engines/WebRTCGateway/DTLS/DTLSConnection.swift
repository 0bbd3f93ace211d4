import COpenSSL
package import SDPWire
import SecureMedia

/// One handshake of DTLS 1.2 and what remains of it (RFC 6347, RFC 5764), without a socket: datagrams in, datagrams out. Of one
/// thread at a time.
///
/// Flights are sent again when whoever owns the connection says so: `retransmission` tells when.
@safe package final class DTLSConnection {
    /// A datagram as large as any path carries it; records are cut to it.
    package static let datagramByteCount = 1200
    /// The largest datagram that is taken.
    package static let longest = 2048
    private static let label = "EXTRACTOR-dtls_srtp"

    private enum State { case shaking, established, over }

    private let context: DTLSContext
    private let role: DTLSRole
    private let fingerprints: [CertificateFingerprint]
    private let pace: DTLSPace
    private let connection: OpaquePointer
    private let input: OpaquePointer
    private let output: OpaquePointer
    private var state = State.shaking
    private var isFingerprintWrong = false

    /// Makes a connection.
    ///
    /// - Parameters:
    ///   - fingerprints: what the peer has announced; its certificate must have one of them.
    ///   - pace: when flights are sent again.
    /// - Throws: `DTLSFault.unavailable`.
    package init(
        _ role: DTLSRole,
        _ context: DTLSContext,
        peer fingerprints: [CertificateFingerprint],
        pace: DTLSPace = DTLSPace()
    ) throws(DTLSFault) {
        self.role = role
        self.context = context
        self.fingerprints = fingerprints
        self.pace = pace
        guard let connection = unsafe SSL_new(context.handle) else { throw .unavailable }
        guard let input = unsafe BIO_new(BIO_s_mem()), let output = unsafe BIO_new(BIO_s_mem()) else {
            unsafe SSL_free(connection)
            throw .unavailable
        }
        unsafe self.connection = unsafe connection
        unsafe (self.input, self.output) = unsafe (input, output)
        unsafe openssl_set_empty_is_retry(input)
        unsafe openssl_set_empty_is_retry(output)
        // It owns them from now on.
        unsafe SSL_set_bio(connection, input, output)
        unsafe openssl_set_mtu(connection, Self.datagramByteCount)
        _ = unsafe SSL_set_ex_data(connection, 0, Unmanaged.passUnretained(self).toOpaque())
        unsafe DTLS_set_timer_cb(connection) { connection, last in unsafe DTLSConnection.timeout(connection, last) }
        switch role {
        case .client: unsafe SSL_set_connect_state(connection)
        case .server: unsafe SSL_set_accept_state(connection)
        }
    }

    deinit { unsafe SSL_free(connection) }

    /// When `retransmit` is due, from now; nil when nothing waits for an answer.
    package var retransmission: Duration? {
        guard state == .shaking else { return nil }
        let rest = unsafe openssl_timeout(connection)
        return rest < 0 ? nil : .microseconds(rest)
    }

    /// Begins, when we are the client; a server waits.
    package func start() -> DTLSStep { role == .client ? advance() : DTLSStep() }

    /// Takes a datagram. What is no record, or too long, changes nothing.
    package func receive(_ datagram: UnsafeRawBufferPointer) -> DTLSStep {
        guard state != .over, datagram.count <= Self.longest, unsafe DTLSRecords.isPlausible(datagram) else {
            return DTLSStep()
        }
        // One datagram at a time: what is left of one is not the beginning of another.
        _ = unsafe openssl_reset(input)
        guard unsafe BIO_write(input, datagram.baseAddress, Int32(datagram.count)) == Int32(datagram.count) else {
            return DTLSStep()
        }
        return advance()
    }

    /// Sends the last flight again when it is due.
    package func retransmit() -> DTLSStep {
        guard state == .shaking else { return DTLSStep() }
        ERR_clear_error()
        if unsafe openssl_handle_timeout(connection) < 0 { return finish(.failed(.timedOut)) }
        return finish(nil)
    }

    /// Says that we are done.
    package func close() -> DTLSStep {
        guard state == .established else {
            state = .over
            return DTLSStep()
        }
        state = .over
        ERR_clear_error()
        _ = unsafe SSL_shutdown(connection)
        return finish(nil)
    }

    // MARK: Moving on

    private func advance() -> DTLSStep {
        ERR_clear_error()
        return state == .established ? listen() : shake()
    }

    private func shake() -> DTLSStep {
        let result = unsafe SSL_do_handshake(connection)
        if result == 1 { return establish() }
        switch unsafe SSL_get_error(connection, result) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return finish(nil)
        default: return finish(.failed(isFingerprintWrong ? .wrongFingerprint : .refused))
        }
    }

    private func establish() -> DTLSStep {
        guard let keys = exportKeys() else { return finish(.failed(.noProfile)) }
        state = .established
        return finish(.established(keys))
    }

    /// Nothing is said over DTLS once there are keys, but that the last flight was lost, or that it is over.
    private func listen() -> DTLSStep {
        var nothing = [UInt8](repeating: 0, count: Self.longest)
        while unsafe SSL_read(connection, &nothing, Int32(nothing.count)) > 0 {}
        let isClosed = unsafe SSL_get_shutdown(connection) & SSL_RECEIVED_SHUTDOWN != 0
        return finish(isClosed ? .closed : nil)
    }

    /// Takes what is to be sent, and notes what cannot be undone.
    private func finish(_ news: DTLSStep.News?) -> DTLSStep {
        switch news {
        case .failed, .closed: state = .over
        case .established, nil: break
        }
        var flight = [UInt8](repeating: 0, count: unsafe openssl_pending(output))
        let count = flight.isEmpty ? 0 : unsafe BIO_read(output, &flight, Int32(flight.count))
        flight.removeLast(flight.count - max(0, Int(count)))
        return DTLSStep(
            datagrams: DTLSRecords.datagrams(flight, limit: Self.datagramByteCount),
            news: news
        )
    }

    // MARK: Keys

    /// RFC 5764 section 4.2: the client's key, the server's, the client's salt, the server's.
    private func exportKeys() -> SRTPKeys? {
        guard let chosen = unsafe SSL_get_selected_srtp_profile(connection),
            let profile = unsafe SRTPProfile(rawValue: UInt16(truncatingIfNeeded: chosen.pointee.id))
        else { return nil }
        let (keyCount, saltCount) = (profile.keyByteCount - profile.saltByteCount, profile.saltByteCount)
        var bytes = [UInt8](repeating: 0, count: 2 * (keyCount + saltCount))
        let label = Array(Self.label.utf8CString)
        guard
            unsafe SSL_export_keying_material(
                connection,
                &bytes,
                bytes.count,
                label,
                Self.label.utf8.count,
                nil,
                0,
                0
            ) == 1
        else { return nil }
        func key(_ place: Int) -> SRTPMasterKey {
            let key = bytes[(place * keyCount)..<((place + 1) * keyCount)]
            let salts = bytes[(2 * keyCount)...]
            return SRTPMasterKey(profile, Array(key + salts.dropFirst(place * saltCount).prefix(saltCount)))
        }
        let (client, server) = (key(0), key(1))
        return role == .client ? SRTPKeys(local: client, remote: server) : SRTPKeys(local: server, remote: client)
    }

    // MARK: What OpenSSL asks

    private static func of(_ connection: OpaquePointer?) -> DTLSConnection? {
        guard let pointer = unsafe SSL_get_ex_data(connection, 0) else { return nil }
        return unsafe Unmanaged<DTLSConnection>.fromOpaque(pointer).takeUnretainedValue()
    }

    private static func timeout(_ connection: OpaquePointer?, _ last: UInt32) -> UInt32 {
        unsafe (of(connection)?.pace ?? DTLSPace()).microseconds(after: last)
    }

    /// Whether the peer's certificate is the one that it has announced. Who signed it does not matter.
    static func verify(_ chain: OpaquePointer?) -> Int32 {
        let index = SSL_get_ex_data_X509_STORE_CTX_idx()
        let connection = unsafe X509_STORE_CTX_get_ex_data(chain, index).map { OpaquePointer($0) }
        guard let own = unsafe of(connection), let certificate = unsafe X509_STORE_CTX_get0_cert(chain) else {
            return 0
        }
        let isAnnounced = own.fingerprints.contains { announced in
            unsafe DTLSCertificate.fingerprint(certificate, announced.algorithm) == announced
        }
        own.isFingerprintWrong = !isAnnounced
        if !isAnnounced { unsafe X509_STORE_CTX_set_error(chain, X509_V_ERR_CERT_REJECTED) }
        return isAnnounced ? 1 : 0
    }
}
