package import Primitives

/// What a new key is to be.
package struct KeyWish: Sendable {
    /// 1 to 100 characters.
    package var name: String
    /// What it may do; not empty.
    package var scopes: Set<Scope>
    /// Whether it is to act in the test twin, on play money and the sandbox carrier.
    package var isTest = false
    /// From when on it does not work; nil for never.
    package var expiresAt: Timestamp?
    /// From where it may be used; empty for everywhere.
    package var allowedNetworks: [IPNetwork]
    /// What its calls and claims are limited to, within the workspace's limits.
    package var limits = Limits()
    /// Who makes it; nil for the operator and for keys.
    package var createdBy: Identifier?

    /// Takes the wishes.
    package init(
        name: String,
        scopes: Set<Scope> = Scope.all,
        expiresAt: Timestamp? = nil,
        allowedNetworks: [IPNetwork] = [],
        createdBy: Identifier? = nil
    ) {
        self.name = name
        self.scopes = scopes
        self.expiresAt = expiresAt
        self.allowedNetworks = allowedNetworks
        self.createdBy = createdBy
    }

    static let mostNetworks = 50

    func faults(at now: Timestamp) -> [FieldFault] {
        var faults: [FieldFault] = []
        if name.allSatisfy(\.isWhitespace) {
            faults.append(
                FieldFault("name", "A key needs a name, so that people know what it is for.", code: .keyNameRequired)
            )
        } else {
            faults += WorkspaceDraft.faults(name: name, field: "name")
        }
        if scopes.isEmpty { faults.append(FieldFault("scopes", "A key needs a scope.", code: .scopeInvalid)) }
        let excess = isTest ? scopes.subtracting(Scope.testable).map(\.rawValue).sorted() : []
        if let first = excess.first {
            faults.append(FieldFault("scopes", "A test key cannot have the scope \(first).", code: .scopeInvalid))
        }
        if let expiresAt, expiresAt <= now { faults.append(FieldFault("expires_at", "'expires_at' is over already.")) }
        if allowedNetworks.count > Self.mostNetworks {
            faults.append(FieldFault("allowed_addresses", "At most \(Self.mostNetworks) addresses or networks."))
        }
        faults += limits.faults(prefix: "limits.")
        return faults
    }
}
