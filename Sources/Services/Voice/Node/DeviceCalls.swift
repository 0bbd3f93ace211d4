import Platform
import Primitives
import SIPStack
import SIPWire

/// Takes the calls that devices make.
struct DeviceCalls: Sendable {
    let services: VoiceServices
    let nodeID: Identifier

    /// Takes a call of a device that has proven who it is.
    ///
    /// - Throws: `DatabaseError`.
    func take(
        _ session: SIPSession,
        of device: CallingDevice,
        _ mailbox: (inbox: CallInbox, signals: AsyncStream<CallSignal>)
    ) async throws {
        // Whatever its Contact says: only this way is known to work.
        session.keepFlow()
        guard let callee = Callee(session.request.uri) else { return session.reject(status: 484) }
        do {
            let call = try await PlaceDeviceCall(services.context)(
                device,
                to: callee,
                shown: Self.names(session.request),
                nodeID: nodeID
            )
            let runner = CallRunner(call: call, origin: .device(session), services: services, mailbox: mailbox)
            services.calls.launch(runner, services.executor)
        } catch let refusal as PlatformError {
            session.reject(status: refusal.sipStatus, headers: Self.reasons(of: refusal))
        }
    }

    /// Takes a call that is to take the place of another telephone's in its conversation. A call of another workspace is as
    /// unknown as one that does not exist.
    ///
    /// - Throws: `DatabaseError`.
    func take(
        _ session: SIPSession,
        of device: CallingDevice,
        replacing old: SIPSession,
        _ mailbox: (inbox: CallInbox, signals: AsyncStream<CallSignal>)
    ) async throws {
        session.keepFlow()
        guard let replaced = services.calls.runner(of: old), replaced.isDevice,
            replaced.call.workspaceID == device.workspaceID
        else { return session.reject(status: 481) }
        do {
            let call = try await PlaceDeviceCall(services.context).taking(
                over: replaced.call,
                with: replaced.partyName,
                device,
                shown: Self.names(session.request),
                nodeID: nodeID
            )
            let origin = CallRunner.Origin.replacing(session, replaced)
            let runner = CallRunner(call: call, origin: origin, services: services, mailbox: mailbox)
            services.calls.launch(runner, services.executor)
        } catch let refusal as PlatformError {
            session.reject(status: refusal.sipStatus, headers: Self.reasons(of: refusal))
        }
    }

    /// Everything that a request says of who calls.
    private static func names(_ request: SIPRequest) -> [String] {
        let claims = [SIPHeaderName.pAssertedIdentity, .pPreferredIdentity].flatMap { request.headers.list($0) }
        let named = claims.map { NameAddress($0)?.uri.user ?? "" }
        return [request.headers.from?.uri.user ?? ""] + named
    }

    /// A page tells its user which of the reasons for 403 it is (RFC 3326).
    private static func reasons(of refusal: PlatformError) -> [SIPHeaderField] {
        guard refusal.code == .numberNotOwned else { return [] }
        return [SIPHeaderField(SIPHeaderName("Reason"), "SIP;cause=403;text=\"number_not_owned\"")]
    }
}
