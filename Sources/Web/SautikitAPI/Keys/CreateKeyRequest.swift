import Platform
import Primitives
import WebSupport

/// The body of `POST /v1/api-keys`.
enum CreateKeyRequest {
    /// What is wished for; without scopes, all that whoever asks may do.
    static func read(_ document: JSONValue, for principal: Principal) throws(PlatformError) -> KeyWish {
        var reader = FieldReader(document, aliases: Aliases.fields)
        var wish = KeyWish(name: reader.optionalString("name") ?? "", scopes: principal.scopes)
        wish.createdBy = principal.userID
        switch reader.optionalString("mode") {
        case nil, "live"?: break
        case "test"?:
            wish.isTest = true
            wish.scopes.formIntersection(Scope.testable)
        default: reader.add([FieldFault("mode", "'mode' is live or test.")])
        }
        if let names = reader.optionalStrings("scopes") {
            do {
                wish.scopes = try Scope.parse(names, field: "scopes")
            } catch {
                reader.add(error)
            }
        }
        if let text = reader.optionalString("expires_at") {
            wish.expiresAt = Timestamp(rfc3339: text)
            if wish.expiresAt == nil {
                reader.add([FieldFault("expires_at", "'expires_at' is a time such as 2026-06-27T10:00:00Z.")])
            }
        }
        for (index, text) in (reader.optionalStrings("allowed_addresses") ?? []).enumerated() {
            if let network = IPNetwork(parsing: text) {
                wish.allowedNetworks.append(network)
            } else {
                let message = "An address or network looks like 192.0.2.7 or 192.0.2.0/24."
                reader.add([FieldFault("allowed_addresses[\(index)]", message)])
            }
        }
        LimitsChange.member(of: &reader)?.apply(to: &wish.limits)
        try reader.finish()
        return wish
    }
}
