// swift-tools-version: 6.2
import PackageDescription

// A package of its own: fuzzing needs its own flags for everything it builds. `House` is a link to the server's sources.

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

func wire(_ name: String) -> Target {
    .target(name: name, path: "House/Wire/\(name)", swiftSettings: strict)
}

/// A program that feeds the parsers of `subjects`, starting from what is in `Corpus/<name>`.
func fuzzer(_ name: String, _ subjects: [Target.Dependency]) -> Target {
    .executableTarget(
        name: "fuzz-\(name)",
        dependencies: ["FuzzDriver"] + subjects,
        path: "Sources/fuzz-\(name)",
        swiftSettings: strict
    )
}

let package = Package(
    name: "fuzz",
    targets: [
        wire("SIPWire"),
        wire("SDPWire"),
        wire("RTPWire"),
        wire("STUNWire"),
        .target(name: "Primitives", path: "House/Base/Primitives", swiftSettings: strict),
        .systemLibrary(name: "CLibXML2", path: "House/CLibrary/CLibXML2", pkgConfig: "libxml-2.0"),
        // What reads voice documents, without the database that the rest of the room needs.
        .target(
            name: "Platform",
            dependencies: ["CLibXML2", "Primitives"],
            path: "House/Platform/Platform",
            exclude: ["VoiceFlow/Checking/CheckVoiceDocument.swift", "VoiceFlow/Checking/WorstCase.swift"],
            sources: [
                "VoiceFlow", "JSON", "Errors", "Numbers/PhoneNumber.swift", "Numbers/WebURL.swift",
                "Recordings/RecordingChannels.swift", "SIPDialling/SIPAddress.swift",
                "SIPDialling/SIPAddress+reading.swift", "SIPDialling/SIPAddressFault.swift", "Text/ASCIISet.swift",
                "Trunks/TrunkTransport.swift",
            ],
            swiftSettings: strict
        ),
        .target(name: "FuzzDriver", path: "Sources/FuzzDriver", swiftSettings: strict),
        fuzzer("sip", ["SIPWire"]),
        fuzzer("sdp", ["SDPWire"]),
        fuzzer("rtp", ["RTPWire"]),
        fuzzer("stun", ["STUNWire"]),
        fuzzer("voice", ["Platform"]),
    ]
)
