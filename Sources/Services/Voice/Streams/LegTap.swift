package import MediaEngine

/// A leg's sound as a stream takes it.
package struct LegTap: StreamTap {
    private let tap: MediaTap
    private let track: StreamTrack

    /// Hears a leg from now on.
    ///
    /// - Parameter rate: 8,000 or 16,000 samples a second.
    package init(_ leg: MediaLeg, _ track: StreamTrack, rate: Int) {
        self.track = track
        tap = leg.tap(track.ofLeg, rate: rate)
    }

    /// Frames that were lost because nobody took them in time.
    package var dropped: Int { tap.dropped }

    /// Waits for the next frame.
    package func next() async -> StreamFrame? {
        await tap.next().map { StreamFrame(track, offset: $0.offset, samples: $0.samples) }
    }

    /// Hears nothing more.
    package func close() {
        tap.close()
    }
}

extension StreamTrack {
    /// The voices of a leg.
    fileprivate var ofLeg: MediaTrack {
        switch self {
        case .inbound: .inbound
        case .outbound: .outbound
        case .mixed: .both
        }
    }
}
