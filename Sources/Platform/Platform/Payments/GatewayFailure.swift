/// Why a provider did not do what it was asked.
package enum GatewayFailure: Error, Equatable {
    /// It was not reached, or is too busy: nothing has happened, and the same may be asked again.
    case unavailable(String)
    /// It was reached, and nobody knows what it did.
    case unanswered(String)
    /// It says no.
    case refused(code: String, text: String)
}
