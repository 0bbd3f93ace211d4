/// What is known of the sources of one way: few, and most packets are of the last one.
struct SourceTable {
    /// The numbers of a source.
    struct Entry {
        let source: UInt32
        var rtp = ReplayWindow()
        var rtcp = ReplayWindow()
        /// The number of the last report that was sent.
        var lastReport: UInt32 = 0
    }

    private var entries: [Entry] = []
    private var last = 0

    init() { entries.reserveCapacity(SRTPReceiver.mostSources) }

    /// What is known of a source; of one that is new that is nothing.
    ///
    /// - Throws: `SRTPFailure.tooManySources` when there is no room for a new one.
    mutating func entry(of source: UInt32) throws(SRTPFailure) -> Entry {
        if last < entries.count, entries[last].source == source { return entries[last] }
        if let place = entries.firstIndex(where: { $0.source == source }) {
            last = place
            return entries[place]
        }
        guard entries.count < SRTPReceiver.mostSources else { throw .tooManySources }
        return Entry(source: source)
    }

    /// Remembers a source as it is now. Nobody who is not authentic is remembered.
    mutating func keep(_ entry: Entry) {
        if last < entries.count, entries[last].source == entry.source {
            entries[last] = entry
        } else {
            entries.append(entry)
            last = entries.count - 1
        }
    }
}
