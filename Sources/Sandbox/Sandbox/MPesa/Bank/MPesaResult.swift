import Platform

/// The end of a payment by STK push: a code, and its words, which differ between callback and query (facts sections 4
/// and 5).
struct MPesaResult: Sendable, Equatable {
    let code: String
    let text: String
    let queryText: String

    init(_ code: String, _ text: String, query: String? = nil) {
        self.code = code
        self.text = text
        queryText = query ?? text
    }

    /// The code as callbacks have it: a number when it is one.
    var codeValue: JSONValue {
        Int64(code).map { .integer($0) } ?? .string(code)
    }

    static let paid = MPesaResult("0", "The service request is processed successfully.")
    static let insufficientFunds = MPesaResult("1", "The balance is insufficient for the transaction.")
    static let belowMinimum = MPesaResult("2", "Declined due to limit rule: less than the minimum transaction amount.")
    static let aboveMaximum = MPesaResult(
        "3",
        "Declined due to limit rule: greater than the maximum transaction amount."
    )
    static let dailyLimit = MPesaResult("4", "Declined due to limit rule: would exceed the daily transfer limit.")
    static let balanceLimit = MPesaResult("8", "Declined due to limit rule: would exceed the maximum balance.")
    static let ruleLimited = MPesaResult("17", "Rule limited.")
    static let busy = MPesaResult("26", "System is busy. Please try again in few minutes.")
    static let locked = MPesaResult(
        "1001",
        "Unable to lock subscriber, a transaction is already in process for the current subscriber"
    )
    static let expired = MPesaResult("1019", "Transaction has expired")
    static let pushFailed = MPesaResult("1025", "An error occurred while sending a push request")
    static let cancelled = MPesaResult("1032", "Request cancelled by user", query: "Request Cancelled by user.")
    static let handsetSilent = MPesaResult("1036", "SMSC ACK timeout.")
    static let unreachable = MPesaResult("1037", "No response from user.", query: "DS timeout user cannot be reached")
    static let wrongPIN = MPesaResult("2001", "The initiator information is invalid.")
    static let notPermitted = MPesaResult("2028", "The request is not permitted according to product assignment.")
    static let stillProcessing = MPesaResult("4999", "The transaction is still under processing")
    static let undocumented = MPesaResult("7777", "Nobody has written down what this code means.")
    static let credentialLocked = MPesaResult("8006", "The security credential is locked.")
    static let generalError = MPesaResult("9999", "An error occurred while sending a push request")
    static let operatorUnknown = MPesaResult("SFC_IC0003", "The operator does not exist.")
}
