import SIPWire

/// One try of a request outside of dialogs: at the first of its destinations, whose first news decides. Confined to the event loop.
final class RequestAttempt {
    var request: SIPRequest
    let destinations: [SIPDestination]
    private let account: DigestAccount?
    private let authentication: Authentication
    private var isOver = false

    init(
        _ request: SIPRequest,
        _ destinations: [SIPDestination],
        _ account: DigestAccount?,
        _ authentication: Authentication = Authentication()
    ) {
        self.request = request
        self.destinations = destinations
        self.account = account
        self.authentication = authentication
    }

    /// Whether this is the first news of the attempt; what follows, of a peer that was given up, counts no more.
    func isFirstNews() -> Bool {
        defer { isOver = true }
        return !isOver
    }

    /// The same at the next destination; nil when there is none.
    var next: RequestAttempt? {
        guard destinations.count > 1 else { return nil }
        return RequestAttempt(request, Array(destinations.dropFirst()), account, authentication)
    }

    /// The same with an answer to a challenge; nil when there is none.
    func proven(by challenge: SIPResponse, cnonce: String) -> RequestAttempt? {
        var (next, authentication) = (request, authentication)
        guard authentication.answer(challenge, account: account, cnonce: cnonce, on: &next) else { return nil }
        next.headers.set(.cseq, CSeq(number + 1, request.method).text)
        return RequestAttempt(next, destinations, account, authentication)
    }

    func outcome(_ result: RequestOutcome.Result, by flow: SIPFlow? = nil) -> RequestOutcome {
        RequestOutcome(result: result, number: number, flow: flow)
    }

    private var number: UInt32 { request.headers.cseq?.number ?? 1 }
}
