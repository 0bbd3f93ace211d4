extension DialAction {
    /// The most numbers that are called at once.
    static let mostNumbers = 10

    private static let word = ASCIISet(ASCIISet.alphanumerics + "._-")
    private static let targets = ["number", "numbers", "sip", "device"]

    /// Reads the parameters (facts section 9).
    init(_ fields: inout VerbFields) {
        let limit = fields.integer("timeLimit", else: 0, in: 1...14_400, of: "seconds", zeroIsStandard: true)
        self.init(
            Self.target(&fields),
            callerID: fields.phoneNumber("callerId"),
            timeout: .seconds(fields.integer("timeout", else: 30, in: 5...600, of: "seconds", zeroIsStandard: true)),
            recording: Self.recording(&fields),
            recordingChannels: fields.choice("recordingChannels") ?? .mono,
            action: fields.url("action"),
            whisper: fields.prompts("whisper"),
            timeLimit: limit == 0 ? nil : .seconds(limit)
        )
    }

    private static func target(_ fields: inout VerbFields) -> Target {
        let given = targets.filter(fields.has)
        for name in targets { _ = fields.value(name) }
        guard given.count == 1 else {
            fields.refuse("'dial' takes exactly one of \(targets.joined(separator: ", ")).")
            return .numbers([])
        }
        switch given[0] {
        case "number": return .numbers(fields.phoneNumber("number").map { [$0] } ?? [])
        case "numbers": return .numbers(numbers(&fields))
        case "sip": return .sip(sip(&fields))
        default: return .device(device(&fields))
        }
    }

    private static func numbers(_ fields: inout VerbFields) -> [String] {
        let path = fields.path(of: "numbers")
        guard case .json(.array(let items)) = fields.value("numbers"), (1...mostNumbers).contains(items.count) else {
            fields.refuse("numbers", "'numbers' must be an array of 1 to \(mostNumbers) phone numbers.")
            return []
        }
        let numbers = items.enumerated().compactMap { index, item in
            fields.phoneNumber(item.stringValue ?? "", at: "\(path)[\(index)]")
        }
        if numbers.count == items.count, Set(numbers).count < numbers.count {
            fields.refuse("numbers", "'numbers' must not name a phone twice.")
        }
        return numbers
    }

    /// Whether its host may be called is decided by whoever knows the operator's list.
    private static func sip(_ fields: inout VerbFields) -> String {
        let uri = fields.requiredText("sip", upTo: SIPAddress.longest)
        if uri.isEmpty { return uri }
        do throws(SIPAddressFault) {
            _ = try SIPAddress(parsing: uri)
        } catch {
            fields.refuse("sip", error.message)
        }
        return uri
    }

    private static func device(_ fields: inout VerbFields) -> String {
        let name = fields.requiredText("device", upTo: 64)
        if !name.isEmpty, !word.containsAll(of: name) {
            fields.refuse("device", "'device' is the user name of a SIP credential.")
        }
        return name
    }

    /// One of the two words, or a truth value.
    private static func recording(_ fields: inout VerbFields) -> Recording? {
        switch fields.value("record") {
        case nil, .json(.bool(false)), .text("false"): return nil
        case .json(.bool(true)), .text("true"): return .fromAnswer
        case .json(.string(let text)), .text(let text):
            if let recording = Recording(rawValue: text) { return recording }
            if text == "do-not-record" { return nil }
        case .json, .actions: break
        }
        fields.refuse("record", "'record' is record-from-answer, record-from-ringing, do-not-record, true or false.")
        return nil
    }
}
