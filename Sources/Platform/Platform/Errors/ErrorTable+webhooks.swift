extension ErrorTable {
    /// Errors of webhooks and links.
    static let webhooks = [
        ErrorEntry(
            .webhookNotFound,
            .notFound,
            cause: "This workspace has no such webhook.",
            remedy: "List them with GET /v1/webhooks."
        ),
        ErrorEntry(
            .webhookDisabled,
            .conflict,
            cause: "The webhook is disabled.",
            remedy: "Enable it with PATCH /v1/webhooks/{id} first."
        ),
        ErrorEntry(
            .eventUnsupported,
            .invalid,
            cause: "An entry of events names no event.",
            remedy: "Use one that the message lists."
        ),
        ErrorEntry(
            .tooManyWebhooks,
            .conflict,
            cause: "The workspace has as many webhooks as it may have.",
            remedy: "Delete one that is not used."
        ),
        ErrorEntry(
            .deliveryNotFound,
            .notFound,
            cause: "This workspace has no such delivery.",
            remedy: "List them with GET /v1/webhooks/{id}/deliveries."
        ),
        ErrorEntry(
            .linkInvalid,
            .forbidden,
            cause: "The signature of the link is not right.",
            remedy: "Ask the API for a new link."
        ),
        ErrorEntry(
            .linkExpired,
            .gone,
            cause: "The link has ended.",
            remedy: "Ask the API for a new link."
        ),
    ]
}
