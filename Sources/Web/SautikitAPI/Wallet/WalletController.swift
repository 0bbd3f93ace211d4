import Hummingbird
import Ledger
import Platform
import Primitives
import WebSupport

/// `/v1/wallet`.
struct WalletController {
    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource(get: get)
        for path in Aliases.wallet { group.resource(path, get: get) }
    }

    @Sendable private func get(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.walletRead)
        let wallet = try await GetWallet(context)(workspaceID: principal.workspaceID)
        return APIResponse.json([
            "workspace_id": .string(wallet.workspaceID.uuidString), "balance_minor": .integer(wallet.balance.minor),
            "currency": .string(wallet.balance.currency.code),
            "held_minor": .integer(wallet.heldMinor),
            "low_balance_threshold_minor": .integer(wallet.lowBalanceThresholdMinor),
        ])
    }
}
