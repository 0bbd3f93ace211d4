import Ledger

extension MailText {
    static func confirmAlerts(of workspace: Workspace, link: String) -> MailText {
        MailText(
            subject: "Do you want the alerts of \(workspace.name)?",
            text: """
                Somebody in the workspace \(workspace.name) on Sautikit wants to have this address told when its wallet
                runs low. If you want that, open this link:

                \(link)

                It works once, within 7 days. If you do not want it, do nothing: there will be no alerts.
                """
        )
    }

    /// - Parameter stop: the link that ends these mails.
    static func lowBalance(
        of workspace: Workspace,
        balanceMinor: Int64,
        thresholdMinor: Int64,
        stop: String
    ) -> MailText {
        let (balance, threshold) = (JSONValue.decimal(minor: balanceMinor), JSONValue.decimal(minor: thresholdMinor))
        let currency = workspace.currency.code
        return MailText(
            subject: "The wallet of \(workspace.name) is below \(currency) \(threshold.text)",
            text: """
                The wallet of \(workspace.name) holds \(currency) \(balance.text), which is below \(currency) \(threshold.text).

                Calls are refused when it is empty, and rentals cannot be paid. Top it up by M-Pesa: the account number
                for the Paybill is \(workspace.mpesaAccountReference).

                This address asked for these mails. To stop them, open this link:

                \(stop)
                """,
            unsubscribeURL: stop
        )
    }
}
