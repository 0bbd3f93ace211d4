extension SayAction {
    private static let voices = ["alice", "woman", "man"]

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
        guard tag.wholeMatch(of: /[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}/) != nil else {
            fields.refuse("language", "'language' is a language tag such as en-KE or sw-KE.")
            return nil
        }
        return tag
    }
}
