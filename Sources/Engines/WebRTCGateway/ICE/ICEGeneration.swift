import SDPWire

/// Credentials of ours with what checks them: each restart of ICE makes a new generation (RFC 8445 section 2.4).
struct ICEGeneration {
    /// What the user name of each check begins with: our fragment and a colon.
    private let prefix: [UInt8]
    let key: IntegrityKey

    /// Nil when the library does not work here.
    init?(_ credentials: ICECredentials) {
        guard let key = IntegrityKey(password: credentials.password) else { return nil }
        self.key = key
        prefix = Array("\(credentials.fragment):".utf8)
    }

    /// Whether a check is for this generation (RFC 8445 section 7.3).
    func isMeant(by username: UnsafeRawBufferPointer) -> Bool {
        guard username.count > prefix.count else { return false }
        for place in prefix.indices where unsafe username[place] != prefix[place] { return false }
        return true
    }
}
