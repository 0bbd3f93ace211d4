import Platform

/// What a push's result code means (facts M-Pesa, section 4: the code alone counts, its words differ from voice to voice).
enum DarajaResult {
    private static let reasons: [String: TopupFailure.Reason] = [
        "1": .insufficientFunds, "2": .limitExceeded, "3": .limitExceeded, "4": .limitExceeded, "8": .limitExceeded,
        "11": .refused, "2006": .refused, "17": .limitExceeded, "1001": .unreachable, "1019": .timedOut,
        "1025": .refused, "1031": .cancelled, "1032": .cancelled, "1036": .unreachable, "1037": .unreachable,
        "2001": .wrongPIN, "2028": .refused, "8006": .wrongPIN, "SFC_IC0003": .refused,
    ]

    /// The outcome of a code. One that is not known says nothing: it never fails a payment that may have been made.
    static func outcome(code: String, text: String?) -> PushOutcome {
        if code == "0" { return .paid }
        guard let reason = reasons[code] else { return .pending }
        return .refused(TopupFailure(reason, code: code, text: text.map { String($0.prefix(200)) }))
    }
}
