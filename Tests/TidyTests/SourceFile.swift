import Foundation

/// One Swift file of the repository, as lines, with its path from the repository's root.
struct SourceFile {
    let path: String
    let lines: [String]

    /// The folder below `Sources/`: `Wire`, `Engines`, …; nil outside of it.
    var room: String? {
        let parts = path.split(separator: "/")
        return parts.first == "Sources" && parts.count > 2 ? String(parts[1]) : nil
    }

    /// The target's folder: the third part of a path in `Sources/`.
    var target: String? {
        let parts = path.split(separator: "/")
        return room != nil && parts.count > 3 ? String(parts[2]) : nil
    }

    /// The module names that the file imports, whatever their access level.
    var imports: [String] {
        lines.compactMap { line in
            let words = line.split(separator: " ")
            guard let index = words.firstIndex(of: "import"), index <= 2, index + 1 < words.count else { return nil }
            guard words[..<index].allSatisfy({ Self.importModifiers.contains($0) }) else { return nil }
            return String(words[index + 1].prefix { $0 != "." })
        }
    }

    /// Functions with the number of lines from `func`, `init` or `deinit` to the closing brace of the same indentation.
    ///
    /// The formatter is checked too, so indentation can be trusted.
    var functions: [(name: String, line: Int, length: Int)] {
        lines.indices.compactMap { start in
            guard Self.opensFunction(lines[start]) else { return nil }
            let indent = lines[start].prefix { $0 == " " }
            guard let end = lines[start...].firstIndex(of: indent + "}") else { return nil }
            return (lines[start].trimmingCharacters(in: .whitespaces), start + 1, end - start + 1)
        }
    }

    /// Lines that declare something `package` without a documentation comment above them.
    var undocumentedPackageDeclarations: [Int] {
        lines.indices.filter { index in
            let line = lines[index].trimmingCharacters(in: .whitespaces)
            guard line.hasPrefix("package ") else { return false }
            guard !line.hasPrefix("package import"), !line.hasPrefix("package extension") else { return false }
            return !isDocumented(index)
        }
        .map { $0 + 1 }
    }

    private static let importModifiers: Set<Substring> = [
        "package", "public", "internal", "private", "fileprivate", "@testable", "@preconcurrency",
    ]

    private static func opensFunction(_ line: String) -> Bool {
        let words = line.split { " (<?".contains($0) }
        guard let keyword = words.firstIndex(where: { ["func", "init", "deinit"].contains($0) }) else { return false }
        return words[..<keyword].allSatisfy { modifiers.contains($0) || $0.hasPrefix("@") }
    }

    private static let modifiers: Set<Substring> = [
        "package", "public", "internal", "private", "fileprivate", "static", "mutating", "nonisolated", "final",
        "override", "convenience", "required", "class", "borrowing", "consuming", "prefix", "postfix", "infix",
    ]

    private func isDocumented(_ index: Int) -> Bool {
        var above = index - 1
        while above >= 0 {
            let line = lines[above].trimmingCharacters(in: .whitespaces)
            if line.hasPrefix("///") { return true }
            guard line.hasPrefix("@") || line.hasPrefix("//") else { return false }
            above -= 1
        }
        return false
    }
}
