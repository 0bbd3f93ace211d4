extension PlayAction.Sound {
    private static let word = ASCIISet(ASCIISet.alphanumerics + "_-")

    /// How long a tone is that does not say.
    private static let toneLength: Duration = .seconds(5)

    /// Reads what a `url` stands for: `tone:440,3000`, `prompt:welcome`, `upload:aud_…`, or a file on the web.
    init(reading text: String, urls: VoiceURLs) throws(VoiceURLs.Fault) {
        switch VoiceURLs.scheme(of: text) {
        case "tone": self = try Self.tone(text.dropFirst("tone:".count))
        case "prompt": self = .prompt(try Self.name(text.dropFirst("prompt:".count), of: "prompt"))
        case "upload": self = .upload(try Self.name(text.dropFirst("upload:".count), of: "upload"))
        case nil, "http", "https": self = .web(try urls.absolute(text))
        default:
            throw VoiceURLs.Fault(
                "is an http or https URL, 'tone:HERTZ,MILLISECONDS', 'prompt:NAME' or 'upload:ID'"
            )
        }
    }

    private static func tone(_ text: Substring) throws(VoiceURLs.Fault) -> PlayAction.Sound {
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Self.number($0) }
        guard let hertz = numbers[0], (50...3400).contains(hertz), numbers.count <= 2 else { throw wrongTone }
        if numbers.count == 1 { return .tone(hertz: hertz, toneLength) }
        guard let milliseconds = numbers[1], (20...600_000).contains(milliseconds) else { throw wrongTone }
        return .tone(hertz: hertz, .milliseconds(milliseconds))
    }

    private static let wrongTone = VoiceURLs.Fault(
        "is 'tone:HERTZ' or 'tone:HERTZ,MILLISECONDS', 50 to 3400 Hz and 20 to 600000 ms"
    )

    /// A number as people write it: without a sign, and without zeros before it.
    private static func number(_ text: Substring) -> Int? {
        guard text.utf8.count <= 6, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), text.first != "0" else {
            return nil
        }
        return Int(text)
    }

    private static func name(_ text: Substring, of what: String) throws(VoiceURLs.Fault) -> String {
        guard word.containsAll(of: text), (1...64).contains(text.utf8.count) else {
            throw VoiceURLs.Fault("names a \(what) with 1 to 64 letters, digits, - and _")
        }
        return String(text)
    }
}
