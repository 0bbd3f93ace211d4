/// How XML writes what JSON has another way for (facts section 9): all of it, in one place.
enum XMLNames {
    /// The parameter that the text of an element is.
    static let content: [VoiceVerb: String] = [
        .say: "text", .play: "url", .redirect: "url", .conference: "name", .dial: "number",
    ]

    /// Attributes with another name than the parameter.
    static let attributes: [VoiceVerb: [String: String]] = [
        .getDigits: ["maxDigits": "numDigits"], .conference: ["maxDigits": "numDigits"],
        .dial: ["phoneNumbers": "numbers"],
    ]

    /// Elements that stand for a parameter of their parent's.
    static let parts: [VoiceVerb: [String: String]] = [
        .dial: ["Number": "number", "Sip": "sip", "Device": "device"]
    ]

    /// Elements that hold actions; of `GetDigits` it is the verb's own element.
    static let holders: [VoiceVerb: [String: String]] = [.dial: ["Whisper": "whisper"]]

    static let verbs = Dictionary(
        uniqueKeysWithValues: VoiceVerb.allCases.map { ($0.element, $0) }
    )
}
