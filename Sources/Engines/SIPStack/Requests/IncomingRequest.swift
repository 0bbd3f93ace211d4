import NIOCore
package import SIPWire

/// A request outside of any dialog, to be answered once, from any thread.
///
/// Unchecked: the transaction is touched on the user agent's event loop only.
package final class IncomingRequest: @unchecked Sendable {
    /// What is asked.
    package let request: SIPRequest
    /// Where it really came from.
    package let flow: SIPFlow
    private let core: UserAgentCore
    private let transaction: ServerTransaction

    init(_ transaction: ServerTransaction, core: UserAgentCore) {
        request = transaction.request
        flow = SIPFlow(transaction.origin.flow)
        self.core = core
        self.transaction = transaction
    }

    /// Responds with a final status; a second time changes nothing.
    package func respond(_ status: Int, headers: [SIPHeaderField] = []) {
        core.onLoop { [self] in
            guard transaction.lastResponse == nil else { return }
            var response = request.response(status, toTag: core.token())
            for field in headers { response.headers.add(field.name, field.value) }
            core.transactions.respond(response, in: transaction)
        }
    }
}
