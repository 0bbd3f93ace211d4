/// How the sandbox carrier behaves.
package struct SandboxConfiguration: Sendable {
    /// Its SIP port on loopback; 0 picks a free one.
    package var sipPort = 0
    /// Its RTP ports.
    package var rtpPorts = 30_000...30_999
    /// How long ordinary phones ring. Default 1 s.
    package var ringing: Duration = .seconds(1)
    /// Where it keeps its spoken greeting and first key.
    package var folder: String

    /// Names the folder.
    package init(folder: String) {
        self.folder = folder
    }
}
