package import Platform

/// A contract as it is served: what is written by hand, with the errors of the one table, the paths that are aliases and the
/// parts that every operation has put where they belong (OpenAPI 3.1.0).
package struct OpenAPIDocument: Sendable {
    /// The whole document.
    package let json: JSONValue
    /// Every operation, in the order of the document; aliases come last.
    package let operations: [OpenAPIOperation]

    /// Reads and completes a contract.
    ///
    /// - Parameter schemas: more of its `components/schemas`; those that it has itself stay as they are.
    /// - Throws: Yams' error for what is no YAML.
    package init(yaml: String, schemas: [JSONMember] = []) throws {
        let source = try YAMLDocument.parse(yaml)
        var paths: [JSONMember] = []
        var aliases: [JSONMember] = []
        var operations: [OpenAPIOperation] = []
        for path in source["paths"]?.members ?? [] {
            let shared = path.value["parameters"]?.elements ?? []
            var item: [JSONMember] = []
            for member in path.value.members {
                guard OpenAPIOperation.methods.contains(member.name) else {
                    item.append(member)
                    continue
                }
                let operation = OpenAPIOperation(path: path.name, method: member.name, written: member.value)
                operations.append(operation)
                item.append(JSONMember(member.name, operation.json))
                aliases += operation.aliases(parameters: shared)
            }
            paths.append(JSONMember(path.name, .object(item)))
        }
        for alias in aliases {
            for member in alias.value.members where OpenAPIOperation.methods.contains(member.name) {
                operations.append(OpenAPIOperation(path: alias.name, method: member.name, complete: member.value))
            }
            Self.merge(alias, into: &paths)
        }
        self.operations = operations
        json = Self.completed(source, paths, schemas)
    }

    /// An alias may be another method of a path that is there already.
    private static func merge(_ alias: JSONMember, into paths: inout [JSONMember]) {
        if let index = paths.firstIndex(where: { $0.name == alias.name }) {
            let known = paths[index].value.members
            let new = alias.value.members.filter { member in !known.contains { $0.name == member.name } }
            paths[index] = JSONMember(alias.name, .object(known + new))
        } else {
            paths.append(alias)
        }
    }

    private static func completed(
        _ source: JSONValue,
        _ paths: [JSONMember],
        _ schemas: [JSONMember]
    ) -> JSONValue {
        .object(
            source.members.map { member in
                switch member.name {
                case "paths": JSONMember("paths", .object(paths))
                case "components": JSONMember("components", components(member.value, schemas))
                default: member
                }
            }
        )
    }

    private static func components(_ written: JSONValue, _ more: [JSONMember]) -> JSONValue {
        var members = written.members.filter { $0.name != "examples" && $0.name != "schemas" }
        let schemas = written["schemas"]?.members ?? []
        let added = more.filter { member in !schemas.contains { $0.name == member.name } }
        let examples = (written["examples"]?.members ?? []) + ErrorExamples.all
        members += [JSONMember("schemas", .object(schemas + added)), JSONMember("examples", .object(examples))]
        return .object(members)
    }
}
