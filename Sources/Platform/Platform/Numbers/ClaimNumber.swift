import Database
import Ledger
package import Primitives

/// Moves numbers from the inventory into a workspace and charges their first rental: all of them, or none.
package struct ClaimNumber: Sendable {
    /// Which number is wanted.
    package enum Wanted: Sendable {
        /// By its digits.
        case e164(String)
        /// By its inventory id.
        case id(Identifier)
    }

    /// What was claimed.
    package struct Claimed: Sendable {
        /// The number, active.
        package let number: VoiceNumber
        /// Signs what is sent to its URLs; shown this once.
        package let signingSecret: String
        /// What was charged for the rest of the month.
        package let charge: RentalCharge
        /// Whether an equal request with this `Idempotency-Key` had claimed it before.
        package let isReplay: Bool
    }

    /// The most numbers of one request.
    package static let mostAtOnce = 50

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Claims a number, or answers as before when the request is a repetition.
    ///
    /// - Throws: as `several`.
    package func callAsFunction(
        workspaceID: Identifier,
        wanted: Wanted,
        routing: NumberRouting = NumberRouting(),
        idempotency: IdempotencyRequest? = nil
    ) async throws -> Claimed {
        let claimed = try await several(
            workspaceID: workspaceID,
            wanted: [wanted],
            field: { _ in "number" },
            routing: routing,
            idempotency: idempotency
        )
        guard let first = claimed.first else { throw Self.unknown("number") }
        return first
    }

    /// Claims numbers in one transaction, all with the same routing.
    ///
    /// - Parameters:
    ///   - wanted: 1 to 50, no number twice.
    ///   - field: names the request's field of the number at an index, for refusals.
    /// - Throws: `PlatformError` `numbers.not_found`, `numbers.already_claimed`, `wallet.insufficient_funds`,
    ///   `workspace.suspended`, `idempotency.conflict` or naming a field; `DatabaseError`.
    package func several(
        workspaceID: Identifier,
        wanted: [Wanted],
        field: @escaping @Sendable (Int) -> String,
        routing: NumberRouting,
        idempotency: IdempotencyRequest? = nil
    ) async throws -> [Claimed] {
        let wish = try Wish(workspaceID, wanted, routing, idempotency, at: context.clock.now(), field: field)
        // Whoever spends takes turns with the workspace's others; a number goes to whom its own row says.
        return try await context.database.write(isolation: .readCommitted) { try claim(wish, in: $0) }
    }

    /// Says what numbers would cost and whether they could be claimed, and does nothing: they are claimed and taken back.
    ///
    /// - Throws: `PlatformError` for a request whose numbers cannot be read; `DatabaseError`.
    package func quote(
        workspaceID: Identifier,
        wanted: [Wanted],
        field: @escaping @Sendable (Int) -> String,
        routing: NumberRouting
    ) async throws -> ClaimQuote {
        let wish = try Wish(workspaceID, wanted, routing, nil, at: context.clock.now(), field: field)
        return try await context.database.rehearse(isolation: .readCommitted) { tx in
            do {
                let claimed = try claim(wish, in: tx)
                return ClaimQuote(numbers: claimed.map(\.number.e164), charges: claimed.map(\.charge), refusal: nil)
            } catch let refusal as PlatformError {
                let charge = RentalCharge.fromToday(wish.now, try context.prices.history(in: tx), context.settings)
                return ClaimQuote(numbers: [], charges: wish.wanted.map { _ in charge }, refusal: refusal)
            }
        }
    }

    /// A request whose numbers have been read.
    private struct Wish {
        let workspaceID: Identifier
        let wanted: [Wanted]
        let routing: NumberRouting
        let idempotency: IdempotencyRequest?
        let now: Timestamp
        let field: @Sendable (Int) -> String

        init(
            _ workspaceID: Identifier,
            _ wanted: [Wanted],
            _ routing: NumberRouting,
            _ idempotency: IdempotencyRequest?,
            at now: Timestamp,
            field: @escaping @Sendable (Int) -> String
        ) throws(PlatformError) {
            if let fault = PlatformError(routing.faults) { throw fault }
            (self.workspaceID, self.routing, self.idempotency) = (workspaceID, routing, idempotency)
            self.wanted = try ClaimNumber.normalised(wanted, field: field)
            (self.now, self.field) = (now, field)
        }
    }

    private func claim(_ wish: Wish, in tx: SQLTransaction) throws -> [Claimed] {
        let workspace = try WorkspaceTable.holdActive(wish.workspaceID, in: tx)
        let found = try wish.wanted.enumerated().map { index, number in
            try find(number, for: workspace, field: wish.field(index), in: tx)
        }
        guard let first = found.first else { throw Self.unknown(wish.field(0)) }
        let once = Once(context: context, scopeID: workspace.id, request: wish.idempotency)
        if let earlier = try once.earlier(making: first.id, at: wish.now, in: tx) {
            let ids = (earlier.note ?? "").split(separator: " ").compactMap { Identifier(parsing: String($0)) }
            return try ids.map { try replay($0, of: workspace.id, in: tx) }
        }
        var claimed: [Identifier: Claimed] = [:]
        // In one order, so that two requests for the same numbers do not wait for each other.
        for (index, number) in found.enumerated().sorted(by: { $0.element.id < $1.element.id }) {
            claimed[number.id] = try claim(
                number,
                for: workspace,
                routing: wish.routing,
                field: wish.field(index),
                at: wish.now,
                in: tx
            )
        }
        let total = claimed.values.reduce(0) { $0 + $1.charge.totalMinor }
        try CommitSpend(context)(total, by: CallSubjects(workspace, context, in: tx), at: wish.now, in: tx)
        try once.keep(found.map(\.id.uuidString).joined(separator: " "), in: tx)
        return found.compactMap { claimed[$0.id] }
    }

    private static func unknown(_ field: String) -> PlatformError {
        PlatformError(
            .numberNotFound,
            "There is no such number. GET /v1/numbers/available lists those that can be claimed.",
            field: field
        )
    }

    private static func normalised(_ wanted: [Wanted], field: (Int) -> String) throws(PlatformError) -> [Wanted] {
        var seen: Set<String> = []
        var normalised: [Wanted] = []
        for (index, number) in wanted.enumerated() {
            let name: String
            switch number {
            case .id(let id):
                name = id.uuidString
                normalised.append(number)
            case .e164(let text):
                name = try PhoneNumber(parsing: text, field: field(index)).e164
                normalised.append(.e164(name))
            }
            guard seen.insert(name).inserted else {
                throw PlatformError(.requestInvalid, "This number is in the request twice.", field: field(index))
            }
        }
        return normalised
    }

    /// A number that the workspace may know of: nobody sees what is kept for another, or what a test twin has.
    private func find(
        _ wanted: Wanted,
        for workspace: Workspace,
        field: String,
        in tx: SQLTransaction
    ) throws -> VoiceNumber {
        let found =
            switch wanted {
            case .e164(let text): try NumberTable.find(e164: text, for: workspace, in: tx)
            case .id(let id): try NumberTable.find(id: id, in: tx)
            }
        guard let found, found.isTest == workspace.isTest, !found.isTest || found.workspaceID == workspace.id else {
            throw Self.unknown(field)
        }
        return found
    }

    private func claim(
        _ number: VoiceNumber,
        for workspace: Workspace,
        routing: NumberRouting,
        field: String,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws -> Claimed {
        let secret = routing.signingSecret ?? "whsec_" + context.ids.secret(byteCount: 24).hexString
        let charge = RentalCharge.fromToday(now, try context.prices.history(in: tx), context.settings)
        let isFree = try NumberTable.claim(
            number.id,
            for: workspace.id,
            routing: routing,
            sealedSecret: try context.secrets.seal(secret, context: "number:\(number.id)"),
            paidUntil: charge.paidUntil,
            renewAt: charge.paidUntil - workspace.clockOffset,
            at: now,
            in: tx
        )
        guard isFree else {
            throw PlatformError(
                .numberAlreadyClaimed,
                "\(number.e164) is no longer available. Choose another.",
                field: field
            )
        }
        try charge.post(for: number, to: workspace, context, at: now, in: tx)
        guard let claimed = try NumberTable.find(id: number.id, in: tx) else { throw Self.unknown(field) }
        try NumberEvents(context).provisioned(claimed, workspaceID: workspace.id, at: now, in: tx)
        try RecordAudit(context)(
            .numberClaimed,
            of: number.id,
            before: .null,
            after: claimed.auditView,
            workspaceID: workspace.id,
            in: tx
        )
        return Claimed(number: claimed, signingSecret: secret, charge: charge, isReplay: false)
    }

    private func replay(_ id: Identifier, of workspaceID: Identifier, in tx: SQLTransaction) throws -> Claimed {
        guard let number = try NumberTable.find(id: id, in: tx), number.workspaceID == workspaceID,
            let sealed = try NumberTable.sealedSecret(of: id, in: tx)
        else { throw Self.unknown("number") }
        let secret = try context.secrets.open(sealed, context: "number:\(id)")
        let claimedAt = number.claimedAt ?? context.clock.now()
        let charge = RentalCharge.fromToday(claimedAt, try context.prices.history(in: tx), context.settings)
        return Claimed(number: number, signingSecret: secret, charge: charge, isReplay: true)
    }
}
