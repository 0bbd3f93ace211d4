/// Which rooms may look into which: the arrows of `docs/ARCHITECTURE.md`, checked import by import.
enum HouseRules {
    /// The rooms whose targets each room may import, itself included.
    static let allowedRooms: [String: Set<String>] = [
        "Base": ["Base"],
        "Wire": ["Wire"],
        "Engines": ["Engines", "Wire", "CLibrary"],
        "Database": ["Database", "CLibrary"],
        "Platform": ["Platform", "Base", "Database", "CLibrary"],
        "Services": ["Services", "Base", "Platform", "Database", "Engines", "Wire"],
        "Web": ["Web", "Base", "Platform", "Database"],
        "Sandbox": ["Sandbox", "Base", "Platform", "Database", "Engines", "Wire", "Web"],
        "App": ["App", "Base", "Platform", "Database", "Engines", "Wire", "Services", "Web", "Sandbox"],
        "CLibrary": ["CLibrary"],
    ]

    /// Modules that a room must not import although a package offers them.
    static let forbiddenModules: [String: Set<String>] = [
        "Wire": ["Foundation", "FoundationEssentials", "Glibc", "Logging", "NIOCore", "NIOPosix", "Dispatch"],
        "Base": ["Foundation", "NIOCore", "NIOPosix", "Logging"],
        "Platform": [
            "NIOCore", "NIOPosix", "Hummingbird", "AsyncHTTPClient", "GRDB", "CLibPQ", "COpenSSL", "COpus", "CSockets",
            "CResolver",
        ],
        "Web": ["GRDB", "CLibPQ"],
        "Engines": ["Hummingbird", "GRDB", "AsyncHTTPClient"],
    ]

    static let longestFile = 400
    static let longestFunction = 70
}
