import Foundation

/// Finds names that an object has twice: the library that reads JSON keeps one of them and says nothing.
struct JSONRepeatedNames {
    /// An object or an array that has begun. Changed in place: a copy of the names for each name would be too slow for long ones.
    private struct Level {
        let isObject: Bool
        var names: Set<String> = []
        /// The name whose value is being read, of an object.
        var current = ""
        /// Whether a string is a name, of an object.
        var expectsName = true
        /// The place of the value that is being read, of an array.
        var index = 0
    }

    private let bytes: [UInt8]
    private let root: String
    private var levels: [Level] = []
    private var found: [String] = []

    /// The paths of the names that are there already, up to a hundred.
    ///
    /// - Parameters:
    ///   - bytes: JSON that has been read before; what is none gives paths without a meaning.
    ///   - root: the path of the document when it is an array.
    static func paths(in bytes: [UInt8], root: String) -> [String] {
        var finder = JSONRepeatedNames(bytes: bytes, root: root)
        finder.run()
        return finder.found
    }

    private init(bytes: [UInt8], root: String) {
        self.bytes = bytes
        self.root = root
    }

    private mutating func run() {
        var index = 0
        while index < bytes.count, found.count < FaultList.longest {
            switch bytes[index] {
            case UInt8(ascii: "{"): levels.append(Level(isObject: true))
            case UInt8(ascii: "["): levels.append(Level(isObject: false))
            case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = levels.popLast()
            case UInt8(ascii: ","): next()
            case UInt8(ascii: "\""):
                let end = endOfString(from: index + 1)
                meet(index..<min(end + 1, bytes.count))
                index = end
            default: break
            }
            index += 1
        }
    }

    /// Where the string's closing quote is.
    private func endOfString(from start: Int) -> Int {
        var index = start
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return index
    }

    private mutating func next() {
        guard let last = levels.indices.last else { return }
        levels[last].expectsName = true
        levels[last].index += 1
    }

    private mutating func meet(_ quoted: Range<Int>) {
        guard let last = levels.indices.last, levels[last].isObject, levels[last].expectsName else { return }
        let name = name(quoted)
        levels[last].expectsName = false
        levels[last].current = name
        if !levels[last].names.insert(name).inserted { found.append(path) }
    }

    /// The name without its quotes, and with its escapes resolved.
    private func name(_ quoted: Range<Int>) -> String {
        let raw = bytes[quoted]
        guard raw.contains(UInt8(ascii: "\\")) else {
            return String(decoding: raw.dropFirst().dropLast(), as: UTF8.self)
        }
        let decoded = try? JSONValue(parsing: Data(raw))
        return decoded?.stringValue ?? String(decoding: raw, as: UTF8.self)
    }

    private var path: String {
        levels.reduce(into: "") { path, level in
            if level.isObject {
                path += (path.isEmpty ? "" : ".") + WrittenName.cut(level.current)
            } else {
                path += (path.isEmpty ? root : "") + "[\(level.index)]"
            }
        }
    }
}
