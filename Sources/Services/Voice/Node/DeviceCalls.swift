import Platform
import Primitives
import SIPStack
import SIPWire

/// Takes the calls that devices make.
struct DeviceCalls: Sendable {
    let services: VoiceServices
    let nodeID: Identifier

    /// Takes a call of a device whose password has been proven.
    ///
    /// - Throws: `DatabaseError`.
    func take(
        _ session: SIPSession,
        of credential: SIPCredential,
        _ mailbox: (inbox: CallInbox, signals: AsyncStream<CallSignal>)
    ) async throws {
        // Whatever its Contact says: only this way is known to work.
        session.keepFlow()
        guard let number = session.request.uri.user else { return session.reject(status: 484) }
        do {
            let call = try await PlaceDeviceCall(services.context)(
                credential,
                to: number,
                shown: Self.names(session.request),
                nodeID: nodeID
            )
            let runner = CallRunner(call: call, origin: .device(session), services: services, mailbox: mailbox)
            services.calls.launch(runner, services.executor)
        } catch let refusal as PlatformError {
            session.reject(status: Self.status(of: refusal))
        }
    }

    /// Everything that a request says of who calls.
    private static func names(_ request: SIPRequest) -> [String] {
        let claims = [SIPHeaderName.pAssertedIdentity, .pPreferredIdentity].flatMap { request.headers.list($0) }
        let named = claims.map { NameAddress($0)?.uri.user ?? "" }
        return [request.headers.from?.uri.user ?? ""] + named
    }

    private static func status(of refusal: PlatformError) -> Int {
        switch (refusal.code, refusal.field) {
        case (.requestInvalid, "to"): 404
        default: 403
        }
    }
}
