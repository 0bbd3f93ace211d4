extension MailText {
    /// - Parameter publicURL: where the server is reached; the path alone is named when it is not known.
    static func statement(of workspace: Workspace, month: String, publicURL: String?) -> MailText {
        MailText(
            subject: "The statement of \(workspace.name) for \(month)",
            text: """
                The statement of the wallet of \(workspace.name) for \(month) is there, as a page to print and as CSV:

                \(publicURL ?? "")/v1/wallet/statements/\(month)
                \(publicURL ?? "")/v1/wallet/statements/\(month)?format=csv

                Sign in first, or ask with an API key.
                """
        )
    }
}
