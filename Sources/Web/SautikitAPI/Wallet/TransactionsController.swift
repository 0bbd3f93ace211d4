import Hummingbird
import Platform
import Primitives
import WebSupport

/// `/v1/wallet/transactions`: everything that moved the wallet.
struct TransactionsController {
    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource("transactions", get: list)
        group.resource("transactions/export", get: export)
    }

    @Sendable private func list(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.walletRead)
        let filter = try TransactionRequests.read(request.uri.queryParameters)
        let page = try await ListTransactions(context)(workspaceID: principal.workspaceID, filter)
        return APIResponse.json(TransactionResponses.page(page))
    }

    @Sendable private func export(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.walletRead)
        let query = request.uri.queryParameters
        return try await TransactionExport(
            context: context,
            workspaceID: principal.workspaceID,
            filter: try TransactionRequests.readFilters(query),
            format: try ExportFormat.read(query)
        ).response()
    }
}
