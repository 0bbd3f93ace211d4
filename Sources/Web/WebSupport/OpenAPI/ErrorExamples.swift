import Platform

/// The table of errors as examples of a contract, one for each code.
enum ErrorExamples {
    static let all: [JSONMember] = ErrorTable.areas.flatMap(\.entries).map { entry in
        let code = entry.code.rawValue
        return JSONMember(
            code,
            [
                "summary": .string(entry.cause),
                "value": [
                    "error": [
                        "code": .string(code), "message": .string(entry.cause), "remedy": .string(entry.remedy),
                        "doc_url": .string("https://sautikit.example.com/docs/errors#\(code)"),
                        "request_id": "req_01kw48b580e978f2f8e256mrzc",
                    ], "message": .string(entry.cause),
                ],
            ]
        )
    }

    /// The answer to all errors of one status.
    static func response(_ codes: [ErrorCode], status: Int) -> JSONValue {
        let names = codes.map(\.rawValue)
        let schema: JSONValue = [
            "allOf": [
                ["$ref": "#/components/schemas/Error"],
                [
                    "properties": [
                        "error": ["properties": ["code": ["enum": .array(names.map { .string($0) })]]]
                    ]
                ],
            ]
        ]
        let examples = names.map { name in
            JSONMember(name, ["$ref": .string("#/components/examples/\(name)")])
        }
        var members: [JSONMember] = [
            JSONMember("description", .string(names.map { "`\($0)`" }.joined(separator: ", ")))
        ]
        if let headers = headers(status) { members.append(JSONMember("headers", headers)) }
        members.append(
            JSONMember("content", ["application/json": ["schema": schema, "examples": .object(examples)]])
        )
        return .object(members)
    }

    private static func headers(_ status: Int) -> JSONValue? {
        switch status {
        case 401: ["WWW-Authenticate": header("How to authenticate.", #"Bearer realm="sautikit""#)]
        case 405: ["Allow": header("The methods that the path takes.", "GET, HEAD, POST")]
        case 429, 503: ["Retry-After": header("Seconds to wait.", "2")]
        default: nil
        }
    }

    private static func header(_ description: String, _ example: String) -> JSONValue {
        [
            "description": .string(description), "required": true, "schema": ["type": "string"],
            "example": .string(example),
        ]
    }
}
