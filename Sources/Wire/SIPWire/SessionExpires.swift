/// How long a session lives without a refresh, and who refreshes (RFC 4028 section 4).
package struct SessionExpires: Sendable, Hashable {
    /// Who sends the refreshes.
    package enum Refresher: String, Sendable {
        /// The side that sent the request.
        case uac
        /// The side that answered it.
        case uas
    }

    /// Seconds.
    package let seconds: Int
    /// Who refreshes; nil leaves it to the other side.
    package let refresher: Refresher?

    /// Makes an interval.
    package init(seconds: Int, refresher: Refresher?) {
        self.seconds = seconds
        self.refresher = refresher
    }

    /// Reads `1800;refresher=uac`.
    package init?(_ text: String) {
        let parts = SIPText.split(text, at: UInt8(ascii: ";"))
        guard let first = parts.first, let seconds = Int(first), (0...1_000_000).contains(seconds) else { return nil }
        let parameters = SIPParameters(parsing: parts.dropFirst().joined(separator: ";"))
        self.init(seconds: seconds, refresher: parameters["refresher"].flatMap { Refresher(rawValue: $0.lowercased()) })
    }

    /// The value as it is sent.
    package var text: String { "\(seconds)" + (refresher.map { ";refresher=\($0.rawValue)" } ?? "") }
}
