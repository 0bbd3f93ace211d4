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
            faults.append(FieldFault(name, "'\(name)' is required."))
            return ""
        }
        guard case .string(let text) = value, !text.isEmpty else {
            faults.append(FieldFault(name, "'\(name)' must be a string that is not empty."))
            return ""
        }
        return text
    }

    /// A string that may be missing or null.
    package mutating func optionalString(_ name: String) -> String? {
        guard let value = value(name) else { return nil }
        guard case .string(let text) = value else {
            faults.append(FieldFault(name, "'\(name)' must be a string."))
            return nil
        }
        return text
    }

    /// A truth value; false when it is missing.
    package mutating func bool(_ name: String) -> Bool {
        guard let value = value(name) else { return false }
        guard case .bool(let answer) = value else {
            faults.append(FieldFault(name, "'\(name)' must be true or false."))
            return false
        }
        return answer
    }

    /// A whole number that may be missing or null.
    package mutating func optionalInteger(_ name: String) -> Int64? {
        guard let value = value(name) else { return nil }
        guard case .integer(let number) = value else {
            faults.append(FieldFault(name, "'\(name)' must be a whole number."))
            return nil
        }
        return number
    }

    /// A string, or an array with exactly one.
    package mutating func stringOrSingle(_ name: String) -> String {
        guard case .array(let items)? = value(name) else { return string(name) }
        guard items.count == 1, case .string(let text) = items[0], !text.isEmpty else {
            faults.append(FieldFault(name, "'\(name)' must be one number; several at once are not supported yet."))
            return ""
        }
        return text
    }

    /// A part of the document as it is; nil when it is missing or null.
    package func raw(_ name: String) -> JSONValue? {
        value(name)
    }

    /// Adds what a deeper reader found.
    package mutating func add(_ error: PlatformError) {
        faults += error.faults.isEmpty ? [FieldFault(error.field ?? "", error.message, code: error.code)] : error.faults
    }

    /// Refuses the request if anything was wrong.
    ///
    /// - Throws: `PlatformError` with every fault.
    package func finish() throws(PlatformError) {
        if let error = PlatformError(faults) { throw error }
    }

    private func value(_ name: String) -> JSONValue? {
        for candidate in [name] + aliases[name, default: []] {
            if let value = document[candidate], value != .null { return value }
        }
        return nil
    }
}
