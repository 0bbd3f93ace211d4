extension ErrorTable {
    /// Errors of numbers and calls.
    static let numbers = [
        ErrorEntry(
            .insufficientFunds,
            .paymentRequired,
            cause: "The wallet cannot pay for this.",
            remedy: "Top up the wallet and try again."
        ),
        ErrorEntry(
            .currencyMismatch,
            .invalid,
            cause: "The currency is not the wallet's.",
            remedy: "Use the currency of GET /v1/wallet."
        ),
        ErrorEntry(
            .currencyUnsupported,
            .invalid,
            cause: "No wallet holds this currency here.",
            remedy: "Use KES."
        ),
        ErrorEntry(
            .numberNotFound,
            .notFound,
            cause: "There is no such number, or it is not one of this workspace.",
            remedy: "List yours with GET /v1/numbers, and those to claim with GET /v1/numbers/available."
        ),
        ErrorEntry(
            .numberAlreadyClaimed,
            .conflict,
            cause: "Somebody has the number.",
            remedy: "Choose another of GET /v1/numbers/available."
        ),
        ErrorEntry(
            .numberNotAssigned,
            .conflict,
            cause: "The number was given back before.",
            remedy: "Claim it again, if it is still there."
        ),
        ErrorEntry(
            .numberNotOwned,
            .forbidden,
            cause: "The number is not one of this workspace.",
            remedy: "Use one of GET /v1/numbers, or claim it first."
        ),
        ErrorEntry(
            .numberNotActive,
            .conflict,
            cause: "The number's status does not allow this.",
            remedy:
                "Look at its status with GET /v1/numbers/{id}; a suspended number works again when its rental is paid."
        ),
        ErrorEntry(
            .portOutTooEarly,
            .conflict,
            cause: "A number stays for 30 days before it may be ported away.",
            remedy: "Ask again from the day that the message names."
        ),
        ErrorEntry(
            .credentialNotFound,
            .notFound,
            cause: "The number has no such SIP credential.",
            remedy: "List them with GET /v1/numbers/{id}/sip-credentials."
        ),
        ErrorEntry(
            .tooManyCredentials,
            .conflict,
            cause: "The number has as many SIP credentials as it may have.",
            remedy: "Revoke one that is not used."
        ),
        ErrorEntry(
            .profilePending,
            .conflict,
            cause: "The number that the token is for is on its way from another carrier, and not here yet.",
            remedy: "Mint the token when GET /v1/numbers/{id} says active, or leave the number out."
        ),
        ErrorEntry(
            .portRequestNotFound,
            .notFound,
            cause: "This workspace has no such port request.",
            remedy: "List them with GET /v1/port-requests."
        ),
        ErrorEntry(
            .portWrongStatus,
            .conflict,
            cause: "The port request's status does not allow this.",
            remedy: "Look at its status; a rejected one can be submitted again."
        ),
        ErrorEntry(
            .portDocumentsMissing,
            .conflict,
            cause: "Numbers come in with a letter of authorisation and a bill.",
            remedy: "Add both, then submit the request."
        ),
        ErrorEntry(
            .portDocumentNotFound,
            .notFound,
            cause: "The port request has no such document.",
            remedy: "List them with GET /v1/port-requests/{id}."
        ),
        ErrorEntry(
            .portDocumentType,
            .invalid,
            cause: "The file is neither PDF nor PNG nor JPEG.",
            remedy: "Convert it, and send the file itself as the body."
        ),
        ErrorEntry(
            .tooManyPortDocuments,
            .conflict,
            cause: "The port request has as many documents as it may have.",
            remedy: "Remove one that is not needed."
        ),
        ErrorEntry(
            .portTestMode,
            .forbidden,
            cause: "Test keys move no real numbers.",
            remedy: "Ask with a live key."
        ),
        ErrorEntry(
            .tooManyPortRequests,
            .conflict,
            cause: "The workspace has as many open port requests as it may have.",
            remedy: "Cancel some, or wait for them to be completed."
        ),
        ErrorEntry(
            .callNotFound,
            .notFound,
            cause: "This workspace has no such call.",
            remedy: "List the calls with GET /v1/calls."
        ),
        ErrorEntry(
            .callNotLive,
            .conflict,
            cause: "The call has ended, or nobody has answered it yet.",
            remedy: "Wait for call.answered, and ask before the call ends."
        ),
        ErrorEntry(
            .conferenceNotFound,
            .notFound,
            cause: "No conference of this name goes on in the workspace, or no conference has this id.",
            remedy: "List those that go on with GET /v1/conferences."
        ),
        ErrorEntry(
            .conferenceParticipantNotFound,
            .notFound,
            cause: "The call is not in the conference.",
            remedy: "Read who is in it with GET /v1/conferences/{room}, and name a participant by its call."
        ),
        ErrorEntry(
            .conferenceElsewhere,
            .conflict,
            cause: "The conference is mixed by another voice node than the call's.",
            remedy: "Let the calls of one conference arrive at one node."
        ),
        ErrorEntry(
            .destinationRefused,
            .invalid,
            cause: "This destination is never called from here, such as an emergency number.",
            remedy: "Use a telephone."
        ),
        ErrorEntry(
            .destinationUnrated,
            .forbidden,
            cause: "Calls to this destination have no price here, so they are not placed.",
            remedy: "Look it up with GET /v1/rates, or ask the operator for the destination."
        ),
        ErrorEntry(
            .tooManyCalls,
            .rateLimited,
            cause: "As many calls of the workspace are live as may be.",
            remedy: "Wait for one to end."
        ),
        ErrorEntry(
            .capTooLow,
            .paymentRequired,
            cause: "The call's cap does not pay for a second.",
            remedy: "Raise max_cost_minor, or leave it out."
        ),
        ErrorEntry(
            .callsTooFast,
            .rateLimited,
            cause: "Calls are placed faster than they may be dialled, and as many wait as may.",
            remedy: "Come back after Retry-After, and place calls more slowly."
        ),
        ErrorEntry(
            .premiumRefused,
            .invalid,
            cause: "Numbers whose owner is paid for being called are never called from here.",
            remedy: "Use a telephone."
        ),
        ErrorEntry(
            .highRiskRefused,
            .forbidden,
            cause: "The number is in a range that fraud prefers, and those are closed unless they are opened.",
            remedy: "Ask the operator to allow the range, then add it to high_risk_prefixes with PATCH /v1/limits."
        ),
        ErrorEntry(
            .countryNotAllowed,
            .forbidden,
            cause: "The limits of the workspace or the key do not name the number's country.",
            remedy: "Look at countries in GET /v1/limits, and in the limits of the key."
        ),
        ErrorEntry(
            .sipNotAllowed,
            .forbidden,
            cause: "The URI's host and port are not on the list of those whom SIP URIs may call.",
            remedy: "Ask the operator to add it to SAUTIKIT_DIAL_SIP_HOSTS, or dial a number."
        ),
        ErrorEntry(
            .spendLimitReached,
            .rateLimited,
            cause: "What was spent today, with what live calls may still cost, leaves too little for this.",
            remedy: "Wait until midnight in Nairobi, cap calls with max_cost_minor, or raise the limit."
        ),
        ErrorEntry(
            .limitTooWide,
            .forbidden,
            cause: "A workspace can only set limits that are stricter than the operator's.",
            remedy: "Look at operator in GET /v1/limits, or ask the operator."
        ),
        ErrorEntry(
            .recordingNotFound,
            .notFound,
            cause: "The call has no recording.",
            remedy: "Ask for one with record: true when the call is placed."
        ),
        ErrorEntry(
            .recordingPending,
            .conflict,
            cause: "The call is live, or its recording is being finished.",
            remedy: "Try again in a moment."
        ),
        ErrorEntry(
            .recordingExpired,
            .gone,
            cause: "The recording was kept for its time, or until it was deleted.",
            remedy: "Fetch recordings while they are kept."
        ),
        ErrorEntry(
            .recordingFailed,
            .unavailable,
            cause: "The recording is there, and the store that has it does not answer.",
            remedy: "Try again after 1, 2, 4 and 8 seconds."
        ),
        ErrorEntry(
            .recordingUnavailable,
            .gone,
            cause: "The call was recorded, and its recording was lost before it could be stored.",
            remedy: "Nothing brings it back; call.recording.failed says why."
        ),
        ErrorEntry(
            .uploadNotFound,
            .notFound,
            cause: "No uploaded file has this id, or it was deleted.",
            remedy: "Take an id from GET /v1/uploads/audio."
        ),
        ErrorEntry(
            .uploadNotAudio,
            .invalid,
            cause: "The file is no WAV or MP3 that can be decoded, or plays for longer than 10 minutes.",
            remedy: "Convert it to WAV or MP3, and send it in the field file of a multipart form."
        ),
        ErrorEntry(
            .tooManyUploads,
            .conflict,
            cause: "The workspace keeps as many files, or as many bytes of them, as it may.",
            remedy: """
                Delete files that no call plays any more, with DELETE /v1/uploads/audio/{id}; or ask the operator for more. \
                GET /v1/storage says how much is used.
                """
        ),
        ErrorEntry(
            .actionUnsupported,
            .invalid,
            cause: "This server does not know the voice action.",
            remedy: "Use one that the documentation lists."
        ),
        ErrorEntry(
            .trunkExists,
            .conflict,
            cause: "There is a trunk of this name.",
            remedy: "Choose another name."
        ),
    ]
}
