/// Reads `Authorization: Bearer …` in the spellings that clients use (facts section 1.1): `tsk_live_`, the older
/// `tskey_live_` in front of the same secret, and a token of any other form as it is.
enum BearerKey {
    private static let scheme = "bearer ".utf8
    private static let prefixes = [("tskey_live_", "tsk_live_"), ("tskey_test_", "tsk_test_")]

    /// The secret to look up; nil without the scheme or without anything after it.
    static func secret(in header: String?) -> String? {
        // The scheme is read in either case (RFC 9110 section 11.1); a space is one already, so the bit does not change it.
        guard let header, header.utf8.prefix(scheme.count).map({ $0 | 0x20 }).elementsEqual(scheme) else { return nil }
        let text = Substring(header.utf8.dropFirst(scheme.count).drop { $0 == UInt8(ascii: " ") })
        guard !text.isEmpty else { return nil }
        for (older, prefix) in prefixes where text.hasPrefix(older) { return prefix + text.dropFirst(older.count) }
        return String(text)
    }
}
