import Foundation
import Platform
import SautikitAPI
import TestSupport
import Testing

/// The published schema and the parser say the same, as a validator sees it that was not written here.
@Suite struct VoiceSchemaTests {
    /// What the validator says of documents, in their order.
    private func verdicts(_ documents: [String]) async throws -> [Bool] {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
        let python = root.deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: ".build/test-tools/bin/python").path
        let folder = try TemporaryFolder("schema")
        let (schema, list) = (folder.path("schema.json"), folder.path("documents.json"))
        try Data(VoiceActionSchema.text.utf8).write(to: URL(filePath: schema))
        try Data("[\(documents.joined(separator: ","))]".utf8).write(to: URL(filePath: list))
        let script = root.appending(path: "Peers/check-documents.py").path
        let answer = try JSONValue(parsing: Data(try await Command.run(python, [script, schema, list]).utf8))
        return answer.elements.map { $0 == true }
    }

    private func isRead(_ text: String) -> Bool {
        let document = try? VoiceDocument.read(
            bytes: Array(text.utf8),
            contentType: "application/json",
            base: "https://shop.example.com/voice"
        )
        return document != nil
    }

    @Test func schemaAndParserAgree() async throws {
        let all = VoiceDocuments.good + VoiceDocuments.bad
        let verdicts = try await verdicts(all)
        #expect(verdicts.count == all.count)
        for (index, (document, isValid)) in zip(all, verdicts).enumerated() {
            let isGood = index < VoiceDocuments.good.count
            #expect(isValid == isGood, "the schema on \(document)")
            #expect(isRead(document) == isGood, "the parser on \(document)")
        }
    }

    @Test func whateverTheTypesCanSayIsValid() async throws {
        let documents = (0..<300 as Range<UInt64>).map { seed in
            var random = RandomVoiceActions(seed: seed)
            return (["actions": .array(random.document().map(\.json))] as JSONValue).text
        }
        let verdicts = try await verdicts(documents)
        for (document, isValid) in zip(documents, verdicts) { #expect(isValid, "\(document)") }
        #expect(verdicts.count == documents.count)
    }

    /// The tables of `docs/voice.md` have every parameter of the schema and no other.
    @Test func theTablesAreTheSchemas() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(contentsOf: root.appending(path: "docs/voice.md"), encoding: .utf8)
        let definitions = try JSONValue(parsing: Data(VoiceActionSchema.text.utf8))["$defs"]?.members ?? []
        var verbs: Set<String> = []
        for definition in definitions where definition.name.hasSuffix("Action") {
            guard let verb = definition.value["properties"]?.members.first else { continue }
            let section = page.split(separator: "\n## ").first { $0.hasPrefix("\(verb.name)\n") }
            let rows = try #require(section, "\(verb.name) has no section").split(separator: "\n")
                .compactMap { $0.wholeMatch(of: /\| `([A-Za-z]+)`.*/).map { String($0.1) } }
            // It is there to be refused.
            let names = Set(verb.value["properties"]?.members.map(\.name) ?? []).subtracting(["transcribe"])
            #expect(Set(rows) == names && rows.count == names.count, "\(verb.name)")
            verbs.insert(verb.name)
        }
        #expect(verbs.count == 11)
    }
}
