import Foundation
import ObjectStorage
import Platform
import TestSupport
import Testing

/// Large files, stores at their limits, and keys that are not right.
@Suite(.timeLimit(.minutes(4))) struct S3Tests {
    private static let mebibyte = 1 << 20

    /// 13 MiB in pieces that fit no part.
    private static func large(_ count: Int = 13) -> ObjectBytes {
        ObjectBytes {
            var rest = count * mebibyte
            return {
                if rest == 0 { return nil }
                let size = min(rest, 700_001)
                defer { rest -= size }
                return (0..<size).map { UInt8(truncatingIfNeeded: (rest - $0) * 31 >> 8) }
            }
        }
    }

    @Test func aLargeFileGoesInPartsAndComesBackWhole() async throws {
        let peer = try await StorePeer()
        let proxy = FaultyProxy(peer.settings.endpoint) { _, _ in false }
        try await proxy.running { endpoint in
            try await peer.opened(peer.settings(endpoint: endpoint)) { store in
                try await store.put(Self.large(), as: "large")
                let wanted = try await Self.large().collect(upTo: 20 * Self.mebibyte)
                #expect(try await store.read("large", nil).collect(upTo: 20 * Self.mebibyte) == wanted)
                let part = 5 * Self.mebibyte - 3..<5 * Self.mebibyte + 3
                let read = try await store.read("large", Int64(part.lowerBound)..<Int64(part.upperBound))
                #expect(try await read.collect(upTo: 10) == Array(wanted[part]))
                // Exactly a part is no upload in parts.
                try await store.put(Self.large(5), as: "five")
            }
        }
        let parts = proxy.seen.withLock { $0.filter { $0.method == "PUT" } }
        #expect(parts.count { $0.query == ["partNumber", "uploadId"] } == 3 && parts.count { $0.query == [] } == 1)
    }

    @Test func aStoreAtItsLimitIsAskedAgain() async throws {
        let peer = try await StorePeer()
        let proxy = FaultyProxy(peer.settings.endpoint) { _, count in count <= 2 }
        try await proxy.running { endpoint in
            try await peer.opened(peer.settings(endpoint: endpoint)) { store in
                try await store.put(Self.large(6), as: "again")
                #expect(try await store.read("again", 0..<3).collect(upTo: 10).count == 3)
                try await store.delete("again")
            }
        }
        #expect(proxy.seen.withLock { $0.count { $0.method == "DELETE" } } == 3)
    }

    @Test func whatFailsForGoodIsTakenBack() async throws {
        let peer = try await StorePeer()
        let proxy = FaultyProxy(peer.settings.endpoint) { seen, _ in seen.query.contains("partNumber") }
        try await proxy.running { endpoint in
            try await peer.opened(peer.settings(endpoint: endpoint)) { store in
                let failure = await #expect(throws: ObjectFailure.self) {
                    try await store.put(Self.large(6), as: "lost")
                }
                guard case .unavailable(let words) = failure else {
                    Issue.record("another failure: \(String(describing: failure))")
                    return
                }
                #expect(words.contains("SlowDown"))
                let size = try await store.size(of: "lost")
                #expect(size == nil)
            }
        }
        let seen = proxy.seen.withLock { $0 }
        #expect(seen.count { $0.query.contains("partNumber") } == 3)
        #expect(seen.contains(.init(method: "DELETE", query: ["uploadId"])))
    }

    @Test func aWrongSecretIsRefusedAtOnce() async throws {
        let peer = try await StorePeer()
        var settings = peer.settings()
        settings.secretAccessKey = "wrong"
        settings.waits = [.seconds(3600)]
        try await peer.opened(settings) { store in
            let failure = await #expect(throws: ObjectFailure.self) { try await store.put(ObjectBytes([1]), as: "x") }
            guard case .refused(let words) = failure else {
                Issue.record("another failure: \(String(describing: failure))")
                return
            }
            #expect(words.contains("SignatureDoesNotMatch"))
        }
    }

    @Test func whereNobodyListensNothingIsStored() async throws {
        let peer = try await StorePeer()
        try await peer.opened(peer.settings(endpoint: "http://127.0.0.1:\(FreePort.any())")) { store in
            await #expect(throws: ObjectFailure.self) { try await store.put(ObjectBytes([1]), as: "x") }
        }
    }
}
