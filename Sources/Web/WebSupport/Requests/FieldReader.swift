package import Platform

/// Reads the fields of an object and gathers all that is wrong with them, so that a client is told everything at once.
/// Fields that nobody asks for are left alone: real clients send more than they need.
package struct FieldReader {
    private let document: JSONValue
    private let aliases: [String: [String]]
    private var faults: [FieldFault] = []

    /// Reads a document.
    ///
    /// - Parameter aliases: other names of a field, in the order to look.
    package init(_ document: JSONValue, aliases: [String: [String]] = [:]) {
        self.document = document
        self.aliases = aliases
    }

    /// A string that must be there.
    package mutating func string(_ name: String) -> String {
        guard let value = value(name) else {
            refuse(name, "'\(name)' is required.")
            return ""
        }
        guard let text = text(value, name) else { return "" }
        if text.isEmpty { refuse(name, "'\(name)' must be a string that is not empty.") }
        return text
    }

    /// A string that may be missing or null.
    package mutating func optionalString(_ name: String) -> String? {
        value(name).flatMap { text($0, name) }
    }

    /// A string that replaces another: nil when it is missing, an inner nil when it is null, which takes the other away.
    package mutating func change(_ name: String) -> String?? {
        for candidate in [name] + aliases[name, default: []] {
            guard let value = document[candidate] else { continue }
            return value == .null ? .some(nil) : text(value, name).map { .some($0) }
        }
        return nil
    }

    /// A truth value; false when it is missing.
    package mutating func bool(_ name: String) -> Bool {
        guard let value = value(name) else { return false }
        guard case .bool(let answer) = value else {
            refuse(name, "'\(name)' must be true or false.")
            return false
        }
        return answer
    }

    /// A whole number that may be missing or null.
    package mutating func optionalInteger(_ name: String) -> Int64? {
        guard let value = value(name) else { return nil }
        guard case .integer(let number) = value else {
            refuse(name, "'\(name)' must be a whole number.")
            return nil
        }
        return number
    }

    /// A string, or an array with exactly one.
    package mutating func stringOrSingle(_ name: String) -> String {
        guard case .array(let items)? = value(name) else { return string(name) }
        guard items.count == 1, case .string(let text) = items[0], !text.isEmpty else {
            refuse(name, "'\(name)' must be one number; several at once are not supported yet.")
            return ""
        }
        return self.text(items[0], name) ?? ""
    }

    /// An array of strings that may be missing or null.
    package mutating func optionalStrings(_ name: String) -> [String]? {
        guard let value = value(name) else { return nil }
        guard case .array(let items) = value else {
            refuse(name, "'\(name)' must be an array of strings.")
            return nil
        }
        return items.enumerated().compactMap { text($0.element, "\(name)[\($0.offset)]") }
    }

    /// Refuses fields that mean something to other servers of this API and nothing here yet: to leave them out silently
    /// would do something else than the client asked for.
    package mutating func refuse(_ names: [String]) {
        for name in names where value(name) != nil {
            refuse(name, "'\(name)' is not supported by this server yet. Leave it out.")
        }
    }

    /// A part of the document as it is; nil when it is missing or null.
    package func raw(_ name: String) -> JSONValue? {
        value(name)
    }

    /// Adds what a deeper reader found.
    package mutating func add(_ error: PlatformError) {
        add(error.faults.isEmpty ? [FieldFault(error.field ?? "", error.message, code: error.code)] : error.faults)
    }

    /// Adds faults of fields that have none yet: the first word on a field is the one that helps.
    package mutating func add(_ found: [FieldFault]) {
        let named = Set(faults.map(\.field))
        faults += found.filter { !named.contains($0.field) }
    }

    /// Refuses the request if anything was wrong.
    ///
    /// - Throws: `PlatformError` with every fault.
    package func finish() throws(PlatformError) {
        if let error = PlatformError(faults) { throw error }
    }

    /// No database can store U+0000 in a text, and nobody means to send it.
    private mutating func text(_ value: JSONValue, _ name: String) -> String? {
        guard case .string(let text) = value else {
            refuse(name, "'\(name)' must be a string.")
            return nil
        }
        guard !text.utf8.contains(0) else {
            refuse(name, "'\(name)' must not contain U+0000.")
            return nil
        }
        return text
    }

    private mutating func refuse(_ name: String, _ message: String) {
        faults.append(FieldFault(name, message))
    }

    private func value(_ name: String) -> JSONValue? {
        for candidate in [name] + aliases[name, default: []] {
            if let value = document[candidate], value != .null { return value }
        }
        return nil
    }
}
