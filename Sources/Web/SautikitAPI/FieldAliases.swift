/// Other names that real clients use for a field (facts sections 7 and 11): the one table of this dialect.
enum FieldAliases {
    static let all: [String: [String]] = [
        "number": ["e164", "phone_number"],
        "inventory_id": ["number_id"],
        "voice_callback_url": ["voice_url", "routing_url"],
        "voice_signing_secret": ["signing_secret"],
        "events_url": ["status_url"],
        "client_request_id": ["clientRequestId"],
        "caller_id": ["callerId"],
    ]
}
