import Platform
import WebSupport

/// The body of `POST /v1/calls/{id}/commands`.
enum CallCommandRequest {
    /// What a command is done by.
    enum Wish: Equatable {
        /// Beside the flow.
        case command(CallCommand)
        /// Instead of the flow.
        case actions([VoiceAction])
    }

    /// The most keys of one command.
    private static let longestDigits = 64

    private static let plain: [String: CallCommand] = [
        "hold": .hold, "unhold": .unhold, "mute": .mute, "unmute": .unmute, "stop_playing": .stopPlaying,
        "record_pause": .record(.pause), "record_resume": .record(.resume), "record_stop": .record(.stop),
    ]

    /// All names, for messages and the contract.
    static let names = plain.keys.sorted() + ["record_start", "digits", "play", "stream_stop", "transfer"]

    static func read(_ document: JSONValue) throws(PlatformError) -> Wish {
        var reader = FieldReader(document)
        let name = reader.string("command")
        if let command = plain[name] {
            try reader.finish()
            return .command(command)
        }
        switch name {
        case "record_start":
            let channels = reader.recordingChannels("channels")
            try reader.finish()
            return .command(.record(.start, channels))
        case "digits": return .command(.digits(try digits(&reader)))
        case "play": return .command(.play(try CommandedAction.read(reader, ["say", "play"])))
        case "stream_stop": return .command(.stopStream(name: try streamName(&reader)))
        case "transfer": return .actions([try CommandedAction.read(reader, ["dial"])])
        default:
            reader.add([FieldFault("command", "'command' is one of \(names.joined(separator: ", ")).")])
            try reader.finish()
            throw PlatformError(.requestInvalid, "There is no such command.", field: "command")
        }
    }

    /// As the action `stream` takes it.
    private static func streamName(_ reader: inout FieldReader) throws(PlatformError) -> String? {
        let name = reader.optionalString("name")
        if let name, !(1...128).contains(name.utf8.count) || !name.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) {
            reader.add([FieldFault("name", "'name' has 1 to 128 printable ASCII characters.")])
        }
        try reader.finish()
        return name
    }

    private static func digits(_ reader: inout FieldReader) throws(PlatformError) -> String {
        let digits = reader.string("digits")
        if digits.count > longestDigits || !digits.allSatisfy({ "0123456789ABCD*#wW".contains($0) }) {
            reader.add([
                FieldFault(
                    "digits",
                    "'digits' is 1 to \(longestDigits) of 0-9, A-D, * and #; w waits half a second and W a second."
                )
            ])
        }
        try reader.finish()
        return digits
    }
}
