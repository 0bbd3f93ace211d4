/// The Q.850 cause of a `Reason` header (RFC 3326).
package enum SIPReason {
    /// The cause of the first `Q.850` reason; nil when there is none.
    package static func q850Cause(_ headers: SIPHeaders) -> Int? {
        for value in headers.list(.reason) {
            let parts = SIPText.split(value, at: UInt8(ascii: ";"))
            guard parts.first?.uppercased() == "Q.850" else { continue }
            let parameters = SIPParameters(parsing: parts.dropFirst().joined(separator: ";"))
            if let cause = parameters["cause"].flatMap({ Int($0) }), (0...127).contains(cause) { return cause }
        }
        return nil
    }

    /// The header's value for a cause.
    package static func text(q850 cause: Int) -> String { "Q.850;cause=\(cause)" }
}
