import ArgumentParser
import Server

/// All settings as flags; each also as an environment variable.
struct ServeOptions: ParsableArguments {
    @OptionGroup var settings: SettingOptions

    @Option(help: ArgumentHelp("SAUTIKIT_HTTP_ADDRESS (default: 127.0.0.1:8080)", valueName: "host:port"))
    var httpAddress: String?

    @Option(help: ArgumentHelp("SAUTIKIT_SIP_ADDRESS, UDP and TCP (default: 127.0.0.1:5060)", valueName: "host:port"))
    var sipAddress: String?

    @Option(help: ArgumentHelp("SAUTIKIT_SIP_ADVERTISED_HOST: what carriers are told", valueName: "host"))
    var sipAdvertisedHost: String?

    @Option(help: ArgumentHelp("SAUTIKIT_RTP_PORTS (default: 20000-29999)", valueName: "first-last"))
    var rtpPorts: String?

    @Option(help: ArgumentHelp("SAUTIKIT_MEDIA_THREADS (default: 1)", valueName: "count"))
    var mediaThreads: String?

    @Option(help: ArgumentHelp("SAUTIKIT_ROLES: api, voice, worker (default: all)", valueName: "list"))
    var roles: String?

    @Option(help: ArgumentHelp("SAUTIKIT_PUBLIC_URL: how customers reach the API", valueName: "url"))
    var publicUrl: String?

    @Option(
        help: ArgumentHelp(
            "SAUTIKIT_ALLOW_PRIVATE_WEBHOOKS: true, false or networks (default: false)",
            valueName: "networks"
        )
    )
    var allowPrivateWebhooks: String?

    /// Rarely changed, or secret: the environment or `.env` holds them.
    static let settingsWithoutFlag: [Setting] = [
        .masterKey, .trunksFile, .mediaAddress, .mediaSilenceTimeout, .requestsPerMinute, .pricingRequestsPerMinute,
        .signInRequestsPerMinute, .maxConcurrentCalls, .inboundToSuspended, .inboundToEmptyWallet, .callbackTimeout,
        .conferenceParticipants, .historyRetention, .dialSIPHosts, .customerTrustedCertificates,
        .streamConnectTimeout, .streamPing, .streamMaxQueued, .streamMaxMessage, .streamMaxUnsent,
        .sipTLSAddress, .sipTLSCertificate, .sipTLSKey, .sipTLSTrustedCertificates,
        .sipTokenSigningKey, .sipTokenSigningKeyNext, .sipWebSocketAddress, .sipSecureWebSocketAddress,
        .sipSecureWebSocketCertificate, .sipSecureWebSocketKey, .sipWebSocketURL, .sipWebSocketsPerToken,
        .sipWebSocketsPerAddress, .iceTCPPort,
        .sipDigestAlgorithms, .sipKeepAlive, .sipRequestsPerSecond, .sipTrunkRequestsPerSecond, .sipMaxFailures,
        .sipBan, .dnsServers, .sipTrustedProxies, .sipNodeAddress,
        .testCarrierPort, .documentationFolder, .browserFolder, .smtpURL,
        .smtpTrustedCertificates, .mailSender, .companyName, .companyAddress, .companyTaxNumber, .trustedProxies,
        .storageURL, .s3AccessKeyID, .s3SecretAccessKey, .recordingKey, .recordingKeyFile, .recordingKeyPrevious,
        .speechCommand, .soundCacheMegabytes, .playMaxMegabytes, .uploadsMaxFiles, .uploadsMaxMegabytes,
        .mpesaURL, .mpesaConsumerKey, .mpesaConsumerSecret, .mpesaShortCode, .mpesaPasskey, .mpesaPullPhone,
        .mpesaNetworks,
    ]

    var flags: [Setting: String] {
        let pairs: [(Setting, String?)] = [
            (.httpAddress, httpAddress), (.sipAddress, sipAddress), (.sipAdvertisedHost, sipAdvertisedHost),
            (.rtpPorts, rtpPorts), (.mediaThreads, mediaThreads), (.roles, roles), (.publicURL, publicUrl),
            (.allowPrivateWebhooks, allowPrivateWebhooks),
        ]
        return pairs.reduce(into: settings.flags) { $0[$1.0] = $1.1 }
    }
}
