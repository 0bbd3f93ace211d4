package import Platform
package import Primitives
package import SIPStack

/// How a voice node behaves.
package struct VoiceConfiguration: Sendable {
    /// The address in our session descriptions.
    package var mediaHost = "127.0.0.1"
    /// What we call ourselves in From.
    package var sipDomain = "sautikit.local"
    /// The longest that this node lets a call last, whatever the call's own limit is. Default a day.
    package var longestCall: Duration = .seconds(86_400)
    /// How often the node says that it lives. Default 1 s.
    package var heartbeat: Duration = .seconds(1)
    /// How long a customer's server may take to say what a call does. Default 10 s.
    package var callbackTimeout: Duration = .seconds(10)
    /// What trunks and devices are challenged with, in this order (RFC 8760 section 2.4). Default SHA-256, then MD5.
    package var digestSchemes: [DigestScheme] = [.sha256, .md5]
    /// Where other nodes reach this one for the devices whose connections it has; nil when they do not. Default nil.
    package var place: NodePlace?
    /// How often a device behind NAT is asked whether it is there, which keeps its way open. Default 25 s.
    package var keepAlive: Duration = .seconds(25)
    /// Where the operator's own SIP proxies are, whose `Path` is followed (RFC 3327). Default nowhere.
    package var proxies: [IPNetwork] = []
    /// How long a browser may take from the answer until its handshake is done. Default 20 s.
    package var handshakeLimit: Duration = .seconds(20)
    /// Connections of browsers with one token. Default 10.
    package var connectionsPerToken = 10
    /// How often the files of certificates are read anew. Default 10 min.
    package var certificateInterval: Duration = .seconds(600)
    /// Commands taken at once. Default 64.
    package var takeLimit = 64
    /// The most participants of one conference. Default 250.
    package var conferenceLimit = 250
    /// What streams to customers' sockets may take.
    package var streams = StreamSettings()
    /// How long a telephone that has handed its call over may take to hang up by itself. Default 4 s.
    package var transferGrace: Duration = .seconds(4)
    /// How long a stopping node waits for its calls to end. Default 5 s.
    package var shutdownLimit: Duration = .seconds(5)

    /// Makes the default configuration.
    package init() {}
}
