import Foundation
import HTTPTypes
import HummingbirdTesting
import Platform
import Primitives
import TestSupport
import Testing

@testable import SautikitAPI

/// Statements as pages and files.
@Suite struct StatementTests {
    private static let path = "/v1/wallet/statements"

    @Test(arguments: TestDatabase.Engine.allCases)
    func aStatementIsAPageOrAFile(engine: TestDatabase.Engine) async throws {
        var settings = PlatformSettings()
        settings.company.name = "Acme & <Sons>"
        settings.company.taxNumber = "P05\"1"
        let world = try await APIWorld(engine, settings: settings)
        let hostile = try await CreateWorkspace(world.context)(
            name: #"<script>alert("1")</script>&"#,
            email: "o@example.com",
            creditMinor: 1_234_567_89
        )
        world.clock.advance(by: .seconds(4 * 86_400))
        try await world.serving { client in
            let list = try await world.ask(client, .get, Self.path, key: hostile.apiKey)
            #expect(list.json["data"]?.elements.map { $0["month"] } == ["2026-06"])
            let path = "\(Self.path)/2026-06"
            let answer = try await world.send(client, .get, path, key: hostile.apiKey)
            #expect(answer.status == 200 && answer.headers[.contentType] == "text/html; charset=utf-8")
            #expect(answer.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'") == true)
            let page = String(decoding: answer.bytes, as: UTF8.self)
            #expect(!page.contains("<script") && !page.contains("<Sons>") && !page.contains("P05\"1"))
            #expect(page.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;"))
            #expect(page.contains("Acme &amp; &lt;Sons&gt;") && page.contains("1,234,567.89"))
            let lines = [
                "type,count,credit_minor,debit_minor,vat_minor,balance_minor", "opening_balance,,,,,0",
                "credit,1,123456789,0,0,", "total,1,123456789,0,0,", "closing_balance,,,,,123456789", "",
            ]
            for (query, accept) in [("?format=csv", "text/html"), ("", "text/csv")] {
                let headers: HTTPFields = [.accept: accept]
                let file = try await world.send(client, .get, path + query, key: hostile.apiKey, headers: headers)
                #expect(file.headers[.contentDisposition] == #"attachment; filename="statement-2026-06.csv""#)
                #expect(String(decoding: file.bytes, as: UTF8.self) == lines.joined(separator: "\r\n"))
            }
            // Theirs is not ours.
            let ours = try await world.send(client, .get, path)
            #expect(!String(decoding: ours.bytes, as: UTF8.self).contains("1,234,567.89"))
            #expect(try await world.ask(client, .get, "\(Self.path)/2026-07").status == 409)
            #expect(try await world.ask(client, .get, "\(Self.path)?cursor=june").status == 400)
            #expect(try await world.ask(client, .get, "\(Self.path)?cursor=2026-06").json["data"]?.elements == [])
            #expect(try await world.ask(client, .get, "\(Self.path)/june").status == 400)
            #expect(try await world.ask(client, .get, "\(path)?format=pdf").status == 400)
        }
    }

    @Test(
        arguments: [
            (0, "0.00"), (5, "0.05"), (-235, "−2.35"), (99_999, "999.99"), (100_000, "1,000.00"),
            (Int64.min, "−92,233,720,368,547,758.08"),
        ] as [(Int64, String)]
    )
    func amountsAreWrittenInFull(_ minor: Int64, _ text: String) {
        #expect(StatementPage.money(minor) == text)
    }
}
