import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Platform
import Primitives
import TestSupport
import Testing

/// Thresholds and recipients over HTTP, and the pages of their mails.
@Suite struct AlertTests {
    private static let path = "/v1/wallet/alerts"

    private func mails(_ world: APIWorld) async throws -> [Mail] {
        let outbox = Outbox()
        _ = try await SendMails(world.context, mailer: outbox)()
        return outbox.mails.withLock { $0 }
    }

    /// The path and query of the link in a mail.
    private func link(_ mail: Mail?) throws -> String {
        let text = try #require(mail).text
        let start = try #require(text.range(of: APIWorld.publicURL + "/alerts/")).lowerBound
        return String(text[start...].prefix { !$0.isWhitespace }.dropFirst(APIWorld.publicURL.count))
    }

    private func open(
        _ client: any TestClientProtocol,
        _ method: HTTPRequest.Method,
        _ path: String,
        form: String? = nil
    ) async throws -> (status: Int, page: String) {
        let headers: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
        return try await client.execute(
            uri: path,
            method: method,
            headers: headers,
            body: form.map { ByteBuffer(string: $0) }
        ) { ($0.status.code, String(buffer: $0.body)) }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func thresholdsAreSetReadAndNoted(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        try await world.serving { client in
            let set = try await world.ask(client, .put, Self.path, #"{"thresholds_minor": [500, 9000, 1000]}"#)
            #expect(set.status == 200 && set.json["thresholds_minor"] == [500, 9000, 1000])
            #expect(try await world.ask(client, .get, Self.path).json == set.json)
            let wallet = try await world.ask(client, .get, "/v1/wallet").json
            #expect(wallet["low_balance_threshold_minor"] == 500)
            for method in [HTTPRequest.Method.put, .patch] {
                let minor: Int64 = method == .put ? 700 : 800
                let one = try await world.ask(
                    client,
                    method,
                    "/v1/wallet/threshold",
                    #"{"threshold_minor": \#(minor)}"#
                )
                #expect(one.json["thresholds_minor"] == .array([.integer(minor), 9000, 1000]))
            }
            let audit = try await world.ask(client, .get, "/v1/audit?action_kind=wallet.thresholds_changed")
            #expect(audit.json["data"]?.elements.count == 3)
            for wrong in ["{}", #"{"thresholds_minor": 5}"#, #"{"thresholds_minor": ["5"]}"#] {
                let refused = try await world.ask(client, .put, Self.path, wrong)
                #expect(refused.status == 400)
            }
            #expect(try await world.ask(client, .patch, "/v1/wallet/threshold", "{}").status == 400)
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func anAddressSaysYesAndNoByThePagesOfItsMails(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        try await world.serving { client in
            _ = try await world.ask(client, .patch, "/v1/wallet/threshold", #"{"threshold_minor": 99999}"#)
            let body = #"{"email": "finance@example.com"}"#
            let added = try await world.ask(client, .post, "\(Self.path)/recipients", body)
            #expect(added.status == 201 && added.json["status"] == "pending")
            let id = try #require(added.json["id"]?.stringValue)
            #expect(try await world.ask(client, .post, "\(Self.path)/recipients/\(id)/resend", "{}").status == 429)
            let confirm = try link(try await mails(world).first)
            // Looking at the page is not saying yes.
            #expect(try await open(client, .get, confirm).page.contains("Yes, write to me"))
            let recipients = try await world.ask(client, .get, "\(Self.path)/recipients")
            #expect(recipients.json["data"]?.elements.first?["status"] == "pending")
            let form = String(confirm.split(separator: "?")[1])
            #expect(try await open(client, .post, "/alerts/confirm", form: form).status == 200)
            #expect(try await open(client, .post, "/alerts/confirm", form: form).status == 403)
            let again = try await world.ask(client, .post, "\(Self.path)/recipients/\(id)/resend", "{}")
            #expect(again.json["error"]?["code"] == "alerts.already_confirmed")
            try await world.claimNumber()
            let stop = try link(try await mails(world).first)
            #expect(try await open(client, .get, stop).page.contains("Stop the alerts"))
            let oneClick = try await open(client, .post, stop, form: "List-Unsubscribe=One-Click")
            #expect(oneClick.status == 200 && oneClick.page.contains("finance@example.com is off the list"))
            #expect(try await world.ask(client, .get, "\(Self.path)/recipients").json["data"]?.elements == [])
            #expect(try await world.ask(client, .delete, "\(Self.path)/recipients/\(id)").status == 404)
            #expect(try await open(client, .post, "/alerts/stop?token=%3Cb%3E", form: "").status == 403)
        }
    }

    @Test func whoSignedInByAMailNeedsNoOther() async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            let cookie = try await world.signIn(client, "dev@example.com")
            let added = try await world.post(
                client,
                "\(Self.path)/recipients",
                #"{"email": "Dev@example.com"}"#,
                cookie: cookie
            )
            #expect(added.status == 201 && added.json["status"] == "confirmed")
            let id = try #require(added.json["id"]?.stringValue)
            let removed = try await world.ask(client, .delete, "\(Self.path)/recipients/\(id)")
            #expect(removed.status == 200 && removed.json["status"] == "removed")
        }
    }
}
