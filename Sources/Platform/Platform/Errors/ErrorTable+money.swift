extension ErrorTable {
    /// Errors of top-ups and payments.
    static let money = [
        ErrorEntry(
            .monthNotOver,
            .conflict,
            cause: "The month is not over in Nairobi, and a checkpoint is of a whole month.",
            remedy: "Ask for an earlier month, or ask again when it is over."
        ),
        ErrorEntry(
            .testClockLive,
            .forbidden,
            cause: "The key acts in a live workspace, whose time is everybody's.",
            remedy: "Use a tsk_test_ key."
        ),
        ErrorEntry(
            .testClockMoving,
            .conflict,
            cause: "The clock is still on its way, or waits for a webhook or a top-up of the past.",
            remedy: "Ask GET /v1/test/clock until its status is ready."
        ),
        ErrorEntry(
            .alertRecipientNotFound,
            .notFound,
            cause: "No such address is on the workspace's list of recipients.",
            remedy: "List them with GET /v1/wallet/alerts/recipients."
        ),
        ErrorEntry(
            .alertAlreadyConfirmed,
            .conflict,
            cause: "The address gets alerts already.",
            remedy: "Nothing needs to be done."
        ),
        ErrorEntry(
            .tooManyAlertRecipients,
            .conflict,
            cause: "The list has as many addresses as it may have.",
            remedy: "Take off one that is not needed."
        ),
        ErrorEntry(
            .alertTestMode,
            .forbidden,
            cause: "Nobody is written to for play money.",
            remedy: "Use a live key; test workspaces get the events."
        ),
        ErrorEntry(
            .rateNotFound,
            .notFound,
            cause: "Calls to this destination have no price here, and cannot be placed.",
            remedy: "Check the country code, or ask the operator for the destination."
        ),
        ErrorEntry(
            .entryNotFound,
            .notFound,
            cause: "No wallet has a transaction with this id.",
            remedy: "Take the id from GET /v1/wallet/transactions."
        ),
        ErrorEntry(
            .entryNotRefundable,
            .conflict,
            cause: "The transaction is no charge: only what a wallet paid can be refunded.",
            remedy: "Refund the charge itself, or give a credit."
        ),
        ErrorEntry(
            .refundTooLarge,
            .conflict,
            cause: "All refunds together would be more than the charge.",
            remedy: "Refund at most what is left of it."
        ),
        ErrorEntry(
            .pricesPlanned,
            .conflict,
            cause: "A change that begins then or later is announced already, and changes are announced in their order.",
            remedy: "Begin after it, or cancel it first."
        ),
        ErrorEntry(
            .pricesTooSoon,
            .conflict,
            cause: "A raise is announced 30 days before it begins, and every change a minute before.",
            remedy: "Choose a later date."
        ),
        ErrorEntry(
            .pricesNotPlanned,
            .conflict,
            cause: "Only the last change that is announced can be called off, and only before it begins.",
            remedy: "See what is announced: sautikit admin prices show, or sautikit admin rates list."
        ),
        ErrorEntry(
            .topupNotFound,
            .notFound,
            cause: "This workspace has no such top-up.",
            remedy: "List them with GET /v1/topups."
        ),
        ErrorEntry(
            .topupPending,
            .conflict,
            cause: "The phone is being asked for another top-up of this workspace.",
            remedy: "Wait until that is confirmed, failed or expired, which takes minutes at most."
        ),
        ErrorEntry(
            .topupsUnavailable,
            .unavailable,
            cause: "This server is not connected to M-Pesa.",
            remedy: "Pay to the Paybill number, or ask the operator."
        ),
        ErrorEntry(
            .paymentNotFound,
            .notFound,
            cause: "No payment has this receipt number.",
            remedy: "Compare it with the confirmation message, letter by letter."
        ),
        ErrorEntry(
            .paymentNotWaiting,
            .conflict,
            cause: "The payment is in a wallet already.",
            remedy: "Nothing needs to be done."
        ),
    ]
}
