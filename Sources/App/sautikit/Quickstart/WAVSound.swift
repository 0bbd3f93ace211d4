/// A recording as samples: 16-bit PCM, one or two channels.
struct WAVSound: Sendable {
    let sampleRate: Int
    let channels: [[Int16]]

    /// Reads a RIFF file (Microsoft's Multimedia Programming Interface 1.0); nil when it is none or not 16-bit PCM.
    init?(_ bytes: [UInt8]) {
        guard bytes.count > 44, bytes.starts(with: "RIFF".utf8), bytes[8..<12].elementsEqual("WAVE".utf8) else {
            return nil
        }
        var offset = 12
        var format: (channels: Int, rate: Int)?
        while offset + 8 <= bytes.count {
            let size = Self.number(bytes, offset + 4, 4)
            let start = offset + 8
            let end = min(bytes.count, start + size)
            if bytes[offset..<offset + 4].elementsEqual("fmt ".utf8), end - start >= 16 {
                guard Self.number(bytes, start, 2) == 1, Self.number(bytes, start + 14, 2) == 16 else { return nil }
                format = (Self.number(bytes, start + 2, 2), Self.number(bytes, start + 4, 4))
            } else if bytes[offset..<offset + 4].elementsEqual("data".utf8), let format, format.channels > 0 {
                sampleRate = format.rate
                channels = Self.channels(bytes[start..<end], count: format.channels)
                return
            }
            offset = start + size + size % 2
        }
        return nil
    }

    var seconds: Double { Double(channels.first?.count ?? 0) / Double(max(1, sampleRate)) }

    private static func channels(_ data: ArraySlice<UInt8>, count: Int) -> [[Int16]] {
        let frames = data.count / (2 * count)
        return (0..<count).map { channel in
            (0..<frames).map { frame in
                let index = data.startIndex + 2 * (frame * count + channel)
                return Int16(bitPattern: UInt16(data[index]) | UInt16(data[index + 1]) << 8)
            }
        }
    }

    private static func number(_ bytes: [UInt8], _ offset: Int, _ width: Int) -> Int {
        (0..<width).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
    }
}
