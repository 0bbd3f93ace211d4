import Platform
import WebSupport

/// The body of `POST /v1/auth/onboarding` and `POST /v1/workspaces` (facts section 16.2).
enum OpenWorkspaceRequest {
    static func read(_ document: JSONValue, isFirst: Bool) throws(PlatformError) -> OpenWorkspace.Wish {
        var reader = FieldReader(document)
        let wish = OpenWorkspace.Wish(
            personName: isFirst ? reader.string("name") : nil,
            workspaceName: reader.string(isFirst ? "workspace_name" : "name"),
            country: reader.optionalString("country") ?? "KE",
            currency: reader.optionalString("currency") ?? "KES"
        )
        try reader.finish()
        return wish
    }
}
