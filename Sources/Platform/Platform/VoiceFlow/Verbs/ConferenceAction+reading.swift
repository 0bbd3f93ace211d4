extension ConferenceAction {
    private static let flag = ASCIISet(ASCIISet.alphanumerics + "_-")

    /// The most people of one room.
    static let mostParticipants: Int64 = 250

    /// Reads the parameters (facts section 9).
    init(_ fields: inout VerbFields) {
        self.init(Self.name(&fields))
        flags = Self.flags(&fields)
        let most = fields.integer("maxParticipants", else: 0, in: 2...Self.mostParticipants, zeroIsStandard: true)
        maxParticipants = most == 0 ? nil : Int(most)
        isRecorded = fields.bool("record", else: isRecorded)
        beeps = fields.bool("beep", else: beeps)
        isMuted = fields.bool("muted", else: isMuted)
        startsOnEnter = fields.bool("startOnEnter", else: startsOnEnter)
        endsOnExit = fields.bool("endOnExit", else: endsOnExit)
        waitSound = fields.sound("waitUrl")
        statusCallback = fields.url("statusEventsCallbackUrl")
        statusEvents = fields.choices("statusEvents")
        collectsDigits = fields.bool("collectDigits", else: collectsDigits)
        finishOnKey = fields.keys("finishOnKey", else: finishOnKey, upTo: 1)
        numDigits = Int(fields.integer("numDigits", else: 0, in: 0...Int64(GetDigitsAction.mostDigits)))
        digitsCallback = fields.url("digitsCallbackUrl")
    }

    private static func name(_ fields: inout VerbFields) -> String {
        let name = fields.requiredText("name", upTo: 512)
        let isPrintable = name.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        if !isPrintable || name.unicodeScalars.count > 128 {
            fields.refuse("name", "'name' has 1 to 128 characters and no control characters.")
        }
        return name
    }

    private static func flags(_ fields: inout VerbFields) -> [String] {
        guard let flags = fields.words("flags", upTo: 32) else { return [] }
        if !flags.allSatisfy({ $0.utf8.count <= 32 && flag.containsAll(of: $0) }) {
            fields.refuse("flags", "'flags' are words of letters, digits, - and _, with commas, spaces or | between.")
        }
        return flags
    }
}
