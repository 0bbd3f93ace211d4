extension VerbFields {
    /// A string of 1 to `longest` bytes; nil when it is missing.
    mutating func text(_ name: String, upTo longest: Int) -> String? {
        guard let text = string(name) else { return nil }
        if text.isEmpty {
            refuse(name, "'\(name)' must not be empty.")
        } else if text.utf8.count > longest {
            refuse(name, "'\(name)' has at most \(longest) bytes.")
        } else if text.utf8.contains(0) {
            refuse(name, "'\(name)' must not contain U+0000.")
        } else {
            return text
        }
        return nil
    }

    /// A string that must be there.
    mutating func requiredText(_ name: String, upTo longest: Int) -> String {
        guard has(name) else {
            _ = value(name)
            refuse(name, "'\(name)' is required.")
            return ""
        }
        return text(name, upTo: longest) ?? ""
    }

    /// A string that may be empty; nil when it is missing.
    mutating func string(_ name: String) -> String? {
        switch value(name) {
        case nil: return nil
        case .json(.string(let text)), .text(let text): return text
        case .json, .actions:
            refuse(name, "'\(name)' must be a string.")
            return nil
        }
    }

    /// One of the values of a type; nil when it is missing.
    mutating func choice<T: RawRepresentable<String> & CaseIterable>(_ name: String, of type: T.Type = T.self) -> T? {
        choice(name, of: T.allCases.map(\.rawValue)).flatMap(T.init)
    }

    /// One of some words; nil when it is missing.
    mutating func choice(_ name: String, of words: [String]) -> String? {
        guard let text = string(name) else { return nil }
        guard words.contains(text) else {
            refuse(name, "'\(name)' is one of \(words.joined(separator: ", ")).")
            return nil
        }
        return text
    }

    /// Words with white space, commas or bars between; nil when it is missing.
    ///
    /// - Parameter longest: the most words.
    mutating func words(_ name: String, upTo longest: Int) -> [String]? {
        guard let text = text(name, upTo: 1024) else { return nil }
        let words = text.split { " ,|".contains($0) }.map(String.init)
        guard (1...longest).contains(words.count) else {
            refuse(name, "'\(name)' has 1 to \(longest) words with spaces between.")
            return nil
        }
        return words
    }

    /// Some values of a type, with spaces between; none when it is missing.
    mutating func choices<T: RawRepresentable<String> & CaseIterable & Hashable>(_ name: String) -> Set<T> {
        guard let words = words(name, upTo: 32) else { return [] }
        let found = words.compactMap(T.init)
        if found.count < words.count {
            let all = T.allCases.map(\.rawValue).joined(separator: ", ")
            refuse(name, "'\(name)' has words of \(all), with spaces between.")
        }
        return Set(found)
    }

    /// Keys of a telephone, up to `most`; may be empty.
    mutating func keys(_ name: String, else standard: String, upTo most: Int) -> String {
        guard let keys = string(name) else { return standard }
        guard keys.count <= most, keys.allSatisfy({ "0123456789*#".contains($0) }) else {
            let what = most == 1 ? "one of 0 to 9, * and #" : "up to \(most) of 0 to 9, * and #"
            refuse(name, "'\(name)' is \(what), or empty for none.")
            return standard
        }
        return keys
    }

    /// How a URL is asked. POST when it is missing.
    mutating func method() -> CallbackMethod { choice("method") ?? .post }
}
