import AsyncHTTPClient
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1
import Platform
import TestSupport
import Testing

/// A person signs in to the real server: the mail travels by SMTP to the sandbox's mailbox, and its link works.
@Suite struct SignInTests {
    @Test func aPersonSignsInByMailAndOpensAWorkspace() async throws {
        let server = try await TestServer(isSandbox: true)
        let email = "Achieng@example.com"
        let sent = try await server.ask("POST", "/v1/auth/magic-link", body: ["email": .string(email)])
        #expect(sent.status == 202 && sent.json["status"] == "sent")
        let text = try await Waiting.until {
            let box = try await server.ask("GET", "/sandbox/mailbox.json?recipient=achieng@example.com").json
            guard case .array(let mails)? = box["mails"], case .string(let text)? = mails.first?["text"] else {
                return nil as String?
            }
            return text
        }
        let link = try #require(text.split(separator: "\n").first { $0.hasPrefix(server.url) })
        let token = try #require(link.split(separator: "=").last)
        let page = try await server.fetch("GET", "\(server.url)/sandbox/mailbox")
        #expect(String(decoding: page.data, as: UTF8.self).contains("<a href=\"\(link)\""))

        var request = HTTPClientRequest(url: "\(server.url)/v1/auth/magic-link/verify")
        request.method = .POST
        request.body = .bytes(ByteBuffer(string: #"{"token": "\#(token)"}"#))
        let answer = try await HTTPClient.withoutRedirects.execute(request, timeout: .seconds(20))
        let cookie = try #require(answer.headers.first(name: "Set-Cookie")?.split(separator: ";").first)
        let headers = ["Cookie": String(cookie)]
        let opened = try await server.ask(
            "POST",
            "/v1/auth/onboarding",
            body: ["name": "Achieng", "workspace_name": "Duka", "country": "KE", "currency": "KES"],
            headers: headers
        )
        #expect(opened.status == 201 && opened.json["slug"] == "duka")
        let wallet = try await server.ask("GET", "/v1/wallet", headers: headers)
        #expect(wallet.json["workspace_id"] == opened.json["workspace_id"])
        #expect(try await server.stop() == 0)
    }
}
