// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who builds the server builds this. `House` is a link to the server's sources: its
// targets keep their `package` access only inside one package, so those that are measured are built here once more.

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .strictMemorySafety(),
]

func house(_ path: String, _ dependencies: [Target.Dependency] = []) -> Target {
    let name = String(path.split(separator: "/").last ?? "")
    return .target(name: name, dependencies: dependencies, path: "House/\(path)", swiftSettings: strict)
}

func bench(_ name: String, _ folder: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .executableTarget(name: name, dependencies: dependencies, path: "Sources/\(folder)", swiftSettings: strict)
}

let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioWebSocket: Target.Dependency = .product(name: "NIOWebSocket", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let jwtKit: Target.Dependency = .product(name: "JWTKit", package: "jwt-kit")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")

let package = Package(
    name: "benchmarks",
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        .systemLibrary(
            name: "CLibPQ",
            path: "House/CLibrary/CLibPQ",
            pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"])]
        ),
        .systemLibrary(
            name: "COpenSSL",
            path: "House/CLibrary/COpenSSL",
            pkgConfig: "openssl",
            providers: [.apt(["libssl-dev"])]
        ),
        .systemLibrary(
            name: "CSRTP",
            path: "House/CLibrary/CSRTP",
            pkgConfig: "libsrtp2",
            providers: [.apt(["libsrtp2-dev"])]
        ),
        .systemLibrary(
            name: "CLibXML2",
            path: "House/CLibrary/CLibXML2",
            pkgConfig: "libxml-2.0",
            providers: [.apt(["libxml2-dev"])]
        ),
        .systemLibrary(
            name: "COpus",
            path: "House/CLibrary/COpus",
            pkgConfig: "opus",
            providers: [.apt(["libopus-dev"])]
        ),
        .target(name: "CSockets", path: "House/CLibrary/CSockets"),
        .target(
            name: "CResolver",
            path: "House/CLibrary/CResolver",
            linkerSettings: [.linkedLibrary("resolv")]
        ),
        house("Base/Primitives"),
        house("Wire/SIPWire"),
        house("Wire/SDPWire"),
        house("Wire/RTPWire"),
        house("Wire/STUNWire"),
        house("Engines/NameService", ["CResolver", nioCore, nioPosix]),
        house(
            "Engines/SIPStack",
            ["SIPWire", "NameService", nioCore, nioPosix, nioHTTP1, nioWebSocket, nioSSL, crypto, logging]
        ),
        house("Engines/SecureMedia", ["COpenSSL"]),
        house("Engines/MediaEngine", ["RTPWire", "STUNWire", "SecureMedia", "COpus", "CSockets", logging]),
        house("Engines/WebRTCGateway", ["STUNWire", "SDPWire", "SecureMedia", "MediaEngine", "COpenSSL"]),
        house("Database/Database", ["CLibPQ", grdb, grdbSQLite, logging]),
        house("Platform/Ledger", ["Primitives", "Database", crypto]),
        house("Platform/Platform", ["CLibXML2", "Primitives", "Database", "Ledger", crypto, jwtKit, logging]),
        .executableTarget(name: "c-relay", path: "Sources/CRelay"),
        .executableTarget(name: "rtp-load", dependencies: ["CSRTP"], path: "Sources/RTPLoad"),
        .executableTarget(name: "http-load", path: "Sources/HTTPLoad"),
        bench("bare-http", "BareHTTP", [hummingbird, nioCore, logging]),
        bench("media-relay", "MediaRelay", ["MediaEngine", "SecureMedia", logging]),
        bench("digit-check", "DigitCheck", ["MediaEngine", logging]),
        bench("conference-mix", "ConferenceMix", ["MediaEngine", logging]),
        bench("dtls-handshakes", "DTLSHandshakes", ["WebRTCGateway", "SecureMedia", "SDPWire"]),
        bench("back-to-back", "BackToBack", ["SIPStack", "SIPWire", nioCore, nioPosix, logging]),
        bench("ledger-rate", "LedgerRate", ["Ledger", "Primitives", "Database", "CLibPQ", grdb, logging]),
        bench("renewal-time", "RenewalTime", ["Platform", "Ledger", "Primitives", "Database", crypto, logging]),
        bench("access-check", "AccessCheck", ["Platform", "Primitives", "Database", crypto, logging]),
    ]
)
