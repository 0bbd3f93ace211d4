package import SIPWire

/// The peer asks us to call somebody else (REFER, RFC 3515): to be accepted or refused, and if accepted, told of how it goes.
/// Usable from any thread.
///
/// Unchecked: its state is confined to the user agent's event loop.
package final class Referral: @unchecked Sendable {
    private enum State {
        case asked, accepted, over
    }

    /// Whom we are to call, without the headers that the URI names.
    package let target: SIPURI
    /// The call that ours is to take the place of (attended transfer, RFC 5589 section 7); nil for a blind one.
    package let replaces: Replaces?
    /// Who asks, as they say.
    package let referredBy: String?
    private let session: SIPSession
    private let transaction: ServerTransaction
    private let eventID: UInt32?
    private let isSilent: Bool
    private var state = State.asked

    /// - Parameters:
    ///   - eventID: tells this from earlier ones of the same call; nil for the first.
    ///   - isSilent: whether the peer does not want to be told how it goes (RFC 4488).
    init?(_ request: SIPRequest, of session: SIPSession, in transaction: ServerTransaction, eventID: UInt32?) {
        let targets = request.headers.list(.referTo)
        guard targets.count == 1, let named = targets.first.flatMap({ NameAddress($0) })?.uri else { return nil }
        let replaced = named.header(.replaces)
        replaces = replaced.flatMap { Replaces($0) }
        guard (replaced == nil) == (replaces == nil) else { return nil }
        var target = named
        target.headers = nil
        target.parameters = target.parameters.without("method")
        self.target = target
        referredBy = request.headers[.referredBy]
        isSilent = request.headers[.referSub]?.lowercased() == "false"
        self.session = session
        self.transaction = transaction
        self.eventID = eventID
    }

    /// Says yes, and that it is being tried.
    package func accept() {
        session.core.onLoop { [self] in
            guard state == .asked else { return }
            state = .accepted
            var response = transaction.request.response(202, toTag: session.localTag)
            response.headers.add(.contact, session.core.contact(for: transaction.origin.transport).text)
            if isSilent { response.headers.add(.referSub, "false") }
            session.core.transactions.respond(response, in: transaction)
            notify(100)
        }
    }

    /// Says no.
    package func reject(status: Int = 603) {
        session.core.onLoop { [self] in
            guard state == .asked else { return }
            state = .over
            let response = transaction.request.response(status, toTag: session.localTag)
            session.core.transactions.respond(response, in: transaction)
        }
    }

    /// Tells how the call to the target goes; a final status is the last word.
    package func progress(status: Int) {
        session.core.onLoop { [self] in
            guard state == .accepted else { return }
            if status >= 200 { state = .over }
            notify(status)
        }
    }

    private func notify(_ status: Int) {
        guard !isSilent else { return }
        let event = "refer" + (eventID.map { ";id=\($0)" } ?? "")
        session.sendInDialog(.notify) { [session] request in
            request.headers.add(.contact, session.core.contact(for: session.peer?.transport ?? .udp).text)
            request.headers.add(.event, event)
            request.headers.add(
                .subscriptionState,
                status >= 200 ? "terminated;reason=noresource" : "active;expires=\(Self.lifetimeSeconds)"
            )
            request.headers.add(.contentType, "message/sipfrag;version=2.0")
            request.body = SIPFragment.body(status: status)
        } onFinal: { [weak self] response in
            // A peer that does not know of its REFER any more is not told again.
            if response?.status == 481 { self?.state = .over }
        }
    }

    private static let lifetimeSeconds = 180
}
