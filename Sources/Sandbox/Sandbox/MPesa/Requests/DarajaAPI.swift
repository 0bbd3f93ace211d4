/// The calls that the sandbox M-Pesa takes, by their paths; how each family words its refusals (facts section 2).
enum DarajaAPI: String, Sendable, CaseIterable {
    case token = "/oauth/v1/generate"
    case stkPush = "/mpesa/stkpush/v1/processrequest"
    case stkQuery = "/mpesa/stkpushquery/v1/query"
    case registerURLv1 = "/mpesa/c2b/v1/registerurl"
    case registerURLv2 = "/mpesa/c2b/v2/registerurl"
    case simulateV1 = "/mpesa/c2b/v1/simulate"
    case simulateV2 = "/mpesa/c2b/v2/simulate"
    case transactionStatus = "/mpesa/transactionstatus/v1/query"
    case reversal = "/mpesa/reversal/v1/request"
    case accountBalance = "/mpesa/accountbalance/v1/query"
    case pullRegister = "/pulltransactions/v1/register"
    case pullQuery = "/pulltransactions/v1/query"

    /// Whether a method is the call's; the pull query's own pages say GET with a body, and clients POST (8).
    func takes(_ method: String) -> Bool {
        switch self {
        case .token: method == "GET"
        case .pullQuery: method == "GET" || method == "POST"
        default: method == "POST"
        }
    }

    /// A field is missing or wrong.
    func invalid(_ field: String) -> DarajaError {
        let message = "Bad Request - Invalid \(field)"
        return switch family {
        case .express: DarajaError(400, "400.002.02", message)
        case .balance: DarajaError(400, "400.002.02", message)
        case .general: DarajaError(400, "400.003.02", message)
        case .pull: DarajaError(400, "400.001", message)
        }
    }

    /// The token is unknown, replaced or too old. That this is HTTP 404 for most is Safaricom's doing.
    func invalidToken(_ token: String) -> DarajaError {
        switch family {
        case .express: DarajaError(404, "404.001.03", "Invalid Access Token")
        case .balance: DarajaError(401, "401.002.01", "Error Occurred - Invalid Access Token - \(token)")
        case .general: DarajaError(400, "400.003.01", "Invalid Access Token")
        case .pull: DarajaError(401, "401.001", "Invalid Access Token")
        }
    }

    /// A path that no call has; the nearest family words it.
    static func notFound(_ path: String) -> DarajaError {
        let code =
            if path.hasPrefix("/mpesa/accountbalance") {
                "404.002.01"
            } else if path.hasPrefix("/mpesa/c2b") || path.hasPrefix("/mpesa/transactionstatus") {
                "404.003.01"
            } else {
                "404.001.01"
            }
        return DarajaError(404, code, "Resource not found")
    }

    private enum Family { case express, balance, general, pull }

    private var family: Family {
        switch self {
        case .token, .stkPush, .stkQuery, .reversal: .express
        case .accountBalance: .balance
        case .registerURLv1, .registerURLv2, .simulateV1, .simulateV2, .transactionStatus: .general
        case .pullRegister, .pullQuery: .pull
        }
    }
}
