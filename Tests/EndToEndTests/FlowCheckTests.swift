import Foundation
import Platform
import TestSupport
import Testing

/// `sautikit flow check`, as somebody who writes documents runs it: a file, no server.
@Suite(.timeLimit(.minutes(2))) struct FlowCheckTests {
    private func check(_ text: String, _ more: String...) async throws -> (status: Int, output: String) {
        let folder = try TemporaryFolder("flow")
        let path = folder.path("document")
        try Data(text.utf8).write(to: URL(filePath: path))
        let program = try RunningProgram(TestServer.binary, ["flow", "check", path] + more)
        return (Int(try await program.exitStatus()), program.output)
    }

    @Test func aDocumentThatIsRightIsSaidToBe() async throws {
        let text =
            #"{"actions": [{"dial": {"number": "0712345678", "timeLimit": 600}}, {"hangup": {}}, {"pause": {}}]}"#
        let people = try await check(text)
        #expect(people.status == 0 && people.output.contains("3 actions, 11 min at most"), "\(people.output)")
        #expect(people.output.contains("actions[2].pause: This and what follows never have their turn"))
        #expect(people.output.contains("actions[0].dial calls +254712345678 for 10 min at most"))
        let told = try JSONValue(parsing: Data(try await check(text, "--json").output.utf8))
        #expect(told["valid"] == true && told["worst_case"]?["seconds"] == 630)
        #expect(told["worst_case"]?["cost_minor"] == .null && told["warnings"]?.elements.count == 1)
    }

    @Test func whatIsWrongIsNamedAndEndsWithOne() async throws {
        let xml = "<Response><Say voice=\"bob\">Karibu</Say><Redirect>/menu</Redirect></Response>"
        let bad = try await check(xml)
        #expect(bad.status == 1 && bad.output.contains("2 faults") && bad.output.contains("Response.Say[0].voice: "))
        #expect(bad.output.contains("has no URL of its own"))
        let based = try await check(xml.replacing("bob", with: "man"), "--base", "https://shop.example.com/voice")
        #expect(based.status == 0 && based.output.contains("2 actions"))
        let told = try await check("no document", "--json")
        #expect(told.status == 1 && told.output.contains("\"valid\":false"))
        let wrongBase = try await check(xml, "--base", "shop")
        #expect(wrongBase.status == 64 && wrongBase.output.contains("--base"))
        let missing = try RunningProgram(TestServer.binary, ["flow", "check", "/nowhere/menu.json"])
        #expect(try await missing.exitStatus() == 1)
        #expect(missing.output.contains("cannot be read"))
    }

    @Test func standardInputIsRead() async throws {
        let command = "printf '<Response><Hangup/></Response>' | \"$0\" flow check -"
        let program = try RunningProgram("sh", ["-c", command, TestServer.binary])
        #expect(try await program.exitStatus() == 0)
        #expect(program.output.contains("1 action, 0 s at most"))
    }
}
