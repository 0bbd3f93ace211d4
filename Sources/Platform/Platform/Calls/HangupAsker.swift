/// Who wanted a call to end that neither side hung up, nor its document, nor a limit.
package enum HangupAsker: String, Sendable, CaseIterable {
    /// A request to the API, or the operator.
    case request
    /// The call that dialled it.
    case dialler
}
