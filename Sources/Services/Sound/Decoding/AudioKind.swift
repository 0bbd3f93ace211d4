/// A kind of audio file that is understood, told by how it begins and never by what it is called.
enum AudioKind: String, Sendable {
    case wave = "wav"
    case mp3

    init?(of bytes: [UInt8]) {
        guard bytes.count >= 12 else { return nil }
        if bytes[0..<4].elementsEqual("RIFF".utf8), bytes[8..<12].elementsEqual("WAVE".utf8) {
            self = .wave
        } else if bytes[0..<3].elementsEqual("ID3".utf8) || Self.isLayer3Frame(bytes[0], bytes[1], bytes[2]) {
            self = .mp3
        } else {
            return nil
        }
    }

    /// What it is called in HTTP.
    var mimeType: String {
        switch self {
        case .wave: "audio/wav"
        case .mp3: "audio/mpeg"
        }
    }

    /// The header of a frame (ISO/IEC 11172-3 section 2.4.1.3): eleven ones, layer III, and a bit rate and a sampling rate
    /// that there are.
    private static func isLayer3Frame(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
        first == 0xFF && second & 0xE0 == 0xE0 && second >> 3 & 3 != 1 && second >> 1 & 3 == 1 && third >> 4 != 15
            && third >> 2 & 3 != 3
    }
}
