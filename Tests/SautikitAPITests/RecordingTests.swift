import Crypto
import Foundation
import HTTPTypes
import HummingbirdTesting
import Platform
import Primitives
import TestSupport
import Testing
import WebSupport

@testable import SautikitAPI

/// From a call to the bytes of its recording, over a real socket.
@Suite struct RecordingTests {
    static let sound = (0..<40_000).map { UInt8(truncatingIfNeeded: $0 * 7) }

    /// A recorded call with its file, and the link's path and query.
    private func recorded(_ world: APIWorld) async throws -> Call {
        try await world.claimNumber()
        let call = try await world.placeCall(record: true)
        try await world.answer(call)
        try await world.shelf.keep(world.context, call.id, Self.sound, duration: .seconds(5))
        try await world.shelf.storeDue(world.context, publicURL: APIWorld.publicURL)
        return call
    }

    private func link(_ world: APIWorld, _ client: any TestClientProtocol, _ call: Call) async throws -> String {
        let answer = try await world.send(client, .get, "/v1/calls/\(call.sessionID)/recording")
        #expect(answer.status == 302 && answer.headers[.cacheControl] == "no-store")
        let location = try #require(answer.headers[.location])
        #expect(location.hasPrefix(APIWorld.publicURL + "/v1/recordings/rec_"))
        return String(location.dropFirst(APIWorld.publicURL.count))
    }

    @Test(arguments: [false, true]) func aLinkServesTheFileAndPartsOfIt(isSealed: Bool) async throws {
        let keys = isSealed ? StorageKeys(current: SymmetricKey(size: .bits256)) : nil
        let world = try await APIWorld().with(TestShelf(keys: keys))
        let call = try await recorded(world)
        try await world.serving(.live) { client in
            let path = try await link(world, client, call)
            let whole = try await world.send(client, .get, path, key: "none")
            #expect(whole.status == 200 && whole.bytes == Self.sound && whole.headers[.acceptRanges] == "bytes")
            #expect(whole.headers[.contentType] == "audio/wav")
            #expect(whole.headers[.contentDisposition]?.hasPrefix("inline; filename=\"rec_") == true)
            let head = try await world.send(client, .head, path)
            #expect(head.status == 200 && head.bytes.isEmpty && head.headers[.contentLength] == "40000")
            let ranges: [(range: String, from: Int, to: Int)] = [
                ("bytes=0-99", 0, 99), ("bytes=39990-", 39_990, 39_999), ("bytes=-10", 39_990, 39_999),
                ("bytes=39990-50000", 39_990, 39_999), ("BYTES=0-0", 0, 0),
            ]
            for (range, from, to) in ranges {
                let part = try await world.send(client, .get, path, headers: [.range: range])
                #expect(part.status == 206 && part.bytes == Array(Self.sound[from...to]), "\(range)")
                #expect(part.headers[.contentRange] == "bytes \(from)-\(to)/40000")
            }
            for range in ["bytes=0-1,5-9", "bytes=x", "lines=1-2", "bytes=9-1", "bytes=-"] {
                #expect(try await world.send(client, .get, path, headers: [.range: range]).status == 200, "\(range)")
            }
            for range in ["bytes=40000-", "bytes=-0", "bytes=99999999999999999999-"] {
                let refused = try await world.send(client, .get, path, headers: [.range: range])
                #expect(refused.status == 416 && refused.headers[.contentRange] == "bytes */40000", "\(range)")
            }
            let conditional: HTTPFields = [.range: "bytes=0-99", .ifRange: "\"abc\""]
            #expect(try await world.send(client, .get, path, headers: conditional).status == 200)
        }
    }

    @Test func aLinkThatWasChangedOrIsOldIsRefused() async throws {
        let world = try await APIWorld()
        let call = try await recorded(world)
        try await world.serving { client in
            let path = try await link(world, client, call)
            let signature = try #require(path.range(of: "signature="))
            let changed = [
                String(path[..<signature.upperBound]) + String(repeating: "0", count: 64),
                path.replacing("expires=1", with: "expires=2"), path.replacing("signature=", with: "s="),
            ]
            for path in changed {
                let refused = try await world.ask(client, .get, path)
                #expect(refused.status == 403 && refused.json["error"]?["code"] == "links.invalid", "\(path)")
            }
            world.clock.advance(by: .seconds(3599))
            #expect(try await world.send(client, .get, path).status == 200)
            world.clock.advance(by: .seconds(1))
            let expired = try await world.ask(client, .get, path)
            #expect(expired.status == 410 && expired.json["error"]?["code"] == "links.expired")
        }
    }

    @Test func aRecordingIsPendingThenThereThenGone() async throws {
        let world = try await APIWorld()
        try await world.claimNumber()
        let call = try await world.placeCall(record: true)
        try await world.answer(call)
        let path = "/v1/calls/\(call.sessionID)/recording"
        try await world.serving { client in
            let pending = try await world.ask(client, .get, path)
            #expect(pending.status == 202 && pending.headers[.retryAfter] == "10")
            #expect(pending.json == ["retry_after_seconds": 10, "status": "pending"])
            let mix = try await world.shelf.keep(world.context, call.id, Self.sound, duration: .seconds(5))
            #expect(try await world.ask(client, .get, path).status == 202)
            try await world.shelf.storeDue(world.context)
            #expect(try await world.send(client, .get, path).status == 302)
            try await world.shelf.store.delete("recordings/\(mix)")
            let gone = try await world.ask(client, .get, path)
            #expect(gone.status == 410 && gone.json["error"]?["code"] == "calls.recording_expired")
        }
    }

    @Test func aStoreThatIsAwayAndALostRecordingAreToldApart() async throws {
        var store: FaultyStore?
        let shelf = try TestShelf { folder in
            let faulty = FaultyStore(folder)
            store = faulty
            return faulty
        }
        let fault = try #require(store).fault
        let world = try await APIWorld().with(shelf)
        let call = try await recorded(world)
        let lost = try await world.placeCall(record: true)
        try await world.answer(lost)
        let mix = try await shelf.keep(world.context, lost.id)
        try FileManager.default.removeItem(atPath: shelf.folder.path("spool/\(mix)"))
        try await shelf.storeDue(world.context)
        try await world.serving { client in
            let path = try await link(world, client, call)
            fault.withLock { $0 = .before }
            for path in ["/v1/calls/\(call.sessionID)/recording", path] {
                let away = try await world.ask(client, .get, path)
                #expect(away.status == 503 && away.json["error"]?["code"] == "calls.recording_failed", "\(path)")
            }
            for method in [HTTPRequest.Method.get, .delete] {
                let gone = try await world.ask(client, method, "/v1/calls/\(lost.sessionID)/recording")
                #expect(gone.status == 410 && gone.json["error"]?["code"] == "recording_unavailable")
            }
        }
    }

    @Test func rangesAreReadAsHTTPAsks() {
        #expect(ByteRange(nil, size: 10) == .whole)
        #expect(ByteRange("bytes=2-4", size: 10) == .part(2...4))
        #expect(ByteRange("bytes=-20", size: 10) == .part(0...9))
        #expect(ByteRange("bytes=0-", size: 0) == .unsatisfiable)
        #expect(ByteRange("bytes=-5", size: 0) == .unsatisfiable)
        #expect(ByteRange("bytes=5", size: 10) == .whole)
        #expect(ByteRange("bytes=+1-2", size: 10) == .whole)
        #expect(ByteRange("bytes=1--2", size: 10) == .whole)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aRecordingIsDeletedAndSaysSo(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        let call = try await recorded(world)
        try await world.serving { client in
            let path = try await link(world, client, call)
            let storage = try await world.ask(client, .get, "/v1/storage").json
            #expect(storage["used_bytes"] == .integer(Int64(Self.sound.count)) && storage["free_gb"] == 5)
            #expect(try await world.ask(client, .get, "/v1/storage/tier").json == storage)
            let deleted = try await world.ask(client, .delete, "/v1/calls/\(call.sessionID)/recording")
            #expect(deleted.status == 200 && deleted.json["status"] == "deleted")
            for (method, path) in [
                (HTTPRequest.Method.get, "/v1/calls/\(call.sessionID)/recording"), (.get, path),
                (.delete, "/v1/calls/\(call.sessionID)/recording"),
            ] {
                let gone = try await world.ask(client, method, path)
                #expect(gone.status == 410 && gone.json["error"]?["code"] == "calls.recording_expired")
            }
            #expect(try await world.ask(client, .get, "/v1/storage").json["used_bytes"] == 0)
            let live = try await world.placeCall(record: true)
            try await world.answer(live)
            let early = try await world.ask(client, .delete, "/v1/calls/\(live.sessionID)/recording")
            #expect(early.json["error"]?["code"] == "calls.recording_pending")
            let body = #"{"retention_days": 90}"#
            #expect(try await world.ask(client, .patch, "/v1/storage/retention", body).status == 200)
            let retention = try await world.ask(client, .get, "/v1/storage/retention").json
            #expect(retention["retention_days"] == 90)
            for wrong in ["{}", #"{"retention_days": 0}"#, #"{"retention_days": "30"}"#] {
                #expect(try await world.ask(client, .patch, "/v1/storage/retention", wrong).status == 400)
            }
        }
    }
}
