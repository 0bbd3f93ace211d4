/// Why a call to a known number is refused before anybody is asked, for its owner.
enum InboundGrounds: String, CaseIterable {
    /// The number is not in service, or its workspace is suspended.
    case suspended
    /// The operator refuses calls to those without money.
    case emptyWallet = "empty_wallet"
    /// The workspace has as many calls as it may have at once.
    case tooManyCalls = "too_many_calls"
}
