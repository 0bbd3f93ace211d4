/// Reads `Authorization: Bearer …` in the spellings that clients use (facts section 1.1): `tsk_live_`, the older
/// `tskey_live_` in front of the same secret, and a token of any other form as it is.
enum BearerKey {
    private static let scheme = "bearer "
    private static let olderPrefix = "tskey_live_"
    private static let prefix = "tsk_live_"

    /// The secret to look up; nil without the scheme or without anything after it.
    static func secret(in header: String?) -> String? {
        guard let header, header.prefix(scheme.count).lowercased() == scheme else { return nil }
        let text = header.dropFirst(scheme.count).drop { $0 == " " }
        guard !text.isEmpty else { return nil }
        return text.hasPrefix(olderPrefix) ? prefix + text.dropFirst(olderPrefix.count) : String(text)
    }
}
