import Platform
import WebSupport

extension FieldReader {
    /// A role; `fallback` when it is missing, which is a fault without one.
    mutating func role(_ name: String, default fallback: Role? = nil) -> Role {
        let text = fallback == nil ? string(name) : optionalString(name)
        guard let text else { return fallback ?? .member }
        if let role = Role(rawValue: text) { return role }
        add([FieldFault(name, "'\(name)' is owner or member.")])
        return .member
    }
}
