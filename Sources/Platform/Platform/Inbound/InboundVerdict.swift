/// What becomes of a call that comes in.
package enum InboundVerdict: Sendable {
    /// It is run: ask the number's server what to do with it.
    case run(Call, CallRouting)
    /// It may be a trunk's, if its sender proves that with the trunk's password.
    case challenge
    /// It is refused; the call as its owner sees it, when there is an owner.
    case refuse(InboundRefusal, Call?)
}
