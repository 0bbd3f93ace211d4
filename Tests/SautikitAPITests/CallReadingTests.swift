import Foundation
import HTTPTypes
import HummingbirdTesting
import Platform
import Primitives
import TestSupport
import Testing

/// Sums, timelines and files of calls.
@Suite struct CallReadingTests {
    private func settle(_ world: APIWorld, _ call: Call, _ cause: HangupCause) async throws {
        try await SettleCall(world.context)(callID: call.id, ending: .init(cause: cause, endedAt: world.clock.now()))
    }

    /// One call completed yesterday; today one completed, one busy, one failed, and one that is live.
    private func fill(_ world: APIWorld) async throws {
        try await world.claimNumber()
        let early = try await world.placeCall()
        try await world.answer(early)
        world.clock.advance(by: .seconds(60))
        try await settle(world, early, .normalClearing)
        world.clock.advance(by: .seconds(86_400))
        let answered = try await world.placeCall()
        try await world.answer(answered)
        world.clock.advance(by: .seconds(47))
        try await settle(world, answered, .normalClearing)
        for cause in [HangupCause.userBusy, .networkOutOfOrder] { try await settle(world, world.placeCall(), cause) }
        _ = try await world.placeCall()
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func sumsAreOfTheSpanAndItsSlots(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        try await fill(world)
        try await world.serving { client in
            let today = try await world.ask(client, .get, "/v1/calls/stats")
            #expect(today.json["total"] == 4 && today.json["failed"] == 2 && today.json["spend_minor"] == 235)
            #expect(today.json["minutes_total"] == .double(0.78) && today.json["currency"] == "KES")
            #expect(today.json["series"] == nil)
            let week = try await world.ask(client, .get, "/v1/calls/stats?since=7d&bucket=day")
            guard case .array(let slots)? = week.json["series"] else {
                Issue.record("\(week.json)")
                return
            }
            #expect(week.json["total"] == 5 && week.json["spend_minor"] == 535 && slots.count == 7)
            #expect(slots[6]["start"] == "2026-06-27T21:00:00.000Z", "the 28th begins in Nairobi")
            #expect(slots[5]["completed"] == 1 && slots[5]["total"] == 1)
            #expect(slots[6]["completed"] == 1 && slots[6]["missed"] == 1 && slots[6]["failed"] == 1)
            #expect(slots[6]["total"] == 3 && slots[6]["outbound"] == 3 && slots[6]["spend_minor"] == 235)
            #expect(slots[0]["total"] == 0)
            let hours = try await world.ask(client, .get, "/v1/calls/stats?since=24h&bucket=hour")
            guard case .array(let list)? = hours.json["series"] else {
                Issue.record("\(hours.json)")
                return
            }
            #expect(list.count == 25 && list.last?["total"] == 3)
            let other = try await CreateWorkspace(world.context)(name: "Other", email: "o@example.com")
            let theirs = try await world.ask(client, .get, "/v1/calls/stats?since=month", key: other.apiKey)
            #expect(theirs.json["total"] == 0 && theirs.json["spend_minor"] == 0)
        }
    }

    @Test func callsOfAllTimeAreSummedAndFoundBySessionHoweverItIsSpelled() async throws {
        let world = try await APIWorld()
        try await world.claimNumber()
        let call = try await world.placeCall()
        try await world.serving { client in
            let stats = try await world.ask(client, .get, "/v1/calls/stats?since=0001-01-01T00:00:00Z")
            #expect(stats.json["total"] == 1)
            let name = call.sessionID.replacing("_", with: "%5F")
            for suffix in ["", "/events"] {
                #expect(try await world.ask(client, .get, "/v1/calls/\(name)\(suffix)").status == 200, "\(suffix)")
            }
            #expect(try await world.ask(client, .post, "/v1/calls/\(name)/hangup").status == 200)
            // A file has everything, whatever is said of pages.
            #expect(try await world.ask(client, .get, "/v1/calls/export?format=ndjson&limit=0").status == 200)
            let kinds = Array(repeating: "call.started", count: 21).joined(separator: ",")
            let many = try await world.ask(client, .get, "/v1/events?kind=\(kinds)")
            #expect(many.status == 400 && many.json["error"]?["field"] == "kind")
        }
    }

    @Test(arguments: [
        "since=never", "since=0d", "bucket=week", "since=2020-01-01T00:00:00Z&bucket=hour",
        "since=9999999999999999999d",
    ])
    func whatIsWrongIsNamed(_ query: String) async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            let answer = try await world.ask(client, .get, "/v1/calls/stats?\(query)")
            #expect(answer.status == 400)
            let field: JSONValue = query.hasPrefix("since") ? "since" : "bucket"
            #expect(answer.json["error"]?["field"] == field)
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func callsAreExportedWhateverTheirNumber(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        try await world.claimNumber()
        var request = CallRequest(workspaceID: world.workspaceID, from: APIWorld.number, to: "+254712345678")
        request.clientRequestID = #"=cmd|"a",b"#
        for _ in 0..<205 {
            let call = try await PlaceCall(world.context)(request).call
            try await settle(world, call, .userBusy)
        }
        try await world.serving(.live) { client in
            let csv = try await world.send(client, .get, "/v1/calls/export")
            #expect(csv.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(csv.headers[.contentDisposition] == #"attachment; filename="calls.csv""#)
            let lines = String(decoding: csv.bytes, as: UTF8.self).components(separatedBy: "\r\n")
            #expect(lines.count == 207 && lines[0].hasPrefix("id,session_id,direction,from,to,status"))
            #expect(lines[1].contains(",outbound,+254200000001,+254712345678,busy,"))
            #expect(lines[1].hasSuffix(#""'=cmd|""a"",b""#))
            let json = try await world.send(client, .get, "/v1/calls/export?format=ndjson&status=busy")
            let rows = String(decoding: json.bytes, as: UTF8.self).split(separator: "\n")
            #expect(rows.count == 205)
            let ids = try rows.map { try JSONValue(parsing: Data($0.utf8))["id"] }
            #expect(Set(ids.map { $0?.text ?? "" }).count == 205)
            #expect(try await world.ask(client, .get, "/v1/calls/export?format=xml").status == 400)
        }
    }

    @Test func aCallsTimelineIsReadByItself() async throws {
        let world = try await APIWorld()
        try await world.claimNumber()
        let call = try await world.placeCall()
        try await world.serving { client in
            let events = try await world.ask(client, .get, "/v1/calls/\(call.sessionID)/events")
            guard case .array(let rows)? = events.json["data"] else {
                Issue.record("\(events.json)")
                return
            }
            #expect(rows.map { $0["kind"] } == ["call.started"])
        }
    }
}
