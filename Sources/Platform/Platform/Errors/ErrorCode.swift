/// The one table of stable error codes: a client may rely on the raw value for ever.
package enum ErrorCode: String, Sendable, CaseIterable {
    case requestMalformed = "request.malformed"
    case requestInvalid = "request.invalid"
    case requestTooLarge = "request.too_large"
    case requestNotFound = "request.not_found"
    case methodNotAllowed = "request.method_not_allowed"
    case rateLimitExceeded = "rate_limit.exceeded"
    case keyInvalid = "api_key.invalid"
    case keyRevoked = "api_key.revoked"
    case keyExpired = "api_key.expired"
    case scopeDenied = "api_key.scope_denied"
    case scopeInvalid = "api_key.scope_invalid"
    case sessionInvalid = "auth.session_invalid"
    case noWorkspace = "auth.no_workspace"
    case workspaceForbidden = "auth.workspace_forbidden"
    case signInTokenInvalid = "auth.token_invalid"
    case signInTokenExpired = "auth.token_expired"
    case signInTokenUsed = "auth.token_used"
    case originRefused = "auth.origin_refused"
    case alreadyOnboarded = "auth.already_onboarded"
    case writeDenied = "accounts.write_denied"
    case roleChangeDenied = "accounts.role_change_denied"
    case removeDenied = "accounts.remove_denied"
    case lastOwner = "accounts.last_owner"
    case memberNotFound = "accounts.member_not_found"
    case alreadyMember = "accounts.already_member"
    case invitationNotFound = "invitations.not_found"
    case invitationExpired = "invitations.expired"
    case invitationUsed = "invitations.already_accepted"
    case inviteRequiresLogin = "invite_requires_login"
    case inviteEmailMismatch = "auth.invite_email_mismatch"
    case keyNameRequired = "api_key.name_required"
    case keyNotFound = "api_key.not_found"
    case keyAlreadyRevoked = "api_key.already_revoked"
    case keyNotActive = "api_key.not_active"
    case keyAddressDenied = "api_key.address_denied"
    case workspaceSuspended = "workspace.suspended"
    case workspaceNotFound = "workspace.not_found"
    case insufficientFunds = "wallet.insufficient_funds"
    case currencyMismatch = "wallet.currency_mismatch"
    case currencyUnsupported = "currency.unsupported"
    case numberNotFound = "numbers.not_found"
    case numberAlreadyClaimed = "numbers.already_claimed"
    case numberNotAssigned = "numbers.not_assigned"
    case numberNotOwned = "numbers.not_owned"
    case numberNotActive = "numbers.not_active"
    case callNotFound = "calls.not_found"
    case destinationRefused = "calls.destination_refused"
    case tooManyCalls = "calls.too_many_concurrent"
    case recordingNotFound = "calls.recording_not_found"
    case recordingExpired = "calls.recording_expired"
    case actionUnsupported = "voice.action_unsupported"
    case idempotencyConflict = "idempotency.conflict"
    case idempotencyKeyInvalid = "idempotency.key_invalid"
    case trunkExists = "trunks.already_exists"
    case webhookNotFound = "webhooks.not_found"
    case webhookDisabled = "webhooks.disabled"
    case eventUnsupported = "webhooks.event_unsupported"
    case tooManyWebhooks = "webhooks.too_many"
    case deliveryNotFound = "webhooks.delivery_not_found"
    case linkInvalid = "links.invalid"
    case linkExpired = "links.expired"
    case serviceUnavailable = "service.unavailable"
    case internalError = "internal_error"

    /// What kind of refusal it is.
    package var category: ErrorCategory {
        switch self {
        case .requestMalformed, .requestInvalid, .keyNameRequired, .eventUnsupported, .methodNotAllowed, .scopeInvalid,
            .currencyMismatch,
            .currencyUnsupported,
            .destinationRefused, .actionUnsupported, .idempotencyKeyInvalid:
            .invalid
        case .keyInvalid, .keyRevoked, .keyExpired, .sessionInvalid, .signInTokenInvalid,
            .inviteRequiresLogin:
            .unauthenticated
        case .scopeDenied, .workspaceSuspended, .numberNotOwned, .linkInvalid, .noWorkspace, .workspaceForbidden,
            .originRefused, .writeDenied, .roleChangeDenied, .removeDenied, .inviteEmailMismatch, .keyAddressDenied:
            .forbidden
        case .insufficientFunds: .paymentRequired
        case .requestNotFound, .workspaceNotFound, .numberNotFound, .callNotFound, .recordingNotFound, .memberNotFound,
            .invitationNotFound, .keyNotFound, .webhookNotFound, .deliveryNotFound:
            .notFound
        case .numberAlreadyClaimed, .numberNotAssigned, .numberNotActive, .idempotencyConflict, .trunkExists,
            .signInTokenUsed,
            .alreadyOnboarded, .lastOwner, .alreadyMember, .invitationUsed, .keyAlreadyRevoked, .keyNotActive,
            .webhookDisabled,
            .tooManyWebhooks:
            .conflict
        case .recordingExpired, .linkExpired, .signInTokenExpired, .invitationExpired: .gone
        case .requestTooLarge: .tooLarge
        case .rateLimitExceeded, .tooManyCalls: .rateLimited
        case .serviceUnavailable: .unavailable
        case .internalError: .internalFault
        }
    }
}
