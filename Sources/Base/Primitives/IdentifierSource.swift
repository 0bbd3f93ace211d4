/// The source of identifiers and secrets, injected so that tests are repeatable.
package protocol IdentifierSource: Sendable {
    /// A new identifier that sorts after every earlier one of this source.
    func next() -> Identifier

    /// Bytes nobody can guess, for keys, secrets and nonces.
    func secret(byteCount: Int) -> [UInt8]
}
