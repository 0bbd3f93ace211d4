import Foundation
import HTTPTypes
import HummingbirdTesting
import Platform
import Primitives
import TestSupport
import Testing
import WebSupport

@testable import SautikitAPI

/// Audio files over the API, from the form to the link.
@Suite struct UploadTests {
    @Test(arguments: TestDatabase.Engine.allCases)
    func aFileIsKeptUnderItsID(_ engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        try await world.serving(.live) { client in
            let made = try await world.postFile(client, APIWorld.wave)
            #expect(made.status == 201)
            let id = try #require(made.json["id"]?.stringValue)
            #expect(id.hasPrefix("aud_"))
            #expect(made.json["mime_type"]?.stringValue == "audio/wav")
            #expect(made.json["size_bytes"] == .integer(Int64(APIWorld.wave.count)))
            #expect(made.json["duration_ms"] == .integer(500))
            #expect(made.json["name"]?.stringValue == "greeting.wav")
            let url = try #require(made.json["url"]?.stringValue)
            #expect(url.hasPrefix(APIWorld.publicURL + "/v1/uploads/files/aud_"))
            let path = String(url.dropFirst(APIWorld.publicURL.count))
            let whole = try await world.send(client, .get, path, key: "none")
            #expect(whole.status == 200)
            #expect(whole.bytes == APIWorld.wave)
            #expect(whole.headers[.contentType] == "audio/wav")
            let part = try await world.send(client, .get, path, headers: [.range: "bytes=0-3"])
            #expect(part.status == 206)
            #expect(part.bytes == Array("RIFF".utf8))
            let list = try await world.ask(client, .get, "/v1/uploads/audio")
            #expect(list.json["data"]?.elements.first?["id"]?.stringValue == id)
            let found = try await world.send(client, .get, "/v1/uploads/audio/\(id)")
            #expect(found.status == 302)
            #expect(found.headers[.location]?.contains(id) == true)
            let gone = try await world.ask(client, .delete, "/v1/uploads/audio/\(id)")
            #expect(gone.json["status"]?.stringValue == "deleted")
            #expect(try await world.ask(client, .delete, "/v1/uploads/audio/\(id)").status == 404)
            let status1 = try await world.send(client, .get, path, key: "none").status
            #expect(status1 == 404)
            #expect(try await world.ask(client, .get, "/v1/uploads/audio").json["data"]?.elements.isEmpty == true)
            let audit = try await world.ask(client, .get, "/v1/audit")
            let actions = audit.json["data"]?.elements.compactMap { $0["action_kind"]?.stringValue } ?? []
            #expect(actions.prefix(2) == ["upload.removed", "upload.added"])
        }
    }

    @Test func pagesGoBack() async throws {
        let world = try await APIWorld()
        var ids: [String] = []
        for _ in 0..<3 { ids.insert(try await world.upload().id.uploadID, at: 0) }
        let all = ids
        try await world.serving { client in
            let first = try await world.ask(client, .get, "/v1/uploads/audio?limit=2")
            #expect(first.json["data"]?.elements.compactMap { $0["id"]?.stringValue } == Array(all.prefix(2)))
            let cursor = try #require(first.json["next_cursor"]?.stringValue)
            let second = try await world.ask(client, .get, "/v1/uploads/audio?limit=2&cursor=\(cursor)")
            #expect(second.json["data"]?.elements.compactMap { $0["id"]?.stringValue } == Array(all.suffix(1)))
            #expect(second.json["next_cursor"] == .null)
        }
    }

    /// The form's boundary is another with each attempt; the file is what counts.
    @Test func aRepetitionAnswersAsTheFirstDid() async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            let headers: HTTPFields = [.idempotencyKey: "upload-1"]
            let first = try await world.postFile(client, APIWorld.wave, boundary: "a", headers: headers)
            let again = try await world.postFile(client, APIWorld.wave, boundary: "b", headers: headers)
            #expect(first.status == 201)
            #expect(again.status == 201)
            #expect(first.json["id"] == again.json["id"])
            let other = try await world.postFile(client, APIWorld.wave.dropLast(2), headers: headers)
            #expect(other.json["error"]?["code"]?.stringValue == "idempotency.conflict")
            #expect(try await world.ask(client, .get, "/v1/uploads/audio").json["data"]?.elements.count == 1)
        }
    }

    @Test func whatCannotBeKeptIsRefused() async throws {
        var settings = PlatformSettings()
        settings.maxUploads = 1
        let world = try await APIWorld(settings: settings)
        try await world.serving { client in
            func code(_ answer: (status: Int, json: JSONValue)) -> String {
                "\(answer.status) \(answer.json["error"]?["code"]?.stringValue ?? "")"
            }
            let html = Array("<html><body>This is a page</body></html>".utf8)
            #expect(code(try await world.postFile(client, html)) == "400 uploads.not_audio")
            #expect(code(try await world.postFile(client, [])) == "400 uploads.not_audio")
            #expect(code(try await world.postFile(client, APIWorld.wave, field: "other")) == "400 request.invalid")
            let json = try await world.ask(client, .post, "/v1/uploads/audio", "{}")
            #expect(json.status == 400)
            let large = [UInt8](repeating: 0, count: Upload.largest + 1)
            #expect(code(try await world.postFile(client, large)) == "413 request.too_large")
            #expect(try await world.postFile(client, APIWorld.wave).status == 201)
            #expect(code(try await world.postFile(client, APIWorld.wave)) == "409 uploads.too_many")
        }
    }

    /// What is full says what fills it and how it gets room; what is deleted makes room, and nothing of it is charged.
    @Test(arguments: TestDatabase.Engine.allCases)
    func bytesOfAWorkspaceHaveALimit(_ engine: TestDatabase.Engine) async throws {
        let size = Int64(APIWorld.wave.count)
        var settings = PlatformSettings()
        settings.maxUploadedBytes = size * 2
        let world = try await APIWorld(engine, settings: settings)
        try await world.serving { client in
            let first = try await world.postFile(client, APIWorld.wave)
            #expect(try await world.postFile(client, APIWorld.wave).status == 201)
            let refused = try await world.postFile(client, APIWorld.wave)
            #expect(refused.status == 409)
            #expect(refused.json["error"]?["code"]?.stringValue == "uploads.too_many")
            let words = try #require(refused.json["error"]?["message"]?.stringValue)
            #expect(
                words.contains("2 files of at most 500") && words.contains("\(size * 2) bytes of at most \(size * 2)")
            )
            #expect(words.contains("DELETE /v1/uploads/audio/{id}"))
            let storage = try await world.ask(client, .get, "/v1/storage").json
            #expect(storage["used_bytes"] == 0)
            #expect(storage["uploads"]?["files"] == 2)
            #expect(storage["uploads"]?["used_bytes"] == .integer(size * 2))
            #expect(storage["uploads"]?["max_bytes"] == .integer(size * 2))
            let id = try #require(first.json["id"]?.stringValue)
            #expect(try await world.ask(client, .delete, "/v1/uploads/audio/\(id)").status == 200)
            #expect(try await PurgeUploads(world.context, vault: world.shelf.vault)() == 1)
            #expect(try await world.postFile(client, APIWorld.wave).status == 201)
        }
    }

    @Test func linksEndAndCannotBeChanged() async throws {
        let world = try await APIWorld()
        let (upload, other) = (try await world.upload(), try await world.upload())
        let path = UploadLink(world.context).path(of: upload, expiresAt: world.clock.now() + .seconds(10))
        try await world.serving { client in
            let status2 = try await world.send(client, .get, path, key: "none").status
            #expect(status2 == 200)
            let changed = path.replacing(upload.id.uploadID, with: other.id.uploadID)
            let status3 = try await world.send(client, .get, changed, key: "none").status
            #expect(status3 == 403)
            world.clock.advance(by: .seconds(10))
            let status4 = try await world.send(client, .get, path, key: "none").status
            #expect(status4 == 410)
        }
    }
}
