// swift-tools-version: 6.2
import PackageDescription

// The rooms of the house and the arrows between them: docs/ARCHITECTURE.md. Arrows point up this file only.

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

func room(_ room: String, _ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/\(room)/\(name)", swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(
        name: name,
        dependencies: dependencies,
        path: "Tests/\(name)",
        exclude: exclude,
        swiftSettings: strict
    )
}

let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioFoundation: Target.Dependency = .product(name: "NIOFoundationCompat", package: "swift-nio")
let coreMetrics: Target.Dependency = .product(name: "CoreMetrics", package: "swift-metrics")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioWebSocket: Target.Dependency = .product(name: "NIOWebSocket", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS: Target.Dependency = .product(name: "HummingbirdTLS", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(name: "HummingbirdTesting", package: "hummingbird")
let jwtKit: Target.Dependency = .product(name: "JWTKit", package: "jwt-kit")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let configuration: Target.Dependency = .product(name: "Configuration", package: "swift-configuration")
let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")

let cLibraries: [Target] = [
    .systemLibrary(
        name: "CLibPQ",
        path: "Sources/CLibrary/CLibPQ",
        pkgConfig: "libpq",
        providers: [.apt(["libpq-dev"])]
    ),
    .systemLibrary(
        name: "CLibXML2",
        path: "Sources/CLibrary/CLibXML2",
        pkgConfig: "libxml-2.0",
        providers: [.apt(["libxml2-dev"])]
    ),
    .systemLibrary(
        name: "CSRTP",
        path: "Sources/CLibrary/CSRTP",
        pkgConfig: "libsrtp2",
        providers: [.apt(["libsrtp2-dev"])]
    ),
    .systemLibrary(
        name: "COpenSSL",
        path: "Sources/CLibrary/COpenSSL",
        pkgConfig: "openssl",
        providers: [.apt(["libssl-dev"])]
    ),
    .systemLibrary(
        name: "COpus",
        path: "Sources/CLibrary/COpus",
        pkgConfig: "opus",
        providers: [.apt(["libopus-dev"])]
    ),
    .target(name: "CSockets", path: "Sources/CLibrary/CSockets"),
    .target(
        name: "CResolver",
        path: "Sources/CLibrary/CResolver",
        linkerSettings: [.linkedLibrary("resolv")]
    ),
]

let base: [Target] = [
    room("Base", "Primitives")
]

let wire: [Target] = [
    room("Wire", "SIPWire"),
    room("Wire", "SDPWire"),
    room("Wire", "RTPWire"),
    room("Wire", "STUNWire"),
]

let engines: [Target] = [
    room("Engines", "NameService", ["CResolver", nioCore, nioPosix]),
    room(
        "Engines",
        "SIPStack",
        ["SIPWire", "NameService", nioCore, nioPosix, nioHTTP1, nioWebSocket, nioSSL, crypto, logging]
    ),
    room("Engines", "SecureMedia", ["COpenSSL"]),
    room("Engines", "MediaEngine", ["RTPWire", "STUNWire", "SecureMedia", "COpus", "CSockets", logging]),
    room("Engines", "WebRTCGateway", ["STUNWire", "SDPWire", "SecureMedia", "MediaEngine", "COpenSSL"]),
]

let database: [Target] = [
    room("Database", "Database", ["CLibPQ", grdb, grdbSQLite, logging])
]

let platform: [Target] = [
    room("Platform", "Ledger", ["Primitives", "Database", crypto]),
    room("Platform", "Platform", ["CLibXML2", "Primitives", "Database", "Ledger", crypto, jwtKit, logging]),
]

let services: [Target] = [
    room(
        "Services",
        "Sound",
        [
            "Primitives", "Platform", "MediaEngine", "OutboundHTTP", nioPosix, crypto, logging, subprocess,
            systemPackage,
        ]
    ),
    room(
        "Services",
        "OutboundHTTP",
        ["Primitives", httpClient, nioCore, nioPosix, nioHTTP1, nioSSL, nioWebSocket]
    ),
    room(
        "Services",
        "ObjectStorage",
        ["Primitives", "Platform", httpClient, nioCore, nioPosix, nioHTTP1, crypto]
    ),
    room(
        "Services",
        "Voice",
        [
            "Primitives", "Database", "Platform", "OutboundHTTP", "SIPWire", "SDPWire", "RTPWire", "SIPStack",
            "STUNWire", "SecureMedia", "MediaEngine", "WebRTCGateway", "Sound", "ObjectStorage", logging, metrics,
            lifecycle,
        ]
    ),
    room(
        "Services",
        "Payments",
        [
            "Primitives", "Platform", "Database", httpClient, nioCore, nioFoundation, nioHTTP1, nioPosix, logging,
            lifecycle,
        ]
    ),
    room(
        "Services",
        "Notifications",
        [
            "Primitives", "Ledger", "Platform", "Database", "OutboundHTTP", nioCore, nioPosix, nioSSL, logging,
            metrics, lifecycle,
        ]
    ),
]

let web: [Target] = [
    room(
        "Web",
        "WebSupport",
        [
            "Primitives", "Database", "Platform", hummingbird, hummingbirdCore, httpTypes, nioCore, nioFoundation,
            logging, metrics, coreMetrics, yams,
        ]
    ),
    .target(
        name: "SautikitAPI",
        dependencies: ["Primitives", "Ledger", "Platform", "WebSupport", hummingbird, httpTypes, nioCore, logging],
        path: "Sources/Web/SautikitAPI",
        exclude: ["OpenAPI"],
        swiftSettings: strict,
        plugins: ["EmbedText"]
    ),
    .plugin(name: "EmbedText", capability: .buildTool(), dependencies: ["embed-text"]),
    .executableTarget(name: "embed-text", path: "Plugins/embed-text", swiftSettings: strict),
]

let sandbox: [Target] = [
    room(
        "Sandbox",
        "Sandbox",
        [
            "Primitives", "Ledger", "Platform", "SIPWire", "SDPWire", "SIPStack", "MediaEngine", "WebSupport",
            hummingbird, httpTypes, httpClient, nioCore, nioPosix, nioHTTP1, crypto, logging, lifecycle, subprocess,
        ]
    )
]

let app: [Target] = [
    room(
        "App",
        "Server",
        [
            "Primitives", "Database", "Ledger", "Platform", "NameService", "SIPStack", "MediaEngine", "WebRTCGateway",
            "Voice", "Notifications",
            "OutboundHTTP", "Payments", "Sound", "ObjectStorage",
            "WebSupport", "SautikitAPI", "Sandbox", hummingbird, hummingbirdCore, httpTypes, nioCore, nioPosix, logging,
            metrics, lifecycle, unixSignals, configuration, systemPackage, crypto,
        ]
    ),
    .executableTarget(
        name: "sautikit",
        dependencies: [
            "Server", "Primitives", "Database", "Ledger", "Platform", "Payments", argumentParser, configuration,
            logging,
            httpClient, hummingbird, httpTypes, nioCore, nioHTTP1, crypto,
        ],
        path: "Sources/App/sautikit",
        swiftSettings: strict
    ),
]

let testing: [Target] = [
    .target(
        name: "TestSupport",
        dependencies: [
            "Primitives", "Database", "Ledger", "Platform", "ObjectStorage", "NameService", "SIPWire", "SIPStack",
            nioCore, nioPosix, logging,
        ],
        path: "Tests/TestSupport",
        swiftSettings: strict
    ),
    .target(
        name: "WebTestSupport",
        dependencies: [
            "TestSupport", "Primitives", "OutboundHTTP", "SautikitAPI", "WebSupport", "Platform", hummingbird,
            hummingbirdTLS, httpTypes, nioSSL, lifecycle, logging,
        ],
        path: "Tests/WebTestSupport",
        exclude: ["Contract/check-answers.py", "Sockets/socket_server.py"],
        swiftSettings: strict
    ),
    tests("TidyTests", ["TestSupport"]),
    tests("PrimitivesTests", ["Primitives"]),
    tests("SIPWireTests", ["SIPWire", "Primitives", "TestSupport"]),
    tests("SDPWireTests", ["SDPWire"]),
    tests("RTPWireTests", ["RTPWire"]),
    tests("STUNWireTests", ["STUNWire", "COpenSSL"]),
    tests("NameServiceTests", ["NameService", "Primitives", "TestSupport"]),
    tests(
        "SIPStackTests",
        ["SIPStack", "SIPWire", "NameService", "Primitives", "TestSupport", nioPosix, crypto, logging]
    ),
    tests("SecureMediaTests", ["SecureMedia", "Primitives", "COpenSSL", "CSRTP"]),
    tests(
        "WebRTCGatewayTests",
        ["WebRTCGateway", "MediaEngine", "STUNWire", "SDPWire", "SecureMedia", "COpenSSL", "TestSupport", logging],
        exclude: ["Peers"]
    ),
    tests("MediaEngineTests", ["TestSupport", "MediaEngine", "SecureMedia", "RTPWire", "CSockets", logging]),
    tests("DatabaseTests", ["Database", "TestSupport", nioCore, nioPosix, logging]),
    tests("LedgerTests", ["Ledger", "Primitives", "Database", "TestSupport", crypto]),
    tests(
        "PlatformTests",
        ["Platform", "ObjectStorage", "Ledger", "Primitives", "Database", "TestSupport", crypto, logging]
    ),
    tests(
        "ObjectStorageTests",
        [
            "ObjectStorage", "Platform", "Primitives", "TestSupport", hummingbird, httpTypes, httpClient, nioCore,
            nioPosix, nioHTTP1, crypto,
        ],
        exclude: ["Peers"]
    ),
    tests(
        "OutboundHTTPTests",
        [
            "OutboundHTTP", "Primitives", "TestSupport", "WebTestSupport", hummingbird, httpTypes, nioCore, nioPosix,
            crypto,
        ]
    ),
    tests(
        "SoundTests",
        [
            "Sound", "OutboundHTTP", "ObjectStorage", "MediaEngine", "Platform", "Primitives", "Database",
            "TestSupport", "WebTestSupport", hummingbird, httpTypes, nioCore, nioPosix, crypto, logging, subprocess,
        ]
    ),
    tests(
        "NotificationsTests",
        [
            "Notifications", "OutboundHTTP", "Platform", "Ledger", "Primitives", "Database", "TestSupport",
            "WebTestSupport",
            hummingbird, httpTypes, nioCore, nioPosix, crypto, logging, lifecycle,
        ],
        exclude: ["Peers"]
    ),
    tests(
        "PaymentsTests",
        ["Payments", "Sandbox", "Platform", "Primitives", "TestSupport", httpClient, nioPosix, logging]
    ),
    tests(
        "VoiceTests",
        [
            "Voice", "Sound", "OutboundHTTP", "Platform", "Ledger", "Primitives", "Database", "SIPStack", "SIPWire",
            "SDPWire", "RTPWire", "SecureMedia", "MediaEngine", "NameService", "TestSupport", "WebTestSupport",
            hummingbird, httpTypes, nioCore, nioPosix, crypto, logging,
        ]
    ),
    tests(
        "SandboxTests",
        [
            "Sandbox", "Platform", "Primitives", "TestSupport", "WebTestSupport", hummingbird, httpTypes, httpClient,
            nioCore, nioPosix, nioHTTP1, crypto, logging,
        ],
        exclude: ["Peers"]
    ),
    tests(
        "SautikitAPITests",
        [
            "SautikitAPI", "WebSupport", "Platform", "Sound", "Ledger", "Primitives", "Database", "TestSupport",
            "WebTestSupport", "MediaEngine",
            hummingbird, crypto, hummingbirdTesting, httpTypes, nioCore, logging,
        ],
        exclude: ["Peers"]
    ),
    tests(
        "ServerTests",
        [
            "Server", "Primitives", "ObjectStorage", "OutboundHTTP", "Voice", "Notifications", "Payments", "Database",
            "Platform", "TestSupport", nioPosix, logging,
        ]
    ),
    tests(
        "EndToEndTests",
        [
            "sautikit", "Server", "Sandbox", "Platform", "Ledger", "Primitives", "Database", "MediaEngine", "RTPWire",
            "TestSupport",
            "WebTestSupport", httpClient, httpTypes, nioCore, nioHTTP1, nioFoundation, hummingbird, crypto, logging,
        ],
        exclude: ["Examples", "Scenarios", "Fuzzing", "Browser/Scripts", "Browser/MovedClock"]
    ),
]

let package = Package(
    name: "sautikit",
    products: [.executable(name: "sautikit", targets: ["sautikit"])],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: cLibraries + base + wire + engines + database + platform + services + web + sandbox + app + testing
)
