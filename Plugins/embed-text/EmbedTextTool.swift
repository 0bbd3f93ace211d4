import Foundation

/// Writes a Swift file that holds texts: `embed-text OUTPUT NAME INPUT [NAME INPUT]...`.
@main enum EmbedTextTool {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count >= 3, arguments.count % 2 == 1 else {
            FileHandle.standardError.write(Data("embed-text OUTPUT NAME INPUT [NAME INPUT]...\n".utf8))
            exit(64)
        }
        let texts = try stride(from: 1, to: arguments.count, by: 2).map { index in
            """
                static let \(arguments[index]) = ###\"""
            \(try String(contentsOfFile: arguments[index + 1], encoding: .utf8))
            \"""###
            """
        }
        let source = "enum EmbeddedText {\n\(texts.joined(separator: "\n"))\n}\n"
        try source.write(toFile: arguments[0], atomically: true, encoding: .utf8)
    }
}
