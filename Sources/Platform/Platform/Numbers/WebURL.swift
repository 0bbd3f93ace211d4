import Foundation

/// Checks the form of a customer's URL. Which addresses may really be called is decided when it is called, after DNS.
enum WebURL {
    static let longest = 2048

    static func faults(_ text: String, field: String) -> [FieldFault] {
        guard text.utf8.count <= longest else {
            return [FieldFault(field, "'\(field)' has at most \(longest) bytes.")]
        }
        let parts = URLComponents(string: text)
        let isWeb = parts?.scheme?.lowercased() == "https" || parts?.scheme?.lowercased() == "http"
        guard let parts, isWeb, let host = parts.host, !host.isEmpty, parts.user == nil, parts.password == nil else {
            return [FieldFault(field, "'\(field)' must be an absolute https URL without a user name.")]
        }
        return []
    }
}
