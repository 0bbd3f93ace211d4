import Database
import Primitives

/// Which numbers may be ported at a moment.
struct PortRules {
    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    /// Refuses a request of which a number may not be ported, naming it.
    func check(_ request: PortRequest, at now: Timestamp, in tx: SQLTransaction) throws {
        for (index, e164) in request.numbers.enumerated() {
            let number = try NumberTable.findLive(e164: e164, in: tx)
            switch request.direction {
            case .in: try requireForeign(number, e164, "numbers[\(index)]")
            case .out: try requireOwn(number, e164, request.workspaceID, "numbers[\(index)]", at: now)
            }
        }
    }

    private func requireForeign(_ number: VoiceNumber?, _ e164: String, _ field: String) throws(PlatformError) {
        guard number == nil else {
            throw PlatformError(.numberAlreadyClaimed, "\(e164) is with this service already.", field: field)
        }
    }

    /// A number may leave when it has been active for long enough (facts section 11.1: 30 days).
    private func requireOwn(
        _ number: VoiceNumber?,
        _ e164: String,
        _ workspaceID: Identifier,
        _ field: String,
        at now: Timestamp
    ) throws(PlatformError) {
        guard let number, number.workspaceID == workspaceID, let claimedAt = number.claimedAt else {
            throw PlatformError(.numberNotOwned, "\(e164) is not a number of this workspace.", field: field)
        }
        guard number.status == .active else {
            throw PlatformError(
                .numberNotActive,
                "\(e164) is \(number.status.rawValue) and cannot be ported.",
                field: field
            )
        }
        let from = claimedAt + context.settings.portOutAge
        guard now >= from else {
            throw PlatformError(
                .portOutTooEarly,
                "\(e164) can be ported away from \(from.rfc3339Seconds) on: 30 days after it was claimed.",
                field: field
            )
        }
    }
}
