import SIPWire

extension SIPRequest {
    /// Whether the topmost branch names the transaction: it has the cookie of RFC 3261 section 8.1.1.7, and something
    /// after it.
    var hasUniqueBranch: Bool { headers.topVia?.hasUniqueBranch == true }
}

extension Via {
    /// See `SIPRequest.hasUniqueBranch`.
    var hasUniqueBranch: Bool { branch.map { $0.hasPrefix("z9hG4bK") && $0.utf8.count > 7 } ?? false }
}
