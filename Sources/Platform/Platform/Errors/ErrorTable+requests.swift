extension ErrorTable {
    /// Errors of requests and the server itself.
    static let requests = [
        ErrorEntry(
            .requestMalformed,
            .invalid,
            cause: "The body cannot be read as what it says it is.",
            remedy: "Send a JSON object in UTF-8 with Content-Type: application/json."
        ),
        ErrorEntry(
            .requestInvalid,
            .invalid,
            cause: "A field or a query parameter is missing, or has a value that is not taken.",
            remedy: "Mend what field names; errors lists all that is wrong when there is more than one thing."
        ),
        ErrorEntry(
            .requestTooLarge,
            .tooLarge,
            cause: "The body has more bytes than this endpoint takes.",
            remedy: "Send less at once."
        ),
        ErrorEntry(
            .requestNotFound,
            .notFound,
            cause: "There is nothing at this path.",
            remedy: "Compare the path with the documentation; ids are part of it."
        ),
        ErrorEntry(
            .methodNotAllowed,
            .invalid,
            cause: "The path exists and does not take this method.",
            remedy: "Use a method of the Allow header."
        ),
        ErrorEntry(
            .rateLimitExceeded,
            .rateLimited,
            cause: "More requests came in a minute than the limit allows.",
            remedy: "Wait for the seconds that Retry-After says, and spread the requests."
        ),
        ErrorEntry(
            .serviceUnavailable,
            .unavailable,
            cause: "Something that the server needs does not answer for the moment.",
            remedy: "Try again after Retry-After with the same Idempotency-Key; the work is done once."
        ),
        ErrorEntry(
            .internalError,
            .internalFault,
            cause: "Something went wrong on our side, and was logged.",
            remedy: "Try again with the same Idempotency-Key; give support the request_id if it stays."
        ),
        ErrorEntry(
            .idempotencyConflict,
            .conflict,
            cause: "The Idempotency-Key was used with another request within 24 hours.",
            remedy: "Use a new key for a new request, and the same body for the same key."
        ),
        ErrorEntry(
            .idempotencyKeyInvalid,
            .invalid,
            cause: "An Idempotency-Key has 1 to 255 printable ASCII characters without spaces.",
            remedy: "Send a UUID."
        ),
        ErrorEntry(
            .idempotencyInProgress,
            .conflict,
            cause: "The first request with this Idempotency-Key has not ended yet.",
            remedy: "Send the request again in a second: it is answered as the first one."
        ),
    ]
}
