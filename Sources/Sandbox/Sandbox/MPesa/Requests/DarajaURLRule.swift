import Foundation

/// Which URLs may be called back (facts section 9).
struct DarajaURLRule {
    private static let keywords = ["m-pesa", "mpesa", "safaricom", "exe", "exec", "cmd", "sql", "query"]
    private static let longest = 2048

    private let strictness: MPesaStrictness

    init(_ strictness: MPesaStrictness) {
        self.strictness = strictness
    }

    func allows(_ text: String) -> Bool {
        guard text.utf8.count <= Self.longest, let parts = URLComponents(string: text), let host = parts.host,
            !host.isEmpty
        else { return false }
        let scheme = parts.scheme?.lowercased()
        guard scheme == "https" || (scheme == "http" && !strictness.requiresHTTPS) else { return false }
        if strictness.requiresLowerCaseHost, host != host.lowercased() { return false }
        let lowered = text.lowercased()
        return !strictness.refusesKeywords || !Self.keywords.contains { lowered.contains($0) }
    }
}
