import Database

/// Who is asked what a number's calls do, and how what is sent there is signed.
package struct CallRouting: Sendable {
    /// Asked first.
    package let voiceCallbackURL: String?
    /// Asked when that gives no document.
    package let fallbackURL: String?
    /// Whether it wants a form instead of JSON.
    package let wantsForm: Bool
    /// Signs what is sent; nil for a number that has never been claimed.
    package let signingSecret: String?

    static func read(of number: VoiceNumber, _ secrets: SecretBox, in tx: SQLTransaction) throws -> CallRouting {
        let sealed = try NumberTable.sealedSecret(of: number.id, in: tx)
        return CallRouting(
            voiceCallbackURL: number.voiceCallbackURL,
            fallbackURL: number.fallbackURL,
            wantsForm: number.callbackFormat == .form,
            signingSecret: try sealed.map { try secrets.open($0, context: "number:\(number.id)") }
        )
    }
}
