extension SayAction {
    private static let voices = ["alice", "woman", "man"]
    private static let letters = ASCIISet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    private static let subtag = ASCIISet(ASCIISet.alphanumerics)

    /// Reads the parameters (facts section 9).
    init(_ fields: inout VerbFields) {
        self.init(
            fields.requiredText("text", upTo: Self.longestText),
            voice: fields.choice("voice", of: Self.voices),
            language: Self.language(&fields),
            loop: fields.loop()
        )
    }

    /// What is spoken is decided by what speaks; here only the form is looked at (BCP 47).
    private static func language(_ fields: inout VerbFields) -> String? {
        guard let tag = fields.string("language") else { return nil }
        let parts = tag.split(separator: "-", omittingEmptySubsequences: false)
        let isTag = (2...3).contains(parts[0].utf8.count) && letters.containsAll(of: parts[0])
        let hasParts = parts.dropFirst().allSatisfy { (1...8).contains($0.utf8.count) && subtag.containsAll(of: $0) }
        guard isTag, hasParts, parts.count <= 4 else {
            fields.refuse("language", "'language' is a language tag such as en-KE or sw-KE.")
            return nil
        }
        return tag
    }
}
