/// Text that is spoken.
package struct SayAction: Sendable, Equatable {
    /// The longest text, in UTF-8 bytes.
    package static let longestText = 4096

    /// What is said.
    package var text: String
    /// `alice`, `woman` or `man`; the platform's own choice when nil.
    package var voice: String?
    /// A BCP-47 tag such as `en-KE` or `sw-KE`; the platform's own choice when nil.
    package var language: String?
    /// How often it is said; at least 1.
    package var loop: Int

    /// Makes an action.
    package init(_ text: String, voice: String? = nil, language: String? = nil, loop: Int = 1) {
        self.text = text
        self.voice = voice
        self.language = language
        self.loop = loop
    }

    var json: JSONValue {
        JSONValue(present: [
            ("text", .string(text)), ("voice", voice.map { .string($0) }), ("language", language.map { .string($0) }),
            ("loop", .integer(Int64(loop))),
        ])
    }
}
