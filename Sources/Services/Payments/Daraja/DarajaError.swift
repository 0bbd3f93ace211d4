import Platform

/// Why an exchange with Daraja brought no answer.
enum DarajaError: Error {
    /// It was not sent.
    case notSent(String)
    /// It was sent, and no answer came that can be read.
    case lost(String)
    /// Daraja answers with an error.
    case fault(DarajaFault)

    var isToken: Bool {
        if case .fault(let fault) = self { fault.isToken } else { false }
    }

    /// The same as the platform knows it.
    var failure: GatewayFailure {
        switch self {
        case .notSent(let text): .unavailable(text)
        case .lost(let text): .unanswered(text)
        case .fault(let fault) where fault.isTransient || fault.isToken: .unavailable("\(fault.code) \(fault.text)")
        case .fault(let fault) where fault.isVague: .unanswered("\(fault.code) \(fault.text)")
        case .fault(let fault): .refused(code: fault.code, text: fault.text)
        }
    }
}
