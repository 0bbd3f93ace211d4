import Database
package import Primitives

/// Begins to move numbers from another carrier, or to one.
package struct CreatePortRequest: Sendable {
    /// What is wanted.
    package struct Wish: Sendable {
        /// Which way.
        package var direction: PortDirection
        /// 1 to 50 telephone numbers.
        package var numbers: [String]
        /// The carrier at the other end: 1 to 100 characters.
        package var carrier: String
        /// Who has the contract with the carrier that gives the numbers: 1 to 100 characters.
        package var accountHolder: String
        /// The number of that contract, up to 100 characters.
        package var accountNumber: String?

        /// Takes the wishes.
        package init(
            direction: PortDirection,
            numbers: [String],
            carrier: String,
            accountHolder: String,
            accountNumber: String? = nil
        ) {
            self.direction = direction
            self.numbers = numbers
            self.carrier = carrier
            self.accountHolder = accountHolder
            self.accountNumber = accountNumber
        }
    }

    /// The most numbers of one request.
    package static let mostNumbers = 50
    /// Requests of a workspace that may be open at once.
    private static let mostOpen = 100

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Stores a draft.
    ///
    /// - Parameter idempotency: makes a repetition answer as the first did.
    /// - Throws: `PlatformError` naming the field, `numbers.already_claimed`, `numbers.not_owned`, `numbers.not_active`,
    ///   `numbers.port_out_too_early`, `port_requests.too_many`, `port_requests.test_mode` or `workspace.suspended`;
    ///   `DatabaseError`.
    package func callAsFunction(
        workspaceID: Identifier,
        _ wish: Wish,
        idempotency: IdempotencyRequest? = nil
    ) async throws -> (request: PortRequest, isReplay: Bool) {
        if let fault = PlatformError(Self.faults(wish)) { throw fault }
        let numbers = try Self.parsed(wish.numbers)
        let now = context.clock.now()
        let request = PortRequest(
            id: context.ids.next(),
            workspaceID: workspaceID,
            direction: wish.direction,
            numbers: numbers,
            carrier: wish.carrier,
            accountHolder: wish.accountHolder,
            accountNumber: wish.accountNumber,
            status: .draft,
            reason: nil,
            createdAt: now,
            updatedAt: now
        )
        return try await context.database.write { tx in
            let workspace = try WorkspaceTable.requireActive(workspaceID, in: tx)
            let once = Once(context: context, scopeID: workspaceID, request: idempotency)
            if let earlier = try once.earlier(making: request.id, at: now, in: tx),
                let known = try PortRequestTable.find(earlier.id, of: workspaceID, in: tx)
            {
                return (known, true)
            }
            guard !workspace.isTest else {
                throw PlatformError(.portTestMode, "Real carriers move real numbers: ask with a live key.")
            }
            guard try PortRequestTable.count(unfinishedOf: workspaceID, in: tx) < Self.mostOpen else {
                throw PlatformError(.tooManyPortRequests, "Too many port requests are open. Cancel some first.")
            }
            try PortRules(context).check(request, at: now, in: tx)
            try PortRequestTable.insert(request, in: tx)
            try RecordAudit(context)(
                .portRequestCreated,
                of: request.id,
                after: request.auditView,
                workspaceID: workspaceID,
                in: tx
            )
            return (request, false)
        }
    }

    private static func parsed(_ numbers: [String]) throws(PlatformError) -> [String] {
        var parsed: [String] = []
        for (index, text) in numbers.enumerated() {
            let number = try PhoneNumber(parsing: text, field: "numbers[\(index)]").e164
            guard !parsed.contains(number) else {
                throw PlatformError(.requestInvalid, "This number is in the request twice.", field: "numbers[\(index)]")
            }
            parsed.append(number)
        }
        return parsed
    }

    private static func faults(_ wish: Wish) -> [FieldFault] {
        var faults = WorkspaceDraft.faults(name: wish.carrier, field: "carrier")
        faults += WorkspaceDraft.faults(name: wish.accountHolder, field: "account_holder")
        if let number = wish.accountNumber { faults += WorkspaceDraft.faults(name: number, field: "account_number") }
        if !(1...mostNumbers).contains(wish.numbers.count) {
            faults.append(FieldFault("numbers", "'numbers' has 1 to \(mostNumbers) telephone numbers."))
        }
        return faults
    }
}
