import NIOCore
package import SIPWire

/// One call, placed or taken. What its owner may do can be done from any thread.
///
/// Unchecked: all state is confined to the user agent's event loop; public methods hop there.
package final class SIPSession: @unchecked Sendable {
    enum Role {
        case caller
        case callee
    }

    enum State {
        /// The INVITE has no final response yet.
        case inviting
        /// Answered: there is a dialog.
        case established
        /// Over; nothing more is reported.
        case ended
    }

    /// Gives the answer to an offer that comes within the call; nil refuses it with 488.
    package typealias OfferHandler = @Sendable (_ offer: [UInt8]) -> [UInt8]?

    private let beganAt = NIODeadline.now()
    private var rungs = Ladder()
    var offerPace = OfferPace()
    private var requestPace = RequestPace()
    let core: UserAgentCore
    let role: Role
    let localTag: String
    var state = State.inviting
    var onEvent: @Sendable (SessionEvent) -> Void
    var onOffer: OfferHandler?
    var onReferral: (@Sendable (Referral) -> Void)?
    /// REFERs of ours that are not finished, by their number.
    var referrals: [UInt32: @Sendable (ReferProgress) -> Void] = [:]
    /// Whether a REFER of the peer's has come before.
    var hasBeenReferred = false
    var dialog: Dialog?
    var peer: SIPDestination?
    /// The way that all messages take, whatever the peer's Contact says: it may be behind NAT.
    var flow: SIPDestination?
    /// The INVITE as it was sent last, or as it arrived.
    var invite: SIPRequest
    /// What we describe our media with, for refreshes.
    var localDescription: [UInt8]
    var timer = SessionTimer()
    var refreshTask: Scheduled<Void>?
    /// A re-INVITE of ours has no final response yet.
    var isReinviting = false
    /// The 2xx of ours that waits for its ACK.
    var unacknowledged: UnacknowledgedAnswer?
    var answerRetransmission: Scheduled<Void>?

    // The caller's side.
    var invitation: OutgoingInvitation?
    var ringTask: Scheduled<Void>?
    /// Where the INVITE can go if `peer` does not answer.
    var alternatives: [SIPDestination] = []
    /// Ends the wait for a place that says nothing.
    var silenceTask: Scheduled<Void>?
    /// How many INVITEs were sent: what answers an earlier one comes too late.
    var attempts = 0
    /// The branches of INVITEs that were withdrawn at places that had been given up.
    var withdrawn: Set<String> = []
    var hasProvisional = false
    /// Why the call is being canceled; its INVITE still runs.
    var cancellation: SessionFailure?
    var hasSentCancel = false
    var authentication = Authentication()

    // The callee's side.
    var transaction: ServerTransaction?

    init(
        core: UserAgentCore,
        role: Role,
        invite: SIPRequest,
        localTag: String,
        onEvent: @escaping @Sendable (SessionEvent) -> Void
    ) {
        self.core = core
        self.role = role
        self.invite = invite
        self.localTag = localTag
        self.onEvent = onEvent
        localDescription = []
        if role == .callee { climb(invite.method.rawValue, invite.headers, isOutgoing: false) }
    }

    /// The INVITE that began an incoming call.
    package var request: SIPRequest { invite }

    /// Where an incoming call came from, and its answers go: a numeric address and a port. Valid on the event loop, when the call is
    /// told of.
    package var origin: (address: String, port: Int)? {
        guard let peer, let address = peer.address.ipAddress, let port = peer.address.port else { return nil }
        return (address, port)
    }

    /// The way that an incoming call came by. Valid on the event loop, when the call is told of.
    package var source: SIPFlow? { peer.map { SIPFlow($0.flow) } }

    /// Sends all that belongs to this call the way that its INVITE came by, whatever the peer's Contact says.
    package func keepFlow() {
        core.onLoop { self.flow = self.peer?.flow }
    }

    /// Where a request of the dialog goes.
    func destination(of dialog: Dialog) -> SIPDestination? { destination(of: dialog, answeredBy: peer) }

    /// The same for a dialog that another place has begun.
    func destination(of dialog: Dialog, answeredBy place: SIPDestination?) -> SIPDestination? {
        if let flow { return flow }
        let next = core.destination(of: dialog, fallback: place)
        guard let mayReach = invitation?.mayReach, let address = next?.address.ipAddress, !mayReach(address) else {
            return next
        }
        return place
    }

    /// The messages of the call so far: of more than 100 the first 80 and the last 20.
    package func ladder() async -> [LadderEntry] {
        let rungs = try? await core.loop.submit { self.rungs.entries }.get()
        return rungs ?? []
    }

    func climb(_ line: String, _ headers: SIPHeaders, isOutgoing: Bool) {
        rungs.climb(LadderEntry(isOutgoing: isOutgoing, line: line, cseq: headers[.cseq] ?? "", offset: age))
    }

    /// Whether a request of the peer's is looked at.
    func admits(_ request: SIPRequest) -> Bool { requestPace.admit(isEnd: request.method == .bye, at: age) }

    /// Since the call began.
    var age: Duration { .nanoseconds((NIODeadline.now() - beganAt).nanoseconds) }

    /// Ends the call in whatever way its state asks for: CANCEL, BYE, or a final response.
    ///
    /// - Parameter q850: told to the peer as the reason of a BYE.
    package func hangUp(q850: Int? = 16) {
        core.onLoop { self.end(q850: q850) }
    }

    /// Answers the peer's later offers (hold, a changed address). Without it they are refused.
    package func answerOffers(_ handler: @escaping OfferHandler) {
        core.onLoop { if self.state != .ended { self.onOffer = handler } }
    }

    private func end(q850: Int?) {
        switch (state, role) {
        case (.inviting, .caller): cancel(.canceled)
        case (.inviting, .callee): refuse(603)
        case (.established, _): bye(q850: q850, then: .localBye)
        case (.ended, _): break
        }
    }

    /// Reports the end of a call that was never answered.
    func fail(_ failure: SessionFailure) {
        guard state != .ended else { return }
        finish()
        tellLast(.failed(failure))
    }

    /// Reports the end of an answered call.
    func close(_ end: SessionEnd) {
        guard state != .ended else { return }
        finish()
        tellLast(.ended(end))
    }

    /// Tells the owner, and lets it go: it often holds the call itself, and then neither would ever be freed.
    func tellLast(_ event: SessionEvent) {
        onEvent(event)
        onEvent = { _ in }
        onOffer = nil
        onReferral = nil
    }

    private func finish() {
        state = .ended
        ringTask?.cancel()
        silenceTask?.cancel()
        refreshTask?.cancel()
        answerRetransmission?.cancel()
        for onProgress in referrals.values { onProgress(.refused(status: nil)) }
        referrals = [:]
        core.remove(self)
    }
}
