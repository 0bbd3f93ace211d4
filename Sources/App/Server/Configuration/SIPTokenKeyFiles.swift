import Crypto

/// Where the keys of browsers' tokens are when no setting holds them: the one that signs, and one that verifies only, if there is
/// such a file. They may be changed while the server runs.
struct SIPTokenKeyFiles: Sendable {
    private let path: String
    private var active: MasterKeyFile { MasterKeyFile(path: path) }
    private var next: MasterKeyFile { MasterKeyFile(path: "\(path.dropLast(4))-next.key") }

    init(folder: String) {
        path = "\(folder)/sip-token.key"
    }

    /// Reads both; makes the first when it is not there.
    ///
    /// - Throws: `StorageFault`.
    func readOrMake() throws(StorageFault) -> (active: SymmetricKey, next: SymmetricKey?) {
        _ = try active.readOrMake()
        return try read()
    }

    /// Reads both.
    ///
    /// - Throws: `StorageFault`, also when the first is not there.
    func read() throws(StorageFault) -> (active: SymmetricKey, next: SymmetricKey?) {
        guard let key = try active.readIfThere() else { throw StorageFault(path: path, message: "is not there") }
        return (SymmetricKey(data: key), try next.readIfThere().map { SymmetricKey(data: $0) })
    }
}
