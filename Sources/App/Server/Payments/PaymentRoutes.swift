import HTTPTypes
import Hummingbird
import Logging
import Payments
import Platform
import Primitives
import WebSupport

/// `/payments`: where M-Pesa tells of payments. Its callbacks are not signed, so three things keep others out: a path that
/// nobody can guess, the networks that it sends from, and what we know of the payment (facts M-Pesa, section 9).
struct PaymentRoutes: Sendable {
    private let context: PlatformContext
    /// Where M-Pesa sends from.
    private let networks: [IPNetwork]
    private let shortCode: String?

    init(_ context: PlatformContext, networks: [IPNetwork], shortCode: String?) {
        self.context = context
        self.networks = networks
        self.shortCode = shortCode
    }

    func add(to router: Router<APIContext>) {
        let group = router.group("/payments")
        group.post("pushes/{id}/{token}", use: push)
        group.post("paybill/{token}/validation", use: validation)
        group.post("paybill/{token}/confirmation", use: confirmation)
    }

    @Sendable private func push(_ request: Request, _ api: APIContext) async throws -> Response {
        let id = api.parameters.get("id") ?? ""
        guard let topupID = PushCallback(context).topupID(id, token: api.parameters.get("token") ?? "") else {
            throw Self.nothing
        }
        let body = try await BodyReader.bytes(of: request)
        guard let result = DarajaNotices.push(body) else { throw Self.unreadable }
        let isAccepted = try await TakePushResult(context).callback(
            result,
            topupID: topupID,
            isFromProvider: isListed(api)
        )
        guard isAccepted else { throw Self.nothing }
        return Self.accepted
    }

    @Sendable private func validation(_ request: Request, _ api: APIContext) async throws -> Response {
        let (news, isOurShortCode) = try await paybill(request, api)
        let verdict = try await TakePaybillPayment(context).verdict(
            account: news.account ?? "",
            amountMinor: news.amountMinor ?? 0,
            isTest: false
        )
        let code =
            switch verdict {
            case _ where !isOurShortCode: "C2B00015"
            case .account: "C2B00012"
            case .amount: "C2B00013"
            case .accepted: "0"
            }
        return APIResponse.json(["ResultCode": .string(code), "ResultDesc": code == "0" ? "Accepted" : "Rejected"])
    }

    @Sendable private func confirmation(_ request: Request, _ api: APIContext) async throws -> Response {
        let (news, isOurShortCode) = try await paybill(request, api)
        guard isOurShortCode else { throw Self.nothing }
        _ = try await TakePaybillPayment(context)(news)
        return APIResponse.json(["ResultCode": 0, "ResultDesc": "Success"])
    }

    private func paybill(
        _ request: Request,
        _ api: APIContext
    ) async throws -> (news: PaymentNews, isOurShortCode: Bool) {
        guard PaybillPath(context).isOurs(api.parameters.get("token") ?? ""), isListed(api) else { throw Self.nothing }
        let body = try await BodyReader.bytes(of: request)
        guard let told = DarajaNotices.paybill(body, isTest: false, at: context.clock.now()) else {
            throw Self.unreadable
        }
        return (told.news, shortCode == nil || told.shortCode == shortCode)
    }

    private func isListed(_ api: APIContext) -> Bool {
        guard let address = api.clientAddress else { return false }
        if networks.contains(where: { $0.contains(address) }) { return true }
        context.logger.warning(
            "news of a payment from an address that is not M-Pesa's",
            metadata: ["address": "\(address)"]
        )
        return false
    }

    private static let accepted = APIResponse.json(["ResultCode": 0, "ResultDesc": "Accepted"])
    /// Whoever guesses learns nothing.
    private static let nothing = PlatformError(.requestNotFound, "There is nothing at this path.")
    private static let unreadable = PlatformError(.requestMalformed, "This is no news of a payment.")
}
