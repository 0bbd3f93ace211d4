/// A RIFF WAVE file of 16-bit linear samples.
package enum WaveFile {
    /// Why bytes cannot be played.
    package enum Failure: Error, Equatable {
        /// No RIFF WAVE file, or cut off.
        case malformed
        /// Not 16-bit linear, or of a rate or channel count out of bounds.
        case unsupported
    }

    /// The bytes of the header that `header` makes.
    package static let headerByteCount = 44

    /// A header for `dataByteCount` bytes of samples.
    package static func header(dataByteCount: Int, sampleRate: Int = 8000, channels: Int = 1) -> [UInt8] {
        let blockAlign = channels * 2
        return Array("RIFF".utf8) + little(36 + dataByteCount, 4) + Array("WAVEfmt ".utf8) + little(16, 4)
            + little(1, 2)
            + little(channels, 2) + little(sampleRate, 4) + little(sampleRate * blockAlign, 4) + little(blockAlign, 2)
            + little(16, 2) + Array("data".utf8) + little(dataByteCount, 4)
    }

    /// Reads a file as mono at 8 kHz, mixing channels and resampling.
    ///
    /// - Throws: `Failure`.
    package static func samples(parsing bytes: [UInt8]) throws(Failure) -> [Int16] {
        guard bytes.count >= 12, bytes[0..<4].elementsEqual("RIFF".utf8), bytes[8..<12].elementsEqual("WAVE".utf8)
        else {
            throw .malformed
        }
        var position = 12
        var format: (channels: Int, rate: Int)?
        while position + 8 <= bytes.count {
            let size = number(bytes, position + 4, 4)
            let start = position + 8
            if bytes[position..<(position + 4)].elementsEqual("fmt ".utf8) {
                guard start + 16 <= bytes.count else { throw .malformed }
                format = (number(bytes, start + 2, 2), number(bytes, start + 4, 4))
                guard number(bytes, start, 2) == 1, number(bytes, start + 14, 2) == 16 else { throw .unsupported }
            } else if bytes[position..<(position + 4)].elementsEqual("data".utf8) {
                guard let format else { throw .malformed }
                // A file written to a pipe has a size that was never filled in: what is there counts.
                let end = min(bytes.count, start + size)
                return try decode(bytes[start..<end], channels: format.channels, rate: format.rate)
            }
            position = start + size + (size & 1)
        }
        throw .malformed
    }

    private static func decode(_ data: ArraySlice<UInt8>, channels: Int, rate: Int) throws(Failure) -> [Int16] {
        guard (1...8).contains(channels), (4000...192_000).contains(rate) else { throw .unsupported }
        let frameBytes = 2 * channels
        let mono = (0..<(data.count / frameBytes)).map { frame -> Int16 in
            let start = data.startIndex + frame * frameBytes
            let sum = (0..<channels).reduce(0) { sum, channel in
                sum + Int(Int16(truncatingIfNeeded: number(data, start + 2 * channel, 2)))
            }
            return Int16(sum / channels)
        }
        return rate == 8000 ? mono : Resampler.resample(mono, from: rate, to: 8000)
    }

    private static func number<Bytes: RandomAccessCollection>(
        _ bytes: Bytes,
        _ start: Int,
        _ count: Int
    ) -> Int where Bytes.Element == UInt8, Bytes.Index == Int {
        (0..<count).reduce(0) { $0 | Int(bytes[start + $1]) << (8 * $1) }
    }

    private static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
