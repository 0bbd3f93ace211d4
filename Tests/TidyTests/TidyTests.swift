import Foundation
import Testing

/// The style that no formatter checks: lengths, arrows between rooms, documentation, and what must not be committed.
@Suite struct TidyTests {
    @Test func theTreeIsRead() {
        #expect(SourceTree.files.contains { $0.path == "Tests/TidyTests/TidyTests.swift" })
        #expect(Set(SourceTree.sources.compactMap(\.room)).isSuperset(of: ["Wire", "Platform", "App"]))
    }

    @Test func noFileIsTooLong() {
        let long = SourceTree.files.filter { $0.lines.count > HouseRules.longestFile + 1 }
        #expect(long.map { "\($0.path): \($0.lines.count) lines" } == [])
    }

    @Test func noFunctionIsTooLong() {
        let long = SourceTree.files.flatMap { file in
            file.functions.filter { $0.length > HouseRules.longestFunction }
                .map { "\(file.path):\($0.line): \($0.length) lines: \($0.name)" }
        }
        #expect(long == [])
    }

    @Test func importsFollowTheArrows() throws {
        let rooms = Dictionary(
            SourceTree.sources.compactMap { file in file.target.map { ($0, file.room ?? "") } },
            uniquingKeysWith: { first, _ in first }
        )
        var wrong: [String] = []
        for file in SourceTree.sources {
            let room = try #require(file.room)
            let allowed = try #require(HouseRules.allowedRooms[room], "no arrows are drawn for the room \(room)")
            let forbidden = HouseRules.forbiddenModules[room, default: []]
            for module in file.imports where forbidden.contains(module) || !allowed.contains(rooms[module] ?? room) {
                wrong.append("\(file.path) imports \(module)")
            }
        }
        #expect(wrong == [])
    }

    @Test func theDialectsDoNotImportEachOther() {
        let dialects: Set<String> = ["SautikitAPI", "SatasAPI", "Console"]
        let wrong = SourceTree.sources.filter { file in
            guard let target = file.target, dialects.contains(target) else { return false }
            return file.imports.contains { dialects.contains($0) && $0 != target }
        }
        #expect(wrong.map(\.path) == [])
    }

    @Test func packageDeclarationsAreDocumented() {
        let bare = SourceTree.sources.flatMap { file in
            file.undocumentedPackageDeclarations.map { "\(file.path):\($0)" }
        }
        #expect(bare == [])
    }

    @Test func whatIsLeftForLaterNamesItsIssue() {
        let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X:", "HA" + "CK"]
        let left = SourceTree.files.flatMap { file in
            file.lines.enumerated().filter { _, line in
                marks.contains { line.contains($0) } && line.firstMatch(of: #/issue \d+/#) == nil
            }
            .map { "\(file.path):\($0.offset + 1)" }
        }
        #expect(left == [])
    }

    @Test func nothingNamesThisMachine() {
        let home = ["/ro" + "ot/", "/ho" + "me/", SourceTree.root.deletingLastPathComponent().path + "/"]
        let wrong = SourceTree.files.flatMap { file in
            file.lines.enumerated().filter { _, line in home.contains { line.contains($0) } }
                .map { "\(file.path):\($0.offset + 1)" }
        }
        #expect(wrong == [])
    }

    @Test func sourcesDoNotTrapOrPrint() {
        let traps = ["try" + "! ", " as" + "! ", "fatal" + "Error(", " print" + "("]
        let wrong = SourceTree.sources.filter { $0.target != "sautikit" }.flatMap { file in
            file.lines.enumerated().filter { _, line in traps.contains { line.contains($0) } }
                .map { "\(file.path):\($0.offset + 1): \($0.element.trimmingCharacters(in: .whitespaces))" }
        }
        #expect(wrong == [])
    }
}
