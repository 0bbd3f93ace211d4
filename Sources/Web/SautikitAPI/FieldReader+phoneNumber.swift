import Platform
import WebSupport

extension FieldReader {
    /// Adds the fault of a number in a wrong form, unless its field is at fault already.
    mutating func requirePhoneNumber(_ text: String, _ field: String) {
        do {
            _ = try PhoneNumber(parsing: text, field: field)
        } catch {
            add(error)
        }
    }
}
