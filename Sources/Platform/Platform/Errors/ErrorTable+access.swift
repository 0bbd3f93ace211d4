extension ErrorTable {
    /// Errors of keys, people and workspaces.
    static let access = [
        ErrorEntry(
            .keyInvalid,
            .unauthenticated,
            cause: "No API key came with the request, or none that this server knows.",
            remedy: "Send Authorization: Bearer tsk_live_… with a key of this server."
        ),
        ErrorEntry(
            .keyRevoked,
            .unauthenticated,
            cause: "The API key was revoked.",
            remedy: "Create a new key and put it where the old one is."
        ),
        ErrorEntry(
            .keyExpired,
            .unauthenticated,
            cause: "The API key has reached its end.",
            remedy: "Create a new key; rotate keys before they end."
        ),
        ErrorEntry(
            .keyAddressDenied,
            .forbidden,
            cause: "The API key may not be used from this network address.",
            remedy: "Ask from an address of allowed_addresses, or create a key without that limit."
        ),
        ErrorEntry(
            .scopeDenied,
            .forbidden,
            cause: "The API key lacks the scope that the message names.",
            remedy: "Create a key with that scope; nobody can give a key more than they have."
        ),
        ErrorEntry(
            .scopeInvalid,
            .invalid,
            cause: "A scope is not one that there is, or not one that this key can have.",
            remedy: "Use the scopes that the message lists."
        ),
        ErrorEntry(
            .keyNameRequired,
            .invalid,
            cause: "A key needs a name.",
            remedy: "Send name, so that people know what the key is for."
        ),
        ErrorEntry(
            .keyNotFound,
            .notFound,
            cause: "This workspace has no such key.",
            remedy: "List the keys with GET /v1/api-keys."
        ),
        ErrorEntry(
            .keyAlreadyRevoked,
            .conflict,
            cause: "The key was revoked before.",
            remedy: "Nothing is left to do."
        ),
        ErrorEntry(
            .keyNotActive,
            .conflict,
            cause: "The key is revoked or has ended, so it cannot be rotated.",
            remedy: "Create a new key."
        ),
        ErrorEntry(
            .sessionInvalid,
            .unauthenticated,
            cause: "No session came with the request, or one that has ended; some endpoints are for people only.",
            remedy: "Sign in again."
        ),
        ErrorEntry(
            .noWorkspace,
            .forbidden,
            cause: "The session has no active workspace.",
            remedy: "Open one with POST /v1/auth/onboarding, or choose one with POST /v1/auth/workspace."
        ),
        ErrorEntry(
            .workspaceForbidden,
            .forbidden,
            cause: "You do not belong to this workspace.",
            remedy: "Choose one of GET /v1/me."
        ),
        ErrorEntry(
            .signInTokenInvalid,
            .unauthenticated,
            cause: "The link to sign in is not one of this server.",
            remedy: "Ask for a new link."
        ),
        ErrorEntry(
            .signInTokenExpired,
            .gone,
            cause: "The link to sign in is older than 15 minutes.",
            remedy: "Ask for a new link."
        ),
        ErrorEntry(
            .signInTokenUsed,
            .conflict,
            cause: "The link to sign in was used already.",
            remedy: "Ask for a new link."
        ),
        ErrorEntry(
            .originRefused,
            .forbidden,
            cause: "A page of another site asked for a change in the name of a session.",
            remedy: "Use an API key from elsewhere than this server's own pages."
        ),
        ErrorEntry(
            .alreadyOnboarded,
            .conflict,
            cause: "The person has a workspace already.",
            remedy: "Open another with POST /v1/workspaces."
        ),
        ErrorEntry(
            .writeDenied,
            .forbidden,
            cause: "The role in this workspace does not go so far.",
            remedy: "Ask an owner of the workspace."
        ),
        ErrorEntry(
            .roleChangeDenied,
            .forbidden,
            cause: "Only an owner changes roles.",
            remedy: "Ask an owner of the workspace."
        ),
        ErrorEntry(
            .removeDenied,
            .forbidden,
            cause: "Only an owner removes others.",
            remedy: "Ask an owner, or leave by removing yourself."
        ),
        ErrorEntry(
            .lastOwner,
            .conflict,
            cause: "A workspace always has an owner.",
            remedy: "Make somebody else an owner first."
        ),
        ErrorEntry(
            .memberNotFound,
            .notFound,
            cause: "This person is not a member of the workspace.",
            remedy: "List the members with GET /v1/members."
        ),
        ErrorEntry(
            .alreadyMember,
            .conflict,
            cause: "The invited person is a member already.",
            remedy: "Nothing is left to do; change their role with PATCH /v1/members/{id}."
        ),
        ErrorEntry(
            .invitationNotFound,
            .notFound,
            cause: "There is no such invitation, or it was taken back.",
            remedy: "Ask for a new one."
        ),
        ErrorEntry(
            .tooManyInvitations,
            .conflict,
            cause: "The workspace has as many open invitations as it may have.",
            remedy: "Revoke some with DELETE /v1/invitations/{id}."
        ),
        ErrorEntry(
            .invitationExpired,
            .gone,
            cause: "The invitation is older than 7 days.",
            remedy: "Ask for it to be sent again."
        ),
        ErrorEntry(
            .invitationUsed,
            .conflict,
            cause: "The invitation was accepted already.",
            remedy: "Sign in."
        ),
        ErrorEntry(
            .inviteRequiresLogin,
            .unauthenticated,
            cause: "An invitation is accepted by somebody who has signed in.",
            remedy: "Sign in at redirect_to; the invitation is remembered for an hour."
        ),
        ErrorEntry(
            .inviteEmailMismatch,
            .forbidden,
            cause: "The invitation is for another address than the one that is signed in.",
            remedy: "Sign in with the invited address, or ask for an invitation to yours."
        ),
        ErrorEntry(
            .workspaceSuspended,
            .forbidden,
            cause: "The operator has suspended the workspace: it can read but not act.",
            remedy: "Contact support."
        ),
        ErrorEntry(
            .workspaceNotFound,
            .notFound,
            cause: "There is no such workspace.",
            remedy: "Choose one of GET /v1/me."
        ),
        ErrorEntry(
            .auditActionInvalid,
            .invalid,
            cause: "The audit log has no such action_kind.",
            remedy: "Use one that the message lists."
        ),
    ]
}
