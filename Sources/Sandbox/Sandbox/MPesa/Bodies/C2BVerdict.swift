import Platform

/// What a validation was answered (facts section 6).
enum C2BVerdict: Sendable, Equatable {
    case accepted(thirdParty: String)
    /// With a code such as `C2B00012`.
    case rejected(code: String)
    /// No answer in time, or none that can be read.
    case unanswered

    /// Reads an answer: ResultCode is 0 as a string or a number, or the code of a refusal.
    init(status: Int, document: JSONValue?) {
        guard (200..<300).contains(status), let document else {
            self = .unanswered
            return
        }
        switch document["ResultCode"] {
        case .integer(0): self = .accepted(thirdParty: document["ThirdPartyTransID"]?.stringValue ?? "")
        case .string(let code) where !code.isEmpty && code.allSatisfy({ $0 == "0" }):
            self = .accepted(thirdParty: document["ThirdPartyTransID"]?.stringValue ?? "")
        case .string(let code): self = .rejected(code: code)
        case .integer(let code): self = .rejected(code: String(code))
        default: self = .unanswered
        }
    }
}
