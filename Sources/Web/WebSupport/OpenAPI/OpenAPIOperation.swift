import HTTPTypes
package import Platform

/// One method of one path of a contract.
package struct OpenAPIOperation: Sendable {
    static let methods: Set<String> = ["get", "put", "post", "patch", "delete"]

    /// The path with its parameters in braces.
    package let path: String
    /// Lower case.
    package let method: String
    /// The operation as it is served.
    package let json: JSONValue

    /// Takes an operation that is complete already.
    init(path: String, method: String, complete: JSONValue) {
        (self.path, self.method, json) = (path, method, complete)
    }

    /// Completes an operation that was written by hand: with its parameters, its errors, and what its extensions mean.
    init(path: String, method: String, written: JSONValue) {
        (self.path, self.method) = (path, method)
        let codes = Self.codes(written, method: method)
        var members: [JSONMember] = []
        var hasParameters = false
        for member in written.members where member.name != "x-aliases" {
            switch member.name {
            case "responses": members.append(JSONMember("responses", Self.responses(member.value, written, codes)))
            case "parameters":
                hasParameters = true
                members.append(JSONMember("parameters", .array(member.value.elements + Self.parameters(written))))
            default: members.append(member)
            }
        }
        let added = Self.parameters(written)
        if !hasParameters, !added.isEmpty { members.append(JSONMember("parameters", .array(added))) }
        json = .object(members)
        aliasPaths = (written["x-aliases"]?.elements ?? []).compactMap(\.stringValue)
    }

    private var aliasPaths: [String] = []

    /// The paths with the same meaning, each as a path item of its own.
    ///
    /// - Parameter shared: the parameters of all methods of this path.
    func aliases(parameters shared: [JSONValue]) -> [JSONMember] {
        aliasPaths.enumerated().map { index, alias in
            let members = json.members.map { member in
                switch member.name {
                case "operationId":
                    JSONMember("operationId", .string("\(member.value.stringValue ?? "")Alias\(index + 1)"))
                case "description":
                    JSONMember(
                        "description",
                        .string("The same as `\(method.uppercased()) \(path)`.\n\n\(member.value.stringValue ?? "")")
                    )
                default: member
                }
            }
            var item = [JSONMember(method, .object(members))]
            if path.contains("{") { item.append(JSONMember("parameters", .array(shared))) }
            return JSONMember(alias, .object(item))
        }
    }

    /// Any printable key is taken; a UUID is what clients send.
    private static let idempotencyKey: JSONValue = [
        "name": "Idempotency-Key", "in": "header",
        "description": "Makes a repetition harmless: the same key with the same body is answered as the first time.",
        "schema": ["anyOf": [["type": "string", "format": "uuid"], ["type": "string", "pattern": "^[!-~]{1,255}$"]]],
        "example": "6f7c2c52-8a0c-4f0e-9d5c-0d1d4f0a7b11",
    ]

    private static func parameters(_ written: JSONValue) -> [JSONValue] {
        written["x-idempotent"] == true ? [idempotencyKey] : []
    }

    private static func codes(_ written: JSONValue, method: String) -> [ErrorCode] {
        var codes = (written["x-error-codes"]?.elements ?? []).compactMap { $0.stringValue.flatMap(ErrorCode.init) }
        let schemes = Set((written["security"]?.elements ?? []).flatMap { $0.members.map(\.name) })
        if written["requestBody"] != nil { codes += [.requestMalformed, .requestInvalid, .requestTooLarge] }
        if written["x-idempotent"] == true {
            codes += [.idempotencyConflict, .idempotencyInProgress, .idempotencyKeyInvalid]
        }
        if written["x-works-suspended"] == false { codes.append(.workspaceSuspended) }
        if written["x-scope"] != nil { codes += [.scopeDenied, .writeDenied, .noWorkspace] }
        if !schemes.isEmpty {
            codes += [
                .keyInvalid, .keyRevoked, .keyExpired, .keyAddressDenied, .sessionInvalid, .rateLimitExceeded,
            ]
        }
        // Whatever a POST does, its key is taken while it runs.
        if !schemes.isEmpty, method == "post" { codes.append(.idempotencyInProgress) }
        if schemes.contains("session"), method != "get" { codes.append(.originRefused) }
        codes += [.requestNotFound, .methodNotAllowed, .internalError, .serviceUnavailable]
        var seen: Set<ErrorCode> = []
        return codes.filter { seen.insert($0).inserted }
    }

    /// The answers that are written, and one for each status of an error.
    private static func responses(_ successes: JSONValue, _ written: JSONValue, _ codes: [ErrorCode]) -> JSONValue {
        var responses = successes.members.map { member in
            member.name.hasPrefix("2") && written["x-idempotent"] == true
                ? JSONMember(member.name, replayable(member.value)) : member
        }
        let byStatus = Dictionary(grouping: codes) { ErrorTranslation.status($0).code }
        for status in byStatus.keys.sorted() {
            let error = ErrorExamples.response(byStatus[status] ?? [], status: status)
            if let index = responses.firstIndex(where: { $0.name == "\(status)" }) {
                responses[index] = JSONMember("\(status)", adding(error, to: responses[index].value))
            } else {
                responses.append(JSONMember("\(status)", error))
            }
        }
        return .object(responses)
    }

    /// The answer of a page, and the envelope for those who ask for none.
    private static func adding(_ error: JSONValue, to page: JSONValue) -> JSONValue {
        let contents = (page["content"]?.members ?? []) + (error["content"]?.members ?? [])
        let headers = (page["headers"]?.members ?? []) + (error["headers"]?.members ?? [])
        var members = page.members.filter { $0.name != "content" && $0.name != "headers" }
        if !headers.isEmpty { members.append(JSONMember("headers", .object(headers))) }
        members.append(JSONMember("content", .object(contents)))
        return .object(members)
    }

    private static func replayable(_ answer: JSONValue) -> JSONValue {
        let header = JSONMember(
            "Idempotent-Replay",
            [
                "description": "`true` when this is the answer to an earlier request with the same key.",
                "schema": ["type": "string", "enum": ["true"]],
            ]
        )
        let members = answer.members.filter { $0.name != "headers" }
        let headers = (answer["headers"]?.members ?? []) + [header]
        return .object(members + [JSONMember("headers", .object(headers))])
    }
}
