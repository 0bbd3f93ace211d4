import Synchronization

/// The certificate that we show: made at the start, and another one after a day, so that a stolen key is of little use. Calls keep
/// the one they were described with.
package final class DTLSIdentity: Sendable {
    private let lifetime: Duration
    private let state: Mutex<(context: DTLSContext, made: Duration)>

    /// Makes the first certificate.
    ///
    /// - Parameters:
    ///   - now: of a clock that never goes back.
    ///   - lifetime: after which another one is made. Default a day.
    /// - Throws: `DTLSFault.unavailable`.
    package init(at now: Duration, lifetime: Duration = .seconds(86_400)) throws(DTLSFault) {
        self.lifetime = lifetime
        state = Mutex((try DTLSContext(DTLSCertificate()), now))
    }

    /// What a call that begins now is described with. When no new one can be made the old one stays.
    package func context(at now: Duration) -> DTLSContext {
        state.withLock { state in
            if now - state.made >= lifetime, let certificate = try? DTLSCertificate(),
                let context = try? DTLSContext(certificate)
            {
                state = (context, now)
            }
            return state.context
        }
    }
}
