import Foundation
import Platform
import Testing

/// `docs/voice.md` is right: its examples are read, and come in pairs that say the same.
@Suite struct VoiceDocumentationTests {
    @Test func everyExampleIsReadAndSaysTheSameInBothFormats() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let page = try String(contentsOf: root.appending(path: "docs/voice.md"), encoding: .utf8)
        let blocks = page.matches(of: /```(json|xml)\n((?s).*?)\n```/).map { ($0.1, String($0.2)) }
        #expect(blocks.count == 26 && blocks.enumerated().allSatisfy { $1.0 == ($0 % 2 == 0 ? "json" : "xml") })
        var verbs: Set<String> = []
        for index in stride(from: 0, to: blocks.count - 1, by: 2) {
            let json = try VoiceDocumentTests.read(blocks[index].1, type: "application/json", base: nil)
            let xml = try VoiceDocumentTests.read(blocks[index + 1].1, type: "text/xml", base: nil)
            #expect(json?.actions.isEmpty == false && json?.actions == xml?.actions, "\(blocks[index].1)")
            verbs.formUnion(json?.actions.map(\.verb) ?? [])
        }
        #expect(verbs.count == 11, "\(verbs)")
    }
}
