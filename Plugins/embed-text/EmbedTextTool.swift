import Foundation

/// Writes a Swift file that holds a text: `embed-text INPUT OUTPUT`.
@main enum EmbedTextTool {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else {
            FileHandle.standardError.write(Data("embed-text INPUT OUTPUT\n".utf8))
            exit(64)
        }
        let text = try String(contentsOfFile: arguments[1], encoding: .utf8)
        let source = """
            enum EmbeddedText {
                static let openAPI = ###\"""
            \(text)
            \"""###
            }

            """
        try source.write(toFile: arguments[2], atomically: true, encoding: .utf8)
    }
}
