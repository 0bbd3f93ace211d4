import Primitives

/// What mails say.
struct MailText: Sendable {
    let subject: String
    let text: String
    /// Ends this kind of mail with one click of a mail program (RFC 8058).
    var unsubscribeURL: String?

    static func signIn(link: String, minutes: Int64) -> MailText {
        MailText(
            subject: "Sign in to Sautikit",
            text: """
                Open this link to sign in to Sautikit:

                \(link)

                It works once, within \(minutes) minutes. If you did not ask for it, do nothing: nobody can sign in
                without this mail.
                """
        )
    }

    static func invitation(to workspace: String, link: String) -> MailText {
        MailText(
            subject: "You are invited to \(workspace)",
            text: """
                You are invited to the workspace \(workspace) on Sautikit. Open this link to join it:

                \(link)

                Sign in with the address that this mail was sent to. The invitation ends after 7 days.
                """
        )
    }

    static func rentalUnpaid(_ number: String, minor: Int64, until end: Timestamp) -> MailText {
        MailText(
            subject: "\(number) is not paid",
            text: """
                The wallet has too little for the next month of \(number), so the number does not work for now.

                Top up KES \(JSONValue.decimal(minor: minor).text) by \(end.rfc3339Seconds): it works again at once. After that
                it goes back to the inventory, and cannot be recovered.
                """
        )
    }

    static func rentalLastDay(_ number: String, minor: Int64, until end: Timestamp) -> MailText {
        MailText(
            subject: "\(number) will be lost tomorrow",
            text: """
                The rental of \(number) is still not paid. Top up KES \(JSONValue.decimal(minor: minor).text) by
                \(end.rfc3339Seconds) to keep the number; then it goes back to the inventory, and cannot be recovered.
                """
        )
    }

    static func numberReleased(_ number: String) -> MailText {
        MailText(
            subject: "\(number) was released",
            text: """
                The rental of \(number) was not paid for seven days, so the number went back to the inventory.
                """
        )
    }

    static func webhookDisabled(url: String) -> MailText {
        MailText(
            subject: "A webhook was disabled",
            text: """
                This URL has taken no event for days, so nothing is sent there any more:

                \(url)

                When it works again, enable the webhook and replay what was missed: POST /v1/webhooks/{id}/replay.
                """
        )
    }
}
