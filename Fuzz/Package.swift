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

let package = Package(
    name: "fuzz",
    targets: [
        wire("SIPWire"),
        wire("SDPWire"),
        wire("RTPWire"),
        .executableTarget(
            name: "fuzz-wire",
            dependencies: ["SIPWire", "SDPWire", "RTPWire"],
            path: "Sources/fuzz-wire",
            swiftSettings: strict
        ),
    ]
)
