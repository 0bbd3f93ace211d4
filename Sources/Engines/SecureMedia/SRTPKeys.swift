/// The keys of both ways, however they were agreed on.
package struct SRTPKeys: Sendable, Equatable {
    /// What we send with.
    package let local: SRTPMasterKey
    /// What the peer sends with.
    package let remote: SRTPMasterKey

    /// Makes a pair.
    package init(local: SRTPMasterKey, remote: SRTPMasterKey) {
        self.local = local
        self.remote = remote
    }
}
