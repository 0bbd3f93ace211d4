import Platform
import WebSupport

/// The contract as Markdown for language models: an index (llmstxt.org), and a prompt that is enough to write a client with.
struct GuideText {
    private let document: OpenAPIDocument
    private let server: String

    init(_ document: OpenAPIDocument, server: String) {
        self.document = document
        self.server = server
    }

    /// `/llms.txt`: what there is, and where to read more.
    var index: String {
        var lines = ["# \(title)", "", "> \(summary)", "", "## Documentation", ""]
        lines += [
            "- [OpenAPI 3.1](\(server)/v1/openapi.json): every operation, field, error and example",
            "- [Build with AI](\(server)/docs/build-with-ai.md): the same as one prompt",
            "- [Errors](\(server)/docs/errors): every code with its cause and remedy",
            "- [Reference](\(server)/docs): for people",
        ]
        for (tag, operations) in byTag {
            lines += ["", "## \(tag)", ""]
            lines += operations.map { "- `\(name($0))`: \(text($0, "summary"))" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The whole contract, told to a model that writes a client.
    var prompt: String {
        var lines = [
            "You write a client for \(title), an HTTP API at \(server).",
            "Use only the operations below, with exactly these names. Keep the key in SAUTIKIT_API_KEY, on the server only.",
            "Send Idempotency-Key with what takes it, retry 429 and 503 after Retry-After, and check webhook signatures.",
            "", document.json["info"]?["description"]?.stringValue ?? "",
        ]
        for (tag, operations) in byTag {
            lines += ["", "# \(tag)"]
            for operation in operations { lines += ["", "## \(name(operation))", ""] + details(operation) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var title: String { document.json["info"]?["title"]?.stringValue ?? "" }
    private var summary: String { document.json["info"]?["summary"]?.stringValue ?? "" }

    /// The operations under their first tag, in the order of the document's tags; aliases are left out.
    private var byTag: [(tag: String, operations: [OpenAPIOperation])] {
        let canonical = document.operations.filter { !text($0, "operationId").contains("Alias") }
        return (document.json["tags"]?.elements ?? []).compactMap { tag in
            let name = tag["name"]?.stringValue ?? ""
            let operations = canonical.filter { $0.json["tags"]?.elements.first?.stringValue == name }
            return operations.isEmpty ? nil : (name, operations)
        }
    }

    private func name(_ operation: OpenAPIOperation) -> String {
        "\(operation.method.uppercased()) \(operation.path)"
    }

    private func text(_ operation: OpenAPIOperation, _ field: String) -> String {
        operation.json[field]?.stringValue ?? ""
    }

    private func details(_ operation: OpenAPIOperation) -> [String] {
        var lines = [text(operation, "description")]
        if let scope = operation.json["x-scope"]?.stringValue { lines.append("Scope: `\(scope)`.") }
        let parameters = operation.json["parameters"]?.elements.map(resolved) ?? []
        lines += parameters.map { parameter in
            let place = parameter["in"]?.stringValue ?? ""
            let about = (parameter["description"]?.stringValue ?? "").replacing("\n", with: " ")
            return "- `\(parameter["name"]?.stringValue ?? "")` (\(place)): \(about)"
        }
        if let body = operation.json["requestBody"].map(resolved) { lines += ["Request:"] + examples(body) }
        for response in operation.json["responses"]?.members ?? [] where response.name.hasPrefix("2") {
            lines += ["Answer \(response.name):"] + examples(resolved(response.value))
        }
        let codes = operation.json["x-error-codes"]?.elements.compactMap(\.stringValue) ?? []
        if !codes.isEmpty { lines.append("Errors of its own: " + codes.map { "`\($0)`" }.joined(separator: ", ")) }
        return lines
    }

    /// The first example of the first content.
    private func examples(_ message: JSONValue) -> [String] {
        guard let content = message["content"]?.members.first else { return ["no body"] }
        let example = content.value["example"] ?? content.value["examples"]?.members.first?.value["value"]
        guard let example else { return ["`\(content.name)`"] }
        return ["```", example.stringValue ?? example.text, "```"]
    }

    /// The part that a `$ref` of this document names.
    private func resolved(_ value: JSONValue) -> JSONValue {
        guard let path = value["$ref"]?.stringValue, path.hasPrefix("#/") else { return value }
        let found = path.dropFirst(2).split(separator: "/").reduce(Optional(document.json)) { $0?[String($1)] }
        return found ?? value
    }
}
