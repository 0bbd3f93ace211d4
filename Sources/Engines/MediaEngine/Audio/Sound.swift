/// Samples to play: a cycle that repeats for as long as the sound lasts, so that an hour of a tone takes no more room than
/// a moment of it.
struct Sound {
    /// How many samples it has.
    let count: Int
    private let cycle: [Int16]
    /// Over how many samples it fades in and out.
    private let fade: Int

    init(samples: [Int16]) {
        (cycle, count, fade) = (samples, samples.count, 0)
    }

    init(cycle: [Int16], count: Int, fade: Int) {
        self.cycle = cycle
        self.count = cycle.isEmpty ? 0 : count
        self.fade = fade
    }

    /// Copies the samples from `position` on, as many as `target` holds; there must be as many left.
    func copy(from position: Int, to target: UnsafeMutableBufferPointer<Int16>) {
        unsafe cycle.withUnsafeBufferPointer { cycle in
            var place = position % max(1, cycle.count)
            for index in target.indices {
                let edge = min(position + index, count - 1 - position - index)
                let sample = unsafe cycle[place]
                unsafe target[index] = edge < fade ? Int16(Int(sample) * edge / fade) : sample
                place = place + 1 == cycle.count ? 0 : place + 1
            }
        }
    }
}
