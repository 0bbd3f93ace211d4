import Database
package import Primitives

/// Who calls, once it has been proven: a telephone by its password, or a browser by its token.
package enum CallingDevice: Sendable {
    /// A telephone, which has one number.
    case telephone(SIPCredential)
    /// A browser, which shows one of its workspace's numbers, or the one that its token is bound to.
    case browser(SIPToken)

    /// Who pays.
    package var workspaceID: Identifier {
        switch self {
        case .telephone(let credential): credential.workspaceID
        case .browser(let token): token.workspaceID
        }
    }

    /// What colleagues can call it by; nil for a browser that is nobody in particular.
    var name: String? {
        switch self {
        case .telephone(let credential): credential.username
        case .browser(let token): token.identity
        }
    }

    /// The number that it calls as.
    ///
    /// - Parameter shown: every name and number that it wants to be known by.
    /// - Throws: `PlatformError` `numbers.not_owned` or `numbers.not_active`; `DatabaseError`.
    func number(showing shown: [String], of workspace: Workspace, in tx: SQLTransaction) throws -> VoiceNumber {
        switch self {
        case .telephone(let credential):
            guard let number = try NumberTable.find(id: credential.numberID, in: tx), number.isInService else {
                throw PlatformError(.numberNotActive, "The number of this device cannot be used now.")
            }
            for name in shown where name != credential.username { try Self.require(name, toBe: number) }
            return number
        case .browser(let token):
            let names = shown.filter { $0 != token.user }
            guard let name = names.first ?? token.number,
                let e164 = try? PhoneNumber(parsing: name, field: "caller_id").e164,
                e164 == token.number ?? e164,
                let number = try NumberTable.find(e164: e164, for: workspace, in: tx),
                number.workspaceID == workspace.id
            else {
                throw PlatformError(.numberNotOwned, "A browser shows a number of its workspace.", field: "caller_id")
            }
            for name in names.dropFirst() { try Self.require(name, toBe: number) }
            guard number.isInService else {
                throw PlatformError(.numberNotActive, "\(number.e164) cannot be used now.")
            }
            return number
        }
    }

    private static func require(_ name: String, toBe number: VoiceNumber) throws(PlatformError) {
        if let shown = try? PhoneNumber(parsing: name, field: "caller_id"), shown.e164 == number.e164 { return }
        throw PlatformError(.numberNotOwned, "A device may show only its own number.", field: "caller_id")
    }
}
