/// What the caller says, recorded.
package struct RecordAction: Sendable, Equatable {
    /// Told where the recording is, and answers with the next document; the document's own URL when nil. An absolute URL.
    package var action: String?
    /// How `action` is asked.
    package var method: CallbackMethod
    /// The silence that ends it. Default 5 s.
    package var timeout: Duration
    /// The longest recording. Default one hour, which is also the most.
    package var maxLength: Duration
    /// The keys each of which ends it; empty for none. Default every key.
    package var finishOnKey: String
    /// Whether a beep says that it begins. Default true.
    package var playsBeep: Bool
    /// Whether silence is cut off at both ends. Default true.
    package var trimsSilence: Bool

    /// Makes an action.
    package init(
        action: String? = nil,
        method: CallbackMethod = .post,
        timeout: Duration = .seconds(5),
        maxLength: Duration = .seconds(3600),
        finishOnKey: String = "1234567890*#",
        playsBeep: Bool = true,
        trimsSilence: Bool = true
    ) {
        self.action = action
        self.method = method
        self.timeout = timeout
        self.maxLength = maxLength
        self.finishOnKey = finishOnKey
        self.playsBeep = playsBeep
        self.trimsSilence = trimsSilence
    }

    var json: JSONValue {
        JSONValue(present: [
            ("action", action.map { .string($0) }), ("method", .string(method.rawValue)),
            ("timeout", .integer(timeout.components.seconds)), ("maxLength", .integer(maxLength.components.seconds)),
            ("finishOnKey", .string(finishOnKey)), ("playBeep", .bool(playsBeep)),
            ("trim", .string(trimsSilence ? "trim-silence" : "do-not-trim")),
        ])
    }
}
