extension PlayAction {
    /// Reads the parameters (facts section 9).
    init(_ fields: inout VerbFields) {
        if !fields.has("url") { fields.refuse("url", "'url' is required.") }
        self.init(fields.sound("url") ?? .prompt(""), loop: fields.loop())
    }
}
