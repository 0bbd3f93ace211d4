/// The marks of a server that wait for sound to be played.
///
/// The media engine knows each by a name of ours: a server may use one name twice, and again after clearing it, and a call may
/// have one stream after another.
struct StreamMarks: Sendable {
    private let stream: String
    private var waiting: [(token: String, name: String)] = []
    private var next = 0

    /// Makes a stream's marks, of which none waits.
    init(of stream: String) {
        self.stream = stream
    }

    /// How many wait.
    var count: Int { waiting.count }

    /// Keeps a mark and returns the name under which it is played.
    mutating func add(_ name: String) -> String {
        next += 1
        let token = "\(stream).\(next)"
        waiting.append((token, name))
        return token
    }

    /// The server's name of a mark that was played; nil for one that does not wait any more.
    mutating func played(_ token: String) -> String? {
        guard let index = waiting.firstIndex(where: { $0.token == token }) else { return nil }
        return waiting.remove(at: index).name
    }

    /// The server's names of all that wait, in their order; none waits then.
    mutating func clear() -> [String] {
        defer { waiting = [] }
        return waiting.map(\.name)
    }
}
