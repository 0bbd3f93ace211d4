/// Samples that wait in the pieces in which they came, and marks between them.
struct SampleQueue {
    private struct Mark {
        let name: String
        /// How many samples are before it, of all that ever came.
        let place: Int
    }

    /// How many pieces that were taken may lie at the front before they are cleared away.
    private static let slack = 64

    private var pieces: [[Int16]] = []
    private var first = 0
    /// Samples of the first piece that were taken.
    private var offset = 0
    private var marks: [Mark] = []
    private var taken = 0
    /// Samples that wait.
    private(set) var count = 0

    var markCount: Int { marks.count }

    mutating func append(_ samples: [Int16]) {
        guard !samples.isEmpty else { return }
        pieces.append(samples)
        count += samples.count
    }

    mutating func mark(_ name: String) {
        marks.append(Mark(name: name, place: taken + count))
    }

    /// Takes what there is, up to a whole frame, and fills the rest with silence.
    mutating func take(_ frame: UnsafeMutableBufferPointer<Int16>) {
        var filled = 0
        while filled < frame.count, first < pieces.count {
            let length = min(frame.count - filled, pieces[first].count - offset)
            for index in 0..<length { unsafe frame[filled + index] = pieces[first][offset + index] }
            filled += length
            offset += length
            if offset == pieces[first].count { finishPiece() }
        }
        for index in filled..<frame.count { unsafe frame[index] = 0 }
        count -= filled
        taken += filled
    }

    /// A mark before which everything was taken; nil when there is none any more.
    mutating func takeMark() -> String? {
        guard let mark = marks.first, mark.place <= taken else { return nil }
        return marks.removeFirst().name
    }

    private mutating func finishPiece() {
        pieces[first] = []
        first += 1
        offset = 0
        if first == pieces.count || first == Self.slack {
            pieces.removeFirst(first)
            first = 0
        }
    }
}
