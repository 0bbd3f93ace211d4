import Platform

/// A refusal in Daraja's envelope (facts section 2).
struct DarajaError: Error, Equatable {
    /// The HTTP status, which clients do well not to rely on.
    let status: Int
    let code: String
    let message: String

    init(_ status: Int, _ code: String, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    func document(requestID: String) -> JSONValue {
        ["requestId": .string(requestID), "errorCode": .string(code), "errorMessage": .string(message)]
    }

    static let wrongAuthentication = DarajaError(400, "400.008.01", "Invalid Authentication passed")
    static let wrongGrantType = DarajaError(400, "400.008.02", "Invalid grant type passed")
    static let missingAuthentication = DarajaError(404, "404.001.04", "Invalid Authentication Header")
    static let methodNotAllowed = DarajaError(405, "405.001", "Method Not Allowed")
    static let unreadable = DarajaError(400, "400.002.05", "Invalid Request Payload")
    static let spikeArrest = DarajaError(500, "500.003.02", "Error Occurred: Spike Arrest Violation")
    static let busy = DarajaError(500, "500.003.02", "System is busy. Please try again in few minutes.")
    static let quotaViolation = DarajaError(500, "500.003.03", "Error Occurred: Quota Violation")
    static let internalError = DarajaError(500, "500.003.1001", "Internal Server Error")
    static let alreadyRegistered = DarajaError(500, "500.003.1001", "Urls are already registered.")
    static let merchantUnknown = DarajaError(500, "500.001.1001", "Merchant does not exist")
    static let wrongCredentials = DarajaError(500, "500.001.1001", "[MerchantValidate] - Wrong credentials")
    static let subscriberLocked = DarajaError(
        500,
        "500.001.1001",
        "Unable to lock subscriber, a transaction is already in process for the current subscriber"
    )
    static let stillProcessing = DarajaError(500, "500.001.1001", "The transaction is being processed")
    static let transactionUnknown = DarajaError(500, "500.001.1001", "The transaction does not Exist")
    static let queryFault = DarajaError(500, "500.001.1001", "")
}
