import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Platform
import Primitives
import WebSupport

/// `/v1/wallet/checkpoints`: signed months of the wallet.
struct CheckpointsController {
    /// Postings that are sent at once.
    private static let batch = 500

    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource("checkpoints/key", get: key)
        group.resource("checkpoints/{month}", get: get)
    }

    @Sendable private func key(_ request: Request, _ api: APIContext) async throws -> Response {
        try api.requirePrincipal().require(.walletRead)
        let keys = try context.secrets.checkpointPublicKeys().map { JSONValue.string($0.hexString) }
        return APIResponse.json([
            "algorithm": "Ed25519", "public_key": keys.first ?? .null,
            "previous_public_keys": .array(Array(keys.dropFirst())),
        ])
    }

    @Sendable private func get(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.walletRead)
        let checkpoint = try await WriteCheckpoint(context.asked(by: api.asker))(
            workspaceID: principal.workspaceID,
            month: try api.parameters.require("month")
        )
        let body = ResponseBody { writer in
            try await writer.write(ByteBuffer(string: CheckpointFile.head(checkpoint)))
            for start in stride(from: 0, to: checkpoint.lines.count, by: Self.batch) {
                let lines = checkpoint.lines[start..<min(start + Self.batch, checkpoint.lines.count)]
                let text = (start > 0 ? "," : "") + lines.map(CheckpointFile.line).joined(separator: ",")
                try await writer.write(ByteBuffer(string: text))
            }
            try await writer.write(ByteBuffer(string: CheckpointFile.tail(checkpoint)))
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/json; charset=utf-8", .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"wallet-\(checkpoint.span.month).json\"",
            ],
            body: body
        )
    }
}
