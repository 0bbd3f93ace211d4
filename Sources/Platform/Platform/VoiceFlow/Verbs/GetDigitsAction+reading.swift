extension GetDigitsAction {
    /// Reads the parameters (facts section 9).
    init(_ fields: inout VerbFields) {
        self.init(
            nested: fields.prompts("nested"),
            timeout: .seconds(fields.integer("timeout", else: 5, in: 1...120, of: "seconds", zeroIsStandard: true)),
            numDigits: Int(fields.integer("numDigits", else: 0, in: 0...Int64(Self.mostDigits))),
            finishOnKey: fields.keys("finishOnKey", else: "#", upTo: 1),
            action: fields.url("action")
        )
    }

    /// The most keys of one input.
    static let mostDigits = 128
}
