/// Identifiers of another source whose time is moved: unique and rising like those, and in order with what a moved clock
/// says.
package struct MovedIdentifierSource: IdentifierSource {
    private let base: any IdentifierSource
    private let offset: Duration

    /// Makes a source whose identifiers are `offset` later than those of `base`.
    package init(_ base: any IdentifierSource, by offset: Duration) {
        self.base = base
        self.offset = offset
    }

    /// The base's next identifier, moved.
    package func next() -> Identifier {
        base.next().moved(by: offset)
    }

    /// The base's bytes.
    package func secret(byteCount: Int) -> [UInt8] {
        base.secret(byteCount: byteCount)
    }
}
