extension MediaLeg {
    /// Hears the leg from now on, until the tap is closed or the leg is gone.
    ///
    /// - Parameters:
    ///   - rate: 8,000 or 16,000 samples a second; any other is 8,000.
    /// - Returns: the tap, closed from the beginning when the leg is gone or has eight already.
    package func tap(_ track: MediaTrack, rate: Int = 8000) -> MediaTap {
        let tap = MediaTap(track: track, rate: rate)
        let isAccepted = post { leg, thread in
            if let leg { thread.add(tap, to: leg) } else { tap.close() }
        }
        if !isAccepted { tap.close() }
        return tap
    }

    /// Hears the leg as `tap(_:rate:)` does, and hands each frame on, in order, off the media thread.
    ///
    /// - Parameter onFrame: called in a task of its own, so it should be quick; what it misses is counted by the tap.
    package func tap(
        _ track: MediaTrack,
        rate: Int = 8000,
        onFrame: @escaping @Sendable (MediaFrame) -> Void
    ) -> MediaTap {
        let tap = tap(track, rate: rate)
        Task {
            while let frame = await tap.next() { onFrame(frame) }
        }
        return tap
    }
}
