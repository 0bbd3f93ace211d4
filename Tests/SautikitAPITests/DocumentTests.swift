import Foundation
import Platform
import Testing

/// What the documents say of who may do what is what the code does.
@Suite struct DocumentTests {
    @Test func theTableOfScopesIsThatOfTheRoles() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "docs/accounts.md"), encoding: .utf8)
        var documented: [Scope: [Role: Bool]] = [:]
        for line in text.split(separator: "\n") where line.hasPrefix("| `") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
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
}
