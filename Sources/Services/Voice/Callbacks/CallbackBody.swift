import Platform

/// The fields of a callback as they are sent.
struct CallbackBody {
    let contentType: String
    let text: String

    /// A JSON object of strings.
    static func json(_ fields: CallbackFields) -> CallbackBody {
        let members = fields.all.map { JSONMember($0.name, .string($0.value)) }
        return CallbackBody(contentType: "application/json", text: JSONValue.object(members).text)
    }

    /// `application/x-www-form-urlencoded`.
    static func form(_ fields: CallbackFields) -> CallbackBody {
        CallbackBody(contentType: "application/x-www-form-urlencoded", text: query(fields))
    }

    /// The same as a query.
    static func query(_ fields: CallbackFields) -> String {
        fields.all.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
            .joined(separator: "&")
    }
}
