import HTTPTypes
package import Hummingbird
import Ledger
package import Platform
package import Primitives
package import WebSupport

/// The sandbox's own HTTP helpers, which a real deployment does not have: workspaces and money for the asking.
package struct SandboxRoutes: Sendable {
    private let context: PlatformContext
    private let tokens: SIPTokenKeys
    private let home: Identifier
    private let mailbox: SandboxMailbox
    private let dial: @Sendable (SandboxCall) async throws -> Void

    /// Serves helpers for a context, and shows a mailbox.
    ///
    /// - Parameters:
    ///   - tokens: signs the tokens of the web phone.
    ///   - home: the workspace that the sandbox starts with.
    ///   - dial: lets one of the carrier's phones call.
    package init(
        _ context: PlatformContext,
        tokens: SIPTokenKeys,
        home: Identifier,
        mailbox: SandboxMailbox,
        dial: @escaping @Sendable (SandboxCall) async throws -> Void
    ) {
        self.context = context
        self.tokens = tokens
        self.home = home
        self.mailbox = mailbox
        self.dial = dial
    }

    /// Adds `/sandbox/…`.
    package func add(to router: Router<APIContext>) {
        let group = router.group("sandbox")
        group.post("workspaces", use: createWorkspace)
        group.post("topups", use: topUp)
        group.get("numbers", use: numbers)
        group.post("calls", use: call)
        MailboxRoutes(mailbox).add(to: group)
        PhoneRoutes(context, tokens: tokens, home: home).add(to: group)
    }

    @Sendable private func createWorkspace(_ request: Request, _ api: APIContext) async throws -> Response {
        var reader = FieldReader(try await BodyReader.object(request).document)
        let (name, email) = (reader.string("name"), reader.string("email"))
        try reader.finish()
        let created = try await CreateWorkspace(context)(name: name, email: email)
        return APIResponse.json(
            ["workspace_id": .string(created.workspace.id.uuidString), "api_key": .string(created.apiKey)],
            status: .created
        )
    }

    /// What a payment would do: the money comes in as a receipt.
    @Sendable private func topUp(_ request: Request, _ api: APIContext) async throws -> Response {
        var reader = FieldReader(try await BodyReader.object(request).document)
        let workspace = reader.string("workspace_id")
        let amount = reader.optionalInteger("amount_minor") ?? 0
        try reader.finish()
        guard let workspaceID = Identifier(parsing: workspace) else {
            throw PlatformError(.requestInvalid, "'workspace_id' is not an id.", field: "workspace_id")
        }
        let id = context.ids.next()
        let balance = try await CreditWallet(context)(
            workspaceID: workspaceID,
            amountMinor: amount,
            key: "sandbox-topup:\(id)",
            description: "Sandbox top-up",
            source: .receipts
        )
        let document: JSONValue = [
            "topup_id": .string(id.rendered(prefix: "top")), "status": "confirmed", "amount_minor": .integer(amount),
            "new_balance_minor": .integer(balance), "currency": "KES",
        ]
        return APIResponse.json(document, status: .created)
    }

    /// A phone calls one of the platform's numbers, as anybody in the country might.
    @Sendable private func call(_ request: Request, _ api: APIContext) async throws -> Response {
        var reader = FieldReader(try await BodyReader.object(request).document)
        let to = reader.string("to")
        let from = reader.optionalString("from") ?? "+254722000111"
        let digits = reader.optionalString("digits")
        let seconds = reader.optionalInteger("seconds") ?? 30
        if let digits, digits.isEmpty || digits.count > 64 || !digits.allSatisfy({ "0123456789*#ABCD".contains($0) }) {
            reader.add([FieldFault("digits", "'digits' is 1 to 64 of 0-9, *, #, A-D.")])
        }
        if !(1...SandboxCall.longest.components.seconds).contains(seconds) {
            reader.add([FieldFault("seconds", "'seconds' is 1 to \(SandboxCall.longest.components.seconds).")])
        }
        try reader.finish()
        let (caller, number) = (
            try PhoneNumber(parsing: from, field: "from").e164, try PhoneNumber(parsing: to, field: "to").e164
        )
        try await dial(SandboxCall(from: caller, to: number, digits: digits, length: .seconds(seconds)))
        let document: JSONValue = ["from": .string(caller), "to": .string(number), "status": "calling"]
        return APIResponse.json(document, status: .accepted)
    }

    @Sendable private func numbers(_ request: Request, _ api: APIContext) async throws -> Response {
        let rows = SandboxNumbers.special.map { entry -> JSONValue in
            ["number": .string(entry.number), "meaning": .string(entry.meaning)]
        }
        return APIResponse.json(["numbers": .array(rows)])
    }
}
