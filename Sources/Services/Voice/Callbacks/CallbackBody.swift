import Platform

/// A message as it is sent.
struct CallbackBody {
    let contentType: String
    let text: String

    /// A JSON object of strings.
    static func json(_ message: CallbackMessage) -> CallbackBody {
        let members = message.fields.map { JSONMember($0.name, .string($0.value)) }
        return CallbackBody(contentType: "application/json", text: JSONValue.object(members).text)
    }

    /// `application/x-www-form-urlencoded`.
    static func form(_ message: CallbackMessage) -> CallbackBody {
        CallbackBody(contentType: "application/x-www-form-urlencoded", text: query(message))
    }

    /// The same as a query.
    static func query(_ message: CallbackMessage) -> String {
        message.fields.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
            .joined(separator: "&")
    }
}
