/// The messages of a call that are kept: the first ones, and the last, which say how it ended.
struct Ladder: Sendable {
    /// As many of the beginning are kept.
    static let first = 80
    /// And as many of the end.
    static let last = 20

    private var beginning: [LadderEntry] = []
    private var end: [LadderEntry] = []

    /// In their order.
    var entries: [LadderEntry] { beginning + end }

    mutating func climb(_ entry: LadderEntry) {
        if beginning.count < Self.first { return beginning.append(entry) }
        if end.count == Self.last { end.removeFirst() }
        end.append(entry)
    }
}
