import Platform
import WebSupport

/// Limits to set or to take away, as a body names them: a number or a list sets one, `null` takes it away, and what is missing
/// stays.
struct LimitsChange: Sendable {
    private static let numbers: [(String, any WritableKeyPath<Limits, Int64?> & Sendable)] = [
        ("max_concurrent_calls", \.concurrentCalls), ("calls_per_second", \.callsPerSecond),
        ("spend_per_day_minor", \.spendPerDayMinor), ("longest_call_seconds", \.longestCallSeconds),
    ]
    private static let lists: [(String, any WritableKeyPath<Limits, [String]?> & Sendable)] = [
        ("countries", \.countries), ("high_risk_prefixes", \.highRiskPrefixes),
    ]

    private var steps: [@Sendable (inout Limits) -> Void] = []

    /// Reads an object.
    ///
    /// - Parameter prefix: stands before the names of its fields in refusals.
    init(_ document: JSONValue, prefix: String = "") throws(PlatformError) {
        var faults: [FieldFault] = []
        for (name, path) in Self.numbers {
            switch document[name] {
            case nil: continue
            case .null: steps.append { $0[keyPath: path] = nil }
            case .integer(let value): steps.append { $0[keyPath: path] = value }
            default: faults.append(FieldFault(prefix + name, "'\(prefix)\(name)' must be a whole number or null."))
            }
        }
        for (name, path) in Self.lists {
            guard let value = document[name] else { continue }
            if value == .null {
                steps.append { $0[keyPath: path] = nil }
            } else if let texts = Self.texts(value) {
                steps.append { $0[keyPath: path] = texts }
            } else {
                faults.append(
                    FieldFault(prefix + name, "'\(prefix)\(name)' must be a list of at most 300 strings, or null.")
                )
            }
        }
        if let fault = PlatformError(faults) { throw fault }
    }

    /// The change as a closure.
    var step: @Sendable (inout Limits) -> Void {
        { apply(to: &$0) }
    }

    func apply(to limits: inout Limits) {
        for step in steps { step(&limits) }
    }

    /// The member `limits` of a key's body; nil when it is missing.
    static func member(of reader: inout FieldReader) -> LimitsChange? {
        guard let value = reader.raw("limits") else { return nil }
        guard case .object = value else {
            reader.add([FieldFault("limits", "'limits' must be an object.")])
            return nil
        }
        do {
            return try LimitsChange(value, prefix: "limits.")
        } catch {
            reader.add(error)
            return nil
        }
    }

    private static func texts(_ value: JSONValue) -> [String]? {
        guard case .array(let items) = value, items.count <= 300 else { return nil }
        let texts = items.compactMap(\.stringValue)
        return texts.count == items.count ? texts : nil
    }
}
