import Database
import Primitives

/// Tells subscriptions of a number's life (facts section 12.3).
struct NumberEvents {
    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    func provisioned(_ number: VoiceNumber, workspaceID: Identifier, at now: Timestamp, in tx: SQLTransaction) throws {
        let data: [JSONMember] =
            common(number) + [
                JSONMember("country_code", .string(number.country)), JSONMember("capabilities", ["voice"]),
                JSONMember("series_id", .null), JSONMember("rental_start_at", .string(now.rfc3339)),
            ]
        try publish("number.provisioned", data, workspaceID, at: now, in: tx)
    }

    func released(_ number: VoiceNumber, workspaceID: Identifier, at now: Timestamp, in tx: SQLTransaction) throws {
        let data = common(number) + [JSONMember("released_at", .string(now.rfc3339))]
        try publish("number.released", data, workspaceID, at: now, in: tx)
    }

    private func common(_ number: VoiceNumber) -> [JSONMember] {
        [JSONMember("number_id", .string(number.id.rendered(prefix: "num"))), JSONMember("e164", .string(number.e164))]
    }

    private func publish(
        _ kind: String,
        _ data: [JSONMember],
        _ workspaceID: Identifier,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws {
        try PublishEvent(context)(kind, data: .object(data), workspaceID: workspaceID, at: now, in: tx)
    }
}
