import Foundation
import HTTPTypes
import Platform
import SautikitAPI
import Testing
import WebSupport

/// What the documents say is what the code does.
@Suite struct DocumentTests {
    @Test func theTableOfScopesIsThatOfTheRoles() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "docs/accounts.md"), encoding: .utf8)
        var documented: [Scope: [Role: Bool]] = [:]
        for line in text.split(separator: "\n") where line.hasPrefix("| `") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            // A table of two columns is about something else.
            guard cells.count == 4 else { continue }
            for name in cells[0].split(separator: ",").map({
                $0.trimmingCharacters(in: CharacterSet(charactersIn: "` "))
            }) {
                let scope = try #require(Scope(rawValue: name), "\(name) is no scope")
                documented[scope] = [.member: cells[2] == "yes", .owner: cells[3] == "yes"]
            }
        }
        for scope in Scope.allCases {
            for role in Role.allCases {
                #expect(documented[scope]?[role] == role.scopes.contains(scope), "\(scope.rawValue) for \(role)")
            }
        }
    }

    @Test func everyErrorHasOneRow() {
        let rows = ErrorTable.areas.flatMap(\.entries)
        #expect(Set(rows.map(\.code)) == Set(ErrorCode.allCases) && rows.count == ErrorCode.allCases.count)
        for row in rows { #expect(row.cause.hasSuffix(".") && row.remedy.hasSuffix("."), "\(row.code.rawValue)") }
    }

    /// Every route of the server is in the contract, and the contract has no other; nobody may ask for more or less than it says.
    @Test func theContractHasEveryRoute() async throws {
        let operations = try SautikitDocument.make().operations
        let written = Set(operations.map { "\($0.method.uppercased()) \($0.path)" })
        let routes = Set(RouteAccess.all.map { "\($0.method.rawValue) \($0.path)" })
        #expect(written.subtracting(routes) == [] && routes.subtracting(written) == [])
        for route in RouteAccess.all {
            let operation = operations.first {
                $0.method == route.method.rawValue.lowercased() && $0.path == route.path
            }
            let schemes = Set((operation?.json["security"]?.elements ?? []).flatMap { $0.members.map(\.name) })
            let label: Comment = "\(route.method) \(route.path)"
            switch route.who {
            case .anybody: #expect(schemes == [], label)
            case .key: #expect(schemes == ["apiKey"], label)
            case .person: #expect(schemes == ["session"], label)
            case .scope(let scope), .selfOr(let scope):
                #expect(
                    schemes == ["apiKey", "session"] && operation?.json["x-scope"] == .string(scope.rawValue),
                    label
                )
            }
            #expect((operation?.json["x-works-suspended"] != false) == route.worksSuspended, label)
        }
    }

    @Test func theContractNamesErrorsThatThereAre() throws {
        for operation in try SautikitDocument.make().operations {
            let names = operation.json["x-error-codes"]?.elements.compactMap(\.stringValue) ?? []
            #expect(names.filter { ErrorCode(rawValue: $0) == nil } == [], "\(operation.method) \(operation.path)")
        }
    }

    @Test func whatIsMadeFromTheContractIsServed() async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            let contract = try await world.ask(client, .get, "/v1/openapi.json")
            #expect(contract.status == 200 && contract.json["openapi"] == "3.1.0")
            for path in ["/llms.txt", "/docs/build-with-ai.md"] {
                let text = String(decoding: try await world.send(client, .get, path).bytes, as: UTF8.self)
                #expect(text.contains("POST /v1/calls`") || text.contains("## POST /v1/calls\n"), "\(path)")
                #expect(text.contains(APIWorld.publicURL) && !text.contains("Alias"))
            }
            let errors = String(decoding: try await world.send(client, .get, "/docs/errors").bytes, as: UTF8.self)
            for code in ErrorCode.allCases { #expect(errors.contains("id=\"\(code.rawValue)\"")) }
            let refused = try await world.ask(client, .get, "/v1/calls/nothing")
            #expect(refused.json["error"]?["doc_url"] == .string("\(APIWorld.publicURL)/docs/errors#calls.not_found"))
            #expect(refused.json["error"]?["remedy"] == .string(ErrorCode.callNotFound.entry.remedy))
            #expect(try await world.send(client, .get, "/docs").status == 200)
            #expect(try await world.send(client, .get, "/docs/assets/docs.css").status == 200)
            for file in ["passwd", "..%2Faccounts.md", "swagger-ui-bundle.js.LICENSE.txt"] {
                #expect(try await world.send(client, .get, "/docs/assets/\(file)").status == 404)
            }
        }
    }
}
