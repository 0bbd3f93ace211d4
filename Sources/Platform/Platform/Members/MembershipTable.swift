import Database
import Ledger
import Primitives

/// All SQL of who belongs to which workspace.
enum MembershipTable {
    static let migration = Migration(number: 205, name: "memberships") { dialect in
        [
            """
            CREATE TABLE memberships (
                workspace_id \(dialect.bytes) NOT NULL REFERENCES workspaces (id),
                user_id \(dialect.bytes) NOT NULL REFERENCES users (id), role TEXT NOT NULL, joined_at BIGINT NOT NULL,
                PRIMARY KEY (workspace_id, user_id))\(dialect.clustered)
            """,
            "CREATE INDEX memberships_by_user ON memberships (user_id, joined_at)",
        ]
    }

    /// Adds a person; false when they belong already.
    static func insert(
        workspaceID: Identifier,
        userID: Identifier,
        role: Role,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO memberships (workspace_id, user_id, role, joined_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (workspace_id, user_id) DO NOTHING
            """,
            [workspaceID, userID, role.rawValue, now]
        ) == 1
    }

    /// What a person is to a workspace; nil when nothing.
    static func role(of userID: Identifier, in workspaceID: Identifier, _ tx: SQLTransaction) throws -> Role? {
        try tx.first(
            "SELECT role FROM memberships WHERE workspace_id = $1 AND user_id = $2",
            [workspaceID, userID]
        ).map { try role($0) }
    }

    /// The workspaces of a person, oldest first, at most 1,000.
    static func all(of userID: Identifier, in tx: SQLTransaction) throws -> [Membership] {
        try tx.rows(
            """
            SELECT m.user_id, m.role, m.joined_at, w.* FROM memberships m JOIN workspaces w ON w.id = m.workspace_id
            WHERE m.user_id = $1 ORDER BY m.joined_at, m.workspace_id LIMIT 1000
            """,
            [userID]
        ).map { row in
            Membership(
                workspace: try WorkspaceTable.workspace(row),
                userID: try row.get("user_id"),
                role: try role(row),
                joinedAt: try row.get("joined_at")
            )
        }
    }

    /// The people of a workspace, longest there first, at most 1,000.
    static func members(of workspaceID: Identifier, in tx: SQLTransaction) throws -> [Member] {
        try tx.rows(
            """
            SELECT m.role, m.joined_at, u.* FROM memberships m JOIN users u ON u.id = m.user_id
            WHERE m.workspace_id = $1 ORDER BY m.joined_at, m.user_id LIMIT 1000
            """,
            [workspaceID]
        ).map { row in
            Member(user: try UserTable.user(row), role: try role(row), joinedAt: try row.get("joined_at"))
        }
    }

    /// Where the owners of a subscription's workspace are reached, at most 20 of them.
    static func ownerAddresses(ofSubscription id: Identifier, in tx: SQLTransaction) throws -> [EmailAddress] {
        try tx.rows(
            """
            SELECT u.email FROM webhook_subscriptions s JOIN memberships m ON m.workspace_id = s.workspace_id
            JOIN users u ON u.id = m.user_id WHERE s.id = $1 AND m.role = 'owner' ORDER BY u.email LIMIT 20
            """,
            [id]
        ).map { try EmailAddress(parsing: $0.get("email"), field: "email") }
    }

    /// How many owners a workspace has; what counts them and what makes one fewer cannot both be done at once.
    static func ownerCount(of workspaceID: Identifier, in tx: SQLTransaction) throws -> Int {
        try tx.first(
            "SELECT COUNT(*) AS n FROM memberships WHERE workspace_id = $1 AND role = 'owner'",
            [workspaceID]
        )?.get("n") ?? 0
    }

    static func setRole(
        _ role: Role,
        of userID: Identifier,
        in workspaceID: Identifier,
        _ tx: SQLTransaction
    ) throws {
        try tx.execute(
            "UPDATE memberships SET role = $1 WHERE workspace_id = $2 AND user_id = $3",
            [role.rawValue, workspaceID, userID]
        )
    }

    static func remove(_ userID: Identifier, from workspaceID: Identifier, in tx: SQLTransaction) throws {
        try tx.execute("DELETE FROM memberships WHERE workspace_id = $1 AND user_id = $2", [workspaceID, userID])
    }

    private static func role(_ row: Row) throws -> Role {
        guard let role = Role(rawValue: try row.get("role")) else { throw DatabaseError.decoding("memberships: role") }
        return role
    }
}
