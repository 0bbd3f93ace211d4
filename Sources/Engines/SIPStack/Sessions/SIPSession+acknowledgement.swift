import NIOCore
import SIPWire

/// The third leg of INVITE's handshake, on the side that answers.
extension SIPSession {
    /// Sends a 2xx to an INVITE, and again until its ACK comes (RFC 3261 section 13.3.1.4), over TCP too: the
    /// transaction absorbs what the peer repeats, and only its user can.
    func sendAnswer(_ response: SIPResponse, in transaction: ServerTransaction, isNews: Bool) {
        answerRetransmission?.cancel()
        unacknowledged = response.headers.cseq.map { UnacknowledgedAnswer(number: $0.number, isNews: isNews) }
        core.transactions.respond(response, in: transaction)
        repeatAnswer(response, in: transaction, after: core.configuration.timers.t1, spent: .zero)
    }

    /// The ACK of our 2xx.
    func receivedACK(_ ack: SIPRequest) {
        guard state == .established, let answer = unacknowledged, ack.headers.cseq?.number == answer.number else {
            return
        }
        unacknowledged = nil
        answerRetransmission?.cancel()
        if answer.isNews { onEvent(.acknowledged(body: ack.body)) }
    }

    private func repeatAnswer(
        _ response: SIPResponse,
        in transaction: ServerTransaction,
        after wait: Duration,
        spent: Duration
    ) {
        answerRetransmission = core.schedule(wait) { [weak self] in
            guard let self, state == .established, unacknowledged != nil else { return }
            let timers = core.configuration.timers
            guard spent + wait < timers.timeout else { return bye(q850: 102, then: .noAcknowledgement) }
            core.transactions.respond(response, in: transaction)
            repeatAnswer(response, in: transaction, after: min(wait * 2, timers.t2), spent: spent + wait)
        }
    }
}
