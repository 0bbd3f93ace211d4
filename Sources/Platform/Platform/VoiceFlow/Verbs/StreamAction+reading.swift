import Foundation

extension StreamAction {
    /// The longest text that is passed on to the socket, in bytes.
    static let longestMetadata = 4096

    /// Reads the parameters (facts section 9.1).
    init(_ fields: inout VerbFields) {
        self.init(
            Self.socket(&fields),
            dialect: fields.choice("dialect") ?? .raw,
            connects: fields.bool("connect", else: false)
        )
        track = fields.choice("track") ?? track
        outputSamplingRate = Self.rate("outputSamplingRate", else: outputSamplingRate, &fields)
        bidirectionalSamplingRate = Self.rate("bidirectionalSamplingRate", else: outputSamplingRate, &fields)
        // A hint about what comes in, which is known better here.
        _ = fields.integer("inputSamplingRate", else: 0, in: 8000...48_000, of: "hertz", zeroIsStandard: true)
        name = Self.name(&fields)
        headerMetadata = Self.metadata(&fields)
        openMetadata = fields.text("openMetadata", upTo: Self.longestMetadata)
        statusCallback = fields.url("statusCallback")
        statusEvents = fields.choices("statusEvents")
    }

    private static func socket(_ fields: inout VerbFields) -> String {
        let text = fields.requiredText("url", upTo: WebURL.longest)
        guard !text.isEmpty else { return text }
        do throws(VoiceURLs.Fault) {
            return try VoiceURLs.socket(text)
        } catch {
            fields.refuse("url", "'url' \(error.description).")
            return text
        }
    }

    private static func rate(_ name: String, else standard: Int, _ fields: inout VerbFields) -> Int {
        let rate = fields.integer(name, else: Int64(standard), in: 8000...16_000, of: "hertz", zeroIsStandard: true)
        guard rate == 8000 || rate == 16_000 else {
            fields.refuse(name, "'\(name)' is 8000 or 16000 hertz.")
            return standard
        }
        return Int(rate)
    }

    private static func name(_ fields: inout VerbFields) -> String? {
        guard let name = fields.text("name", upTo: 128) else { return nil }
        if !name.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) {
            fields.refuse("name", "'name' has 1 to 128 printable ASCII characters.")
        }
        return name
    }

    private static func metadata(_ fields: inout VerbFields) -> String? {
        guard let text = fields.text("headerMetadata", upTo: longestMetadata) else { return nil }
        if !isFlatObject(text) {
            fields.refuse(
                "headerMetadata",
                "'headerMetadata' is the text of a JSON object whose values are strings, numbers or truth values."
            )
        }
        return text
    }

    private static func isFlatObject(_ text: String) -> Bool {
        guard case .object(let members)? = try? JSONValue(parsing: Data(text.utf8)) else { return false }
        return members.allSatisfy { member in
            switch member.value {
            case .object, .array: false
            default: true
            }
        }
    }
}
