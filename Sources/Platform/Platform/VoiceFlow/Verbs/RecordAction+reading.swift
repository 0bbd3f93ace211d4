extension RecordAction {
    /// Reads the parameters (facts section 9).
    init(_ fields: inout VerbFields) {
        self.init(
            action: fields.url("action"),
            method: fields.method(),
            timeout: .seconds(fields.integer("timeout", else: 5, in: 0...120, of: "seconds")),
            maxLength: .seconds(
                fields.integer("maxLength", else: 3600, in: 1...3600, of: "seconds", zeroIsStandard: true)
            ),
            finishOnKey: fields.keys("finishOnKey", else: "1234567890*#", upTo: 12),
            playsBeep: fields.bool("playBeep", else: true),
            trimsSilence: fields.choice("trim", of: ["trim-silence", "do-not-trim"]) != "do-not-trim"
        )
        Self.refuseTranscription(&fields)
    }

    /// To record and leave the text out silently would be something else than was asked for.
    private static func refuseTranscription(_ fields: inout VerbFields) {
        let words = "is not supported by this server: nothing is transcribed. Leave it out."
        if fields.bool("transcribe", else: false) {
            fields.refuse("transcribe", "'transcribe' \(words)", code: .actionUnsupported)
        }
        if fields.value("transcribeCallback") != nil {
            fields.refuse("transcribeCallback", "'transcribeCallback' \(words)", code: .actionUnsupported)
        }
    }
}
