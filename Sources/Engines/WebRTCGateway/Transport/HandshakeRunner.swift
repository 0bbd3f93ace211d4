import SDPWire
import STUNWire

/// Runs one handshake off the media thread, which has no time for it: about 0.3 ms of computing for each side.
struct HandshakeRunner: Sendable {
    let role: DTLSRole
    let context: DTLSContext
    let fingerprints: [CertificateFingerprint]
    let inputs: AsyncStream<HandshakeInput>
    let again: AsyncStream<HandshakeInput>.Continuation
    let clock: any Clock<Duration>
    let transmit: @Sendable ([UInt8], STUNAddress) -> Void
    let tell: @Sendable (DTLSStep.News) -> Void

    /// Runs until the inputs end. The connection is of this task alone.
    func run() async {
        guard let connection = try? DTLSConnection(role, context, peer: fingerprints) else {
            return tell(.failed(.unavailable))
        }
        var remote: STUNAddress?
        var number = 0
        var hasBegun = false
        for await input in inputs {
            let step: DTLSStep
            switch input {
            case .datagram(let bytes, let source):
                remote = source
                step = unsafe bytes.withUnsafeBytes { unsafe connection.receive($0) }
            case .reachable(let address):
                remote = address
                step = hasBegun ? DTLSStep() : connection.start()
                hasBegun = true
            case .due(let due): step = due == number ? connection.retransmit() : DTLSStep()
            case .close: step = connection.close()
            }
            if let remote { for datagram in step.datagrams { transmit(datagram, remote) } }
            if let news = step.news { tell(news) }
            number += 1
            wait(connection.retransmission, number)
        }
    }

    /// Comes back when the last flight is due again, unless something else has moved the handshake on.
    private func wait(_ rest: Duration?, _ number: Int) {
        guard let rest else { return }
        Task { [again, clock] in
            try await clock.sleep(for: rest)
            again.yield(.due(number: number))
        }
    }
}
