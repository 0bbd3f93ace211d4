package import Database
package import Logging
package import Notifications
package import ObjectStorage
package import OutboundHTTP
package import Payments
package import Platform
package import Primitives
import Sound

/// Everything a node must know to start.
package struct ServerConfiguration: Sendable {
    /// Holds the SQLite file, recordings, prompts and the master key's file.
    package var dataFolder = "var"
    /// The database; SQLite in the data folder when nil.
    package var databaseURL: String?
    /// Where HTTP listens.
    package var http = HostPort(host: "127.0.0.1", port: 8080)
    /// Where SIP listens, on UDP and TCP.
    package var sip = HostPort(host: "127.0.0.1", port: 5060)
    /// The host that carriers are told; the bound one when nil.
    package var sipAdvertisedHost: String?
    /// Who registers and calls, and how much.
    package var edge = EdgeSettings()
    /// How browsers come in.
    package var browsers = BrowserSettings()
    /// Ports for RTP and RTCP.
    package var rtpPorts = 20_000...29_999
    /// The IPv4 address that others send RTP to; when nil, the host that carriers are told, or the bound one.
    package var mediaAddress: String?
    /// Threads that move RTP.
    package var mediaThreads = 1
    /// How long nothing may be heard of an answered call.
    package var mediaSilenceTimeout = Duration.seconds(60)
    /// A JSON list of carriers.
    package var trunksFile: String?
    /// The SIP port on loopback of a pretended carrier for test keys; 0 runs none.
    package var testCarrierPort = 0
    /// What this node does.
    package var roles = Set(ServerRole.allCases)
    /// 32 bytes; read from the data folder, or made there, when nil.
    package var masterKey: [UInt8]?
    /// How customers reach the API, without a slash at the end; made of the bound address when nil.
    package var publicURL: String?
    /// Private networks that webhooks may be sent to.
    package var webhookNetworks: [IPNetwork] = []
    /// Requests a minute for each API key.
    package var requestsPerMinute = 300
    /// Requests a minute for each address on the public price list.
    package var pricingRequestsPerMinute = 60
    /// Requests a minute for each address on the routes for signing in.
    package var signInRequestsPerMinute = 20
    /// Live calls of one workspace; 0 is no limit.
    package var maxConcurrentCalls = 100
    /// What becomes of calls to a number or workspace that is suspended.
    package var inboundToSuspended = InboundPolicy.reject
    /// What becomes of calls to a workspace whose wallet is empty.
    package var inboundToEmptyWallet = InboundPolicy.accept
    /// How long a customer's server may take to say what a call does.
    package var callbackTimeout: Duration = .seconds(10)
    /// The most participants of one conference: 2 to 1000. Default 250.
    package var conferenceParticipants = 250
    /// What streams may take.
    package var streams = StreamLimits()
    /// Whom customers' servers may rest on, beside the system's authorities; default nobody.
    package var customerAuthorities = CertificateAuthorities.none
    /// How long events, webhook attempts and timelines of calls are kept.
    package var historyRetention: Duration = .seconds(90 * 86_400)
    /// Whom the SIP URIs of `dial` may name; default nobody.
    package var sipDestinations = SIPAllowList.none
    /// Who sells, as statements name it.
    package var company = Company()
    /// Networks of reverse proxies, which say for whom they ask.
    package var trustedProxies: [IPNetwork] = []
    /// M-Pesa for real money; none when nil.
    package var daraja: DarajaSettings?
    /// Where M-Pesa's callbacks come from.
    package var mpesaNetworks = ServerConfiguration.mpesaAddresses.compactMap { IPNetwork(parsing: $0) }
    /// The mail server; the sandbox's mailbox, or none, when nil.
    package var smtp: SMTPSettings?
    /// Where recordings and uploads are kept; the data folder when nil.
    package var storage: StorageLocation?
    /// What they are encrypted with; they are not when nil.
    package var storageKeys: StorageKeys?
    /// What speaks.
    package var speechCommand = SoundSettings.standardSpeechCommand
    /// Megabytes of made sounds that are kept.
    package var soundCacheMegabytes = 512
    /// The most megabytes of a file that is played from the web.
    package var playMaxMegabytes = 20
    /// Uploaded audio files that a workspace keeps.
    package var uploadsMaxFiles = 500
    /// Megabytes of them together.
    package var uploadsMaxMegabytes = 1000
    /// Swagger UI's files, for the documentation in the browser.
    package var documentationFolder = ".build/docs-ui"
    /// The browser SDK and the web phone, as `scripts/build-sdk` leaves them.
    package var browserFolder = "clients/browser/dist"
    /// What is logged.
    package var logLevel = Logger.Level.notice
    /// Whether the sandbox's carrier and helpers run in this process.
    package var isSandbox = false

    /// The addresses that M-Pesa is known to send from (facts M-Pesa, section 9).
    static let mpesaAddresses = [
        "196.201.214.200", "196.201.214.206", "196.201.214.207", "196.201.214.208", "196.201.213.44", "196.201.213.114",
        "196.201.212.69", "196.201.212.74", "196.201.212.127", "196.201.212.128", "196.201.212.129", "196.201.212.132",
        "196.201.212.136", "196.201.212.138",
    ]

    /// Makes the default configuration.
    package init() {}

    /// Where the data is.
    package var database: DatabaseLocation {
        databaseURL.map(DatabaseLocation.postgres) ?? .sqlite(path: "\(dataFolder)/sautikit.sqlite")
    }

    /// Whether a pretended carrier for test keys runs in this process; the sandbox has one for all.
    package var runsTestCarrier: Bool {
        roles.contains(.voice) && testCarrierPort > 0 && !isSandbox
    }

    /// Where calls are recorded, until the store has what they recorded.
    package var spoolFolder: String { "\(dataFolder)/spool" }

    /// Where made sounds are kept.
    package var soundsFolder: String { "\(dataFolder)/sounds" }

    /// Where the operator's prompts are.
    package var promptsFolder: String { "\(dataFolder)/prompts" }

    /// Where the master key is when no setting holds it.
    package var masterKeyFile: String { "\(dataFolder)/master.key" }

    /// Where the keys of browsers' tokens are when no setting holds them.
    var tokenKeyFiles: SIPTokenKeyFiles { SIPTokenKeyFiles(folder: dataFolder) }
}
