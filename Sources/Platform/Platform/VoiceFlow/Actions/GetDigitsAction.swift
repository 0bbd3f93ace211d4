/// Keys that are waited for.
package struct GetDigitsAction: Sendable, Equatable {
    /// What is played meanwhile: `say`, `play` and `pause` only. The first key stops it.
    package var nested: [VoiceAction]
    /// How long to wait for the first key after the prompts, and then for each next one. Default 5 s.
    package var timeout: Duration
    /// How many keys are enough; 0 waits for `finishOnKey` or the timeout. At most 128.
    package var numDigits: Int
    /// The key that ends the input and is no part of it; empty for none. Default `#`.
    package var finishOnKey: String
    /// Told the keys instead of the document's own URL; an absolute URL.
    package var action: String?

    /// Makes an action.
    package init(
        nested: [VoiceAction] = [],
        timeout: Duration = .seconds(5),
        numDigits: Int = 0,
        finishOnKey: String = "#",
        action: String? = nil
    ) {
        self.nested = nested
        self.timeout = timeout
        self.numDigits = numDigits
        self.finishOnKey = finishOnKey
        self.action = action
    }

    var json: JSONValue {
        JSONValue(present: [
            ("timeout", .integer(timeout.components.seconds)), ("numDigits", .integer(Int64(numDigits))),
            ("finishOnKey", .string(finishOnKey)), ("action", action.map { .string($0) }),
            ("nested", nested.isEmpty ? nil : .array(nested.map(\.json))),
        ])
    }
}
