import Sound

/// Every setting of the server: the one table that flags, environment, `.env` and the documentation share.
package enum Setting: String, Sendable, CaseIterable {
    case dataFolder = "data.dir"
    case databaseURL = "database.url"
    case httpAddress = "http.address"
    case sipAddress = "sip.address"
    case sipAdvertisedHost = "sip.advertised.host"
    case sipNodeAddress = "sip.node.address"
    case sipTLSAddress = "sip.tls.address"
    case sipTLSCertificate = "sip.tls.certificate.file"
    case sipTLSKey = "sip.tls.key.file"
    case sipTLSTrustedCertificates = "sip.tls.ca.file"
    case sipTokenSigningKey = "sip.token.signing.key"
    case sipTokenSigningKeyNext = "sip.token.signing.key.next"
    case sipWebSocketAddress = "sip.ws.address"
    case sipSecureWebSocketAddress = "sip.wss.address"
    case sipSecureWebSocketCertificate = "sip.wss.certificate.file"
    case sipSecureWebSocketKey = "sip.wss.key.file"
    case sipWebSocketURL = "sip.ws.url"
    case sipWebSocketsPerToken = "sip.ws.per.token"
    case sipWebSocketsPerAddress = "sip.ws.per.address"
    case iceTCPPort = "ice.tcp.port"
    case sipDigestAlgorithms = "sip.digest.algorithms"
    case sipKeepAlive = "sip.keepalive.seconds"
    case sipRequestsPerSecond = "sip.requests.per.second"
    case sipTrunkRequestsPerSecond = "sip.trunk.requests.per.second"
    case sipMaxFailures = "sip.max.failures"
    case sipBan = "sip.ban.seconds"
    case sipTrustedProxies = "sip.trusted.proxies"
    case dnsServers = "dns.servers"
    case rtpPorts = "rtp.ports"
    case mediaAddress = "media.address"
    case mediaThreads = "media.threads"
    case mediaSilenceTimeout = "media.silence.timeout.seconds"
    case trunksFile = "trunks.file"
    case testCarrierPort = "test.carrier.port"
    case roles = "roles"
    case masterKey = "master.key"
    case publicURL = "public.url"
    case allowPrivateWebhooks = "allow.private.webhooks"
    case requestsPerMinute = "requests.per.minute"
    case pricingRequestsPerMinute = "pricing.requests.per.minute"
    case signInRequestsPerMinute = "sign.in.requests.per.minute"
    case maxConcurrentCalls = "max.concurrent.calls"
    case inboundToSuspended = "inbound.to.suspended"
    case inboundToEmptyWallet = "inbound.to.empty.wallet"
    case dialSIPHosts = "dial.sip.hosts"
    case callbackTimeout = "voice.callback.timeout.seconds"
    case conferenceParticipants = "conference.participants"
    case streamConnectTimeout = "stream.connect.timeout.seconds"
    case streamPing = "stream.ping.seconds"
    case streamMaxQueued = "stream.max.queued.seconds"
    case streamMaxMessage = "stream.max.message.bytes"
    case streamMaxUnsent = "stream.max.unsent.bytes"
    case customerTrustedCertificates = "customer.ca.file"
    case historyRetention = "history.retention.days"
    case companyName = "company.name"
    case companyAddress = "company.address"
    case companyTaxNumber = "company.tax.number"
    case trustedProxies = "trusted.proxies"
    case mpesaURL = "mpesa.url"
    case mpesaConsumerKey = "mpesa.consumer.key"
    case mpesaConsumerSecret = "mpesa.consumer.secret"
    case mpesaShortCode = "mpesa.shortcode"
    case mpesaPasskey = "mpesa.passkey"
    case mpesaPullPhone = "mpesa.pull.phone"
    case mpesaNetworks = "mpesa.networks"
    case smtpURL = "smtp.url"
    case smtpTrustedCertificates = "smtp.ca.file"
    case mailSender = "mail.from"
    case storageURL = "storage.url"
    case s3AccessKeyID = "s3.access.key.id"
    case s3SecretAccessKey = "s3.secret.access.key"
    case recordingKey = "recording.key"
    case recordingKeyFile = "recording.key.file"
    case recordingKeyPrevious = "recording.key.previous"
    case speechCommand = "tts.command"
    case soundCacheMegabytes = "sound.cache.mb"
    case playMaxMegabytes = "play.max.mb"
    case uploadsMaxFiles = "uploads.max.files"
    case uploadsMaxMegabytes = "uploads.max.mb"
    case documentationFolder = "docs.ui.dir"
    case browserFolder = "browser.sdk.dir"
    case logLevel = "log.level"

    /// The environment variable: `SAUTIKIT_DATA_DIR`.
    package var environmentName: String {
        "SAUTIKIT_" + rawValue.uppercased().replacing(".", with: "_")
    }

    /// What holds when nobody says anything; nil where the default depends on other settings.
    package var defaultValue: String? {
        switch self {
        case .dataFolder: "var"
        case .httpAddress: "127.0.0.1:8080"
        case .sipAddress: "127.0.0.1:5060"
        case .sipDigestAlgorithms: "SHA-256,MD5"
        case .sipWebSocketsPerToken: "10"
        case .sipWebSocketsPerAddress: "200"
        case .sipKeepAlive: "25"
        case .sipRequestsPerSecond: "100"
        case .sipTrunkRequestsPerSecond: "500"
        case .sipMaxFailures: "10"
        case .sipBan: "600"
        case .rtpPorts: "20000-29999"
        case .mediaThreads: "1"
        case .mediaSilenceTimeout: "60"
        case .testCarrierPort: "0"
        case .roles: "api,voice,worker"
        case .allowPrivateWebhooks: "false"
        case .requestsPerMinute: "300"
        case .pricingRequestsPerMinute: "60"
        case .signInRequestsPerMinute: "20"
        case .maxConcurrentCalls: "100"
        case .inboundToSuspended: "reject"
        case .inboundToEmptyWallet: "accept"
        case .callbackTimeout: "10"
        case .conferenceParticipants: "250"
        case .streamConnectTimeout: "10"
        case .streamPing: "20"
        case .streamMaxQueued: "60"
        case .streamMaxMessage: "1048576"
        case .streamMaxUnsent: "131072"
        case .historyRetention: "90"
        case .companyName: "Sautikit"
        case .speechCommand: SoundSettings.standardSpeechCommand
        case .soundCacheMegabytes: "512"
        case .playMaxMegabytes: "20"
        case .uploadsMaxFiles: "500"
        case .uploadsMaxMegabytes: "1000"
        case .documentationFolder: ".build/docs-ui"
        case .browserFolder: "clients/browser/dist"
        case .logLevel: "notice"
        case .mpesaURL: "https://api.safaricom.co.ke"
        case .mpesaNetworks: ServerConfiguration.mpesaAddresses.joined(separator: ",")
        case .mailSender: "no-reply@localhost"
        case .sipTLSAddress, .sipTLSCertificate, .sipTLSKey, .sipTLSTrustedCertificates, .dnsServers: nil
        case .dialSIPHosts, .customerTrustedCertificates, .sipTrustedProxies, .sipNodeAddress: nil
        case .sipTokenSigningKey, .sipTokenSigningKeyNext, .sipWebSocketAddress, .sipSecureWebSocketAddress,
            .sipSecureWebSocketCertificate, .sipSecureWebSocketKey, .sipWebSocketURL, .iceTCPPort:
            nil
        case .databaseURL, .sipAdvertisedHost, .mediaAddress, .trunksFile, .masterKey, .publicURL, .smtpURL,
            .smtpTrustedCertificates,
            .companyAddress, .companyTaxNumber, .trustedProxies, .mpesaConsumerKey, .mpesaConsumerSecret,
            .mpesaShortCode, .mpesaPasskey, .mpesaPullPhone, .storageURL, .s3AccessKeyID, .s3SecretAccessKey,
            .recordingKey, .recordingKeyFile, .recordingKeyPrevious:
            nil
        }
    }

    /// Whether its value must never be shown.
    package var isSecret: Bool {
        [
            .masterKey, .databaseURL, .smtpURL, .mpesaConsumerKey, .mpesaConsumerSecret, .mpesaPasskey,
            .s3SecretAccessKey, .recordingKey, .recordingKeyPrevious, .sipTokenSigningKey, .sipTokenSigningKeyNext,
        ].contains(self)
    }

    /// One line for people.
    package var help: String {
        switch self {
        case .dataFolder: "folder of the database, recordings and the master key"
        case .databaseURL: "postgres://user@host/name; SQLite in the data folder when absent"
        case .httpAddress: "where the API listens"
        case .sipAddress: "where SIP listens, on UDP and TCP"
        case .sipAdvertisedHost: "the host that carriers are told, when it is not the one bound"
        case .sipNodeAddress:
            "where other voice nodes reach this one, such as 10.0.0.7:5060; the SIP address if absent, unless that is any"
        case .sipTLSAddress: "where encrypted SIP listens, such as 0.0.0.0:5061; nowhere when absent"
        case .sipTLSCertificate: "its certificate and those it rests on (PEM)"
        case .sipTLSKey: "the certificate's private key (PEM)"
        case .sipTLSTrustedCertificates: "certificates (PEM) that trunks may show; the system's when absent"
        case .sipTokenSigningKey:
            "signs and verifies browsers' tokens: 32 bytes or more, on all nodes the same; in the data folder when absent"
        case .sipTokenSigningKeyNext: "a second key that only verifies them, while keys are changed"
        case .sipWebSocketAddress: "where browsers on this machine connect without TLS, such as 127.0.0.1:5066"
        case .sipSecureWebSocketAddress: "where browsers connect, such as 0.0.0.0:7443; nowhere when absent"
        case .sipSecureWebSocketCertificate:
            "its certificate and those it rests on (PEM); that of SIP over TLS when absent"
        case .sipSecureWebSocketKey: "the certificate's private key (PEM)"
        case .sipWebSocketURL: "what browsers are told to connect to; the bound address when absent"
        case .sipWebSocketsPerToken: "connections of browsers with one token"
        case .sipWebSocketsPerAddress: "connections of browsers from one address"
        case .iceTCPPort:
            "TCP port for the sound of browsers whose network lets no UDP through; 0 picks a free one, none when absent"
        case .sipDigestAlgorithms:
            "what devices and trunks that call are challenged with, in this order; MD5 alone for old ones"
        case .sipKeepAlive: "how often a device behind NAT is asked whether it is there"
        case .sipRequestsPerSecond: "calls and registrations a second of one address that is no trunk's"
        case .sipTrunkRequestsPerSecond: "the same of one trunk, from all its addresses"
        case .sipMaxFailures: "wrong passwords after which an address is not listened to"
        case .sipBan: "how long that lasts"
        case .sipTrustedProxies:
            "networks of your SIP proxies, whose Path is followed to telephones, such as 10.0.0.5/32"
        case .dnsServers:
            "name servers for the hosts of trunks and SIP URIs: 192.0.2.53,192.0.2.54:5353; the system's when absent"
        case .rtpPorts: "ports for calls' audio, two for each call"
        case .mediaAddress:
            "the IPv4 address that calls' audio is sent to, when it is neither the host that carriers are told nor the bound one"
        case .mediaThreads: "threads that move audio"
        case .mediaSilenceTimeout: "how long an answered call may be silent before it is hung up"
        case .trunksFile: "a JSON list of carriers, added or brought up to date at each start"
        case .testCarrierPort: "SIP port on loopback of a pretended carrier for tsk_test_ keys; 0 runs none"
        case .roles: "what this node does: api, voice, worker"
        case .masterKey: "64 hexadecimal digits; a file in the data folder when absent"
        case .publicURL: "how customers reach the API; the bound address when absent"
        case .allowPrivateWebhooks: "true, false, or networks such as 10.0.0.0/8,127.0.0.0/8"
        case .requestsPerMinute: "requests a minute for each API key"
        case .pricingRequestsPerMinute: "requests a minute for each address on the public price list"
        case .signInRequestsPerMinute: "requests a minute for each address to sign in and to join"
        case .maxConcurrentCalls: "live calls of one workspace; 0 is no limit"
        case .inboundToSuspended: "calls to suspended numbers and workspaces: accept, reject (480) or busy (486)"
        case .inboundToEmptyWallet: "calls to workspaces without money: accept, reject (480) or busy (486)"
        case .dialSIPHosts:
            "hosts that SIP URIs may call: pbx.example.com,*.example.net:5070,10.0.0.0/8; none when absent"
        case .callbackTimeout: "how long a customer's server may take to say what a call does"
        case .conferenceParticipants: "the most participants of one conference"
        case .streamConnectTimeout, .streamPing, .streamMaxQueued, .streamMaxMessage, .streamMaxUnsent: streamHelp
        case .customerTrustedCertificates:
            "certificates (PEM) that customers' servers may rest on as well as on the system's"
        case .historyRetention: "for how many days events, webhook attempts and timelines of calls are kept"
        case .companyName: "who sells, as statements name it"
        case .companyAddress: "where the company is, in one line"
        case .companyTaxNumber: "the company's PIN at the revenue authority"
        case .trustedProxies: "networks whose X-Forwarded-For names the client, such as 127.0.0.1,10.0.0.0/8"
        case .mpesaURL: "Daraja's address"
        case .mpesaConsumerKey: "the Daraja application's consumer key; no M-Pesa without it"
        case .mpesaConsumerSecret: "the Daraja application's consumer secret"
        case .mpesaShortCode: "the Paybill number"
        case .mpesaPasskey: "the passkey of M-Pesa Express for that number"
        case .mpesaPullPhone: "the phone, 2547…, that pulled transactions are registered with; none are without it"
        case .mpesaNetworks: "networks that M-Pesa's callbacks come from"
        case .smtpURL: "smtp://user:password@host:587 (STARTTLS), smtps:// or, on the same machine, smtp+plain://"
        case .smtpTrustedCertificates: "certificates (PEM) that the mail server may show; the system's when absent"
        case .mailSender: "the address that mails are from"
        case .storageURL: "file:/folder or s3://bucket/prefix?region=…; the data folder when absent"
        case .s3AccessKeyID: "who asks the S3 store"
        case .s3SecretAccessKey: "the secret of that access key"
        case .recordingKey: "32 bytes in base64 that stored files are encrypted with; they are not without it"
        case .recordingKeyFile: "a file with that key, and earlier ones on the lines after it"
        case .recordingKeyPrevious: "earlier keys, with commas between, for files that were encrypted with them"
        case .speechCommand:
            "what speaks a text from its standard input as WAV; {language} is en or sw, {voice} woman or man, {gender} f or m"
        case .soundCacheMegabytes: "megabytes of made sounds that are kept in the data folder"
        case .playMaxMegabytes: "the most megabytes of an audio file that a call plays from the web"
        case .uploadsMaxFiles: "uploaded audio files that a workspace keeps"
        case .uploadsMaxMegabytes: "megabytes of uploaded audio that a workspace keeps, its files together"
        case .documentationFolder: "Swagger UI's files, for the page /docs; it is plain without them"
        case .browserFolder:
            "the browser SDK and the web phone, as scripts/build-sdk leaves them; served below /browser"
        case .logLevel: "trace, debug, info, notice, warning, error or critical"
        }
    }

    private var streamHelp: String {
        switch self {
        case .streamConnectTimeout: "how long opening a stream's socket may take"
        case .streamPing: "how long a stream's server may say nothing until it is asked, and then until it is given up"
        case .streamMaxQueued: "unplayed sound of a stream after which its socket is not read for a while, 1 to 60"
        case .streamMaxMessage: "the largest message that a stream's server may send"
        case .streamMaxUnsent: "what waits for a slow server of a stream until its oldest sound is dropped"
        default: ""
        }
    }
}
