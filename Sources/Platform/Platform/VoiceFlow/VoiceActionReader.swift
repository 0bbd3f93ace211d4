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
        case "hangup": return hangup(members, verbPath)
        default:
            return fault(
                verbPath,
                "'\(verb.name)' is not a verb; play, pause and hangup are.",
                code: .actionUnsupported
            )
        }
    }

    private func play(_ members: [JSONMember], _ path: String) -> Result<VoiceAction, Failure> {
        let value = JSONValue.object(members)
        var faults = unknown(members, known: ["url", "loop"], path)
        var found: PlayAction.Sound?
        if case .string(let url)? = value["url"] { found = Self.sound(url) }
        if found == nil {
            faults.append(
                FieldFault(
                    "\(path).url",
                    "'url' is 'tone:HERTZ', 'tone:HERTZ,MILLISECONDS' (50 to 3400 Hz, up to 600000 ms) or 'prompt:NAME'."
                )
            )
        }
        let loop = integer(value["loop"], else: 1, in: 0...100)
        if loop == nil { faults.append(FieldFault("\(path).loop", "'loop' is 0 to 100; 0 plays once.")) }
        guard let found, let loop, faults.isEmpty else { return .failure(Failure(faults: faults)) }
        return .success(.play(PlayAction(found, loop: max(1, Int(loop)))))
    }

    private func pause(_ members: [JSONMember], _ path: String) -> Result<VoiceAction, Failure> {
        var faults = unknown(members, known: ["length"], path)
        let length = integer(JSONValue.object(members)["length"], else: 1, in: 1...3600)
        if length == nil { faults.append(FieldFault("\(path).length", "'length' is 1 to 3600 seconds.")) }
        guard let length, faults.isEmpty else { return .failure(Failure(faults: faults)) }
        return .success(.pause(.seconds(length)))
    }

    private func hangup(_ members: [JSONMember], _ path: String) -> Result<VoiceAction, Failure> {
        let faults = unknown(members, known: [], path)
        return faults.isEmpty ? .success(.hangup) : .failure(Failure(faults: faults))
    }

    private func unknown(_ members: [JSONMember], known: Set<String>, _ path: String) -> [FieldFault] {
        members.filter { !known.contains($0.name) }
            .map { FieldFault("\(path).\($0.name)", "'\($0.name)' is not known here.") }
    }

    /// The number, or `standard` when the field is missing; nil when it is something else or out of range.
    private func integer(_ value: JSONValue?, else standard: Int64, in range: ClosedRange<Int64>) -> Int64? {
        guard let value else { return standard }
        guard case .integer(let number) = value, range.contains(number) else { return nil }
        return number
    }

    private func fault<T>(_ field: String, _ message: String, code: ErrorCode = .requestInvalid) -> Result<T, Failure> {
        .failure(Failure(faults: [FieldFault(field, message, code: code)]))
    }

    private static func sound(_ url: String) -> PlayAction.Sound? {
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
