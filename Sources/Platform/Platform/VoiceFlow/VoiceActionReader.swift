/// Reads one action at a path of the document.
struct VoiceActionReader {
    struct Failure: Error {
        let faults: [FieldFault]
    }

    let path: String

    func read(_ item: JSONValue, later: Set<String>) -> Result<VoiceAction, Failure> {
        guard case .object(let verbs) = item, verbs.count == 1, let verb = verbs.first else {
            return fault(path, "An action is an object with exactly one verb.")
        }
        let verbPath = "\(path).\(verb.name)"
        if later.contains(verb.name) {
            return fault(
                verbPath,
                "'\(verb.name)' is not supported yet; play, pause and hangup are.",
                code: .actionUnsupported
            )
        }
        guard case .object(let members) = verb.value else { return fault(verbPath, "'\(verb.name)' takes an object.") }
        switch verb.name {
        case "play": return play(members, verbPath)
        case "pause": return pause(members, verbPath)
        case "hangup": return check(members, known: [], verbPath).map { .hangup }
        default:
            return fault(
                verbPath,
                "'\(verb.name)' is not a verb; play, pause and hangup are.",
                code: .actionUnsupported
            )
        }
    }

    private func play(_ members: [JSONMember], _ path: String) -> Result<VoiceAction, Failure> {
        check(members, known: ["url", "loop"], path).flatMap {
            let value = JSONValue.object(members)
            guard case .string(let url)? = value["url"], let sound = Self.sound(url) else {
                return fault(
                    "\(path).url",
                    "'url' is 'tone:HERTZ', 'tone:HERTZ,MILLISECONDS' (50 to 3400 Hz, up to 600000 ms) or 'prompt:NAME'."
                )
            }
            guard let loop = value["loop"] else { return .success(.play(sound, loop: 1)) }
            guard case .integer(let times) = loop, (0...100).contains(times) else {
                return fault("\(path).loop", "'loop' is 0 to 100; 0 plays once.")
            }
            return .success(.play(sound, loop: max(1, Int(times))))
        }
    }

    private func pause(_ members: [JSONMember], _ path: String) -> Result<VoiceAction, Failure> {
        check(members, known: ["length"], path).flatMap {
            guard let length = JSONValue.object(members)["length"] else { return .success(.pause(.seconds(1))) }
            guard case .integer(let seconds) = length, (1...3600).contains(seconds) else {
                return fault("\(path).length", "'length' is 1 to 3600 seconds.")
            }
            return .success(.pause(.seconds(seconds)))
        }
    }

    private func check(_ members: [JSONMember], known: Set<String>, _ path: String) -> Result<Void, Failure> {
        let unknown = members.filter { !known.contains($0.name) }
        if unknown.isEmpty { return .success(()) }
        return .failure(
            Failure(faults: unknown.map { FieldFault("\(path).\($0.name)", "'\($0.name)' is not known here.") })
        )
    }

    private func fault<T>(_ field: String, _ message: String, code: ErrorCode = .requestInvalid) -> Result<T, Failure> {
        .failure(Failure(faults: [FieldFault(field, message, code: code)]))
    }

    private static func sound(_ url: String) -> VoiceAction.Sound? {
        let parts = url.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        if parts[0] == "prompt" {
            let isName =
                (1...64).contains(parts[1].count)
                && parts[1].allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
            return isName ? .prompt(String(parts[1])) : nil
        }
        let numbers = parts[1].split(separator: ",", omittingEmptySubsequences: false)
        guard parts[0] == "tone", let hertz = numbers.first.flatMap({ Int($0) }), (50...3400).contains(hertz) else {
            return nil
        }
        if numbers.count == 1 { return .tone(hertz: hertz, .seconds(5)) }
        guard numbers.count == 2, let milliseconds = Int(numbers[1]), (20...600_000).contains(milliseconds) else {
            return nil
        }
        return .tone(hertz: hertz, .milliseconds(milliseconds))
    }
}
