import Platform
import TestSupport

extension Customer {
    /// The id of the number.
    func numberID() async throws -> String {
        let numbers = try await server.ask("GET", "/v1/numbers", key: key)
        guard let id = numbers.json["numbers"]?.elements.first?["id"]?.stringValue else {
            throw WaitingTimeout(what: "a number in \(numbers.json.text)")
        }
        return id
    }

    /// A telephone's credential for the number.
    func credential() async throws -> (username: String, password: String) {
        let path = "/v1/numbers/\(try await numberID())/sip-credentials"
        let made = try await server.ask("POST", path, key: key, body: ["label": "Desk"])
        guard let username = made.json["username"]?.stringValue, let password = made.json["password"]?.stringValue
        else { throw WaitingTimeout(what: "a credential: \(made)") }
        return (username, password)
    }

    /// The newest call with a parent and the newest without, once both are there and neither is among `known`.
    func pair(besides known: Set<String> = []) async throws -> (parent: String, child: String) {
        try await Waiting.until { [self] in
            let all = try await server.ask("GET", "/v1/calls", key: key).json["data"]?.elements ?? []
            let new = all.filter { !known.contains($0["id"]?.stringValue ?? "") }
            let child = new.first { $0["parent_call_id"]?.stringValue != nil }
            guard let child, let parent = child["parent_call_id"]?.stringValue, let id = child["id"]?.stringValue else {
                return nil
            }
            return (parent, id)
        }
    }

    /// Waits until a call's story has so many steps of a kind, and returns them.
    @discardableResult
    func steps(_ kind: String, of id: String, count: Int = 1) async throws -> [JSONValue] {
        do {
            return try await Waiting.until(within: .seconds(30)) { [self] in
                let steps = try await read(id)["events"]?.elements.filter { $0["kind"] == .string(kind) } ?? []
                return steps.count >= count ? steps : nil
            }
        } catch is WaitingTimeout {
            throw WaitingTimeout(what: "\(count) \(kind) of \(try await read(id).text)")
        }
    }

    /// The keys that a call has heard, once there are as many as expected.
    func digits(of id: String, count: Int) async throws -> String {
        try await steps("media.digit", of: id, count: count)
            .map { $0["payload"]?["digit"]?.stringValue ?? "" }.joined()
    }

    /// Gives a command to a live call.
    func command(_ id: String, _ members: JSONMember...) async throws {
        let answer = try await server.ask("POST", "/v1/calls/\(id)/commands", key: key, body: .object(members))
        guard answer.status == 202 else { throw WaitingTimeout(what: "a command: \(answer.json.text)") }
    }

    /// Ends a call from our side.
    func hangUp(_ id: String) async throws {
        let answer = try await server.ask("POST", "/v1/calls/\(id)/hangup", key: key)
        guard answer.status == 200 else { throw WaitingTimeout(what: "a hang-up: \(answer.json.text)") }
    }

    /// A sum of the server's `/metrics`, by the text before it.
    func metric(_ name: String) async throws -> Double {
        let answer = try await server.fetch("GET", "\(server.url)/metrics")
        let lines = String(decoding: answer.data, as: UTF8.self).split(separator: "\n")
        return lines.first { $0.hasPrefix(name + " ") }.flatMap { Double($0.dropFirst(name.count + 1)) } ?? 0
    }
}
