extension MailText {
    static func storageUnpaid(month: String, minor: Int64) -> MailText {
        MailText(
            subject: "Recording storage in \(month) could not be paid",
            text: """
                The wallet cannot pay KES \(JSONValue.decimal(minor: minor).text) for the recordings that were stored in \(month).
                It is taken when there is enough money; until then nothing is stopped, and recordings are kept for their
                days as before.
                """
        )
    }
}
