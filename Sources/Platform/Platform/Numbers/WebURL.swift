/// Checks the form of a customer's URL: the characters of RFC 3986, a host, and nobody's name or password. Which addresses may
/// really be called is decided when it is called, after DNS.
enum WebURL {
    static let longest = 2048

    static func faults(_ text: String, field: String) -> [FieldFault] {
        guard text.utf8.count <= longest else {
            return [FieldFault(field, "'\(field)' has at most \(longest) bytes.")]
        }
        // The contract has the same pattern: openapi.yaml, WebURLInput.
        let pattern =
            /[Hh][Tt][Tt][Pp][Ss]?:\/\/([A-Za-z0-9.\-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?([\/?#][A-Za-z0-9._~:\/?#@!$&'()*+,;=%\-]*)?/
        guard text.wholeMatch(of: pattern) != nil else {
            let message = "'\(field)' must be a percent-encoded https or http URL with a host and without a user name."
            return [FieldFault(field, message)]
        }
        return []
    }
}
