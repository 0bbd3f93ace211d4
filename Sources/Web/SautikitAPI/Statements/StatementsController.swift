import HTTPTypes
import Hummingbird
import NIOCore
import Platform
import Primitives
import WebSupport

/// `/v1/wallet/statements`: a month of the wallet on a page, or as CSV.
struct StatementsController {
    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource("statements", get: list)
        group.resource("statements/{month}", get: get)
    }

    @Sendable private func list(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.walletRead)
        let query = request.uri.queryParameters
        let page = try await WriteStatement(context.asked(by: api.asker)).months(
            workspaceID: principal.workspaceID,
            before: try Query.text(query, "cursor"),
            limit: try Query.integer(query, "limit", in: 1...100, default: 25)
        )
        return APIResponse.json([
            "data": .array(
                page.months.map { month in
                    ["month": .string(month), "path": .string("/v1/wallet/statements/\(month)")]
                }
            ),
            "next_cursor": JSONValue(page.hasMore ? page.months.last : nil),
        ])
    }

    @Sendable private func get(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.walletRead)
        let isCSV = try Self.wantsCSV(request)
        let statement = try await WriteStatement(context.asked(by: api.asker))(
            workspaceID: principal.workspaceID,
            month: try api.parameters.require("month")
        )
        guard isCSV else {
            return StatementPage(statement, company: context.settings.company, settings: context.settings).response
        }
        return Response(
            status: .ok,
            headers: ExportFormat.csv.headers(name: "statement-\(statement.month)"),
            body: ResponseBody(byteBuffer: ByteBuffer(string: StatementCSV.text(statement)))
        )
    }

    /// What `format` says, or else what `Accept` names.
    private static func wantsCSV(_ request: Request) throws(PlatformError) -> Bool {
        switch try Query.text(request.uri.queryParameters, "format") {
        case "csv": true
        case "html": false
        case nil: request.headers[.accept]?.contains("text/csv") ?? false
        default: throw PlatformError(.requestInvalid, "'format' is html or csv.", field: "format")
        }
    }
}
