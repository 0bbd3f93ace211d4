/// The bytes of a file, in pieces of any size, read as they are asked for: nothing is fetched ahead of whoever reads.
package struct ObjectBytes: AsyncSequence, Sendable {
    /// Gives the next piece, and nil at the end.
    package typealias Pull = () async throws -> [UInt8]?

    /// One reading from the beginning.
    package struct AsyncIterator: AsyncIteratorProtocol {
        private let pull: Pull

        init(_ pull: @escaping Pull) {
            self.pull = pull
        }

        /// The next piece; nil at the end.
        package mutating func next() async throws -> [UInt8]? { try await pull() }
    }

    private let begin: @Sendable () -> Pull

    /// Bytes that `begin` starts to read, each time that somebody reads them.
    package init(_ begin: @escaping @Sendable () -> Pull) {
        self.begin = begin
    }

    /// Bytes that are there already.
    package init(_ bytes: [UInt8]) {
        self.init {
            var rest: [UInt8]? = bytes
            return {
                defer { rest = nil }
                return rest
            }
        }
    }

    /// Begins to read.
    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(begin()) }

    /// All of them.
    ///
    /// - Throws: `ObjectFailure.tooLarge` beyond `limit`; what reading throws.
    package func collect(upTo limit: Int) async throws -> [UInt8] {
        var all: [UInt8] = []
        for try await piece in self {
            guard all.count + piece.count <= limit else { throw ObjectFailure.tooLarge }
            all += piece
        }
        return all
    }
}
