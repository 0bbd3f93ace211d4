import CLibPQ
import Foundation
import Primitives
import Synchronization

/// PostgreSQL by itself: 8 threads with a connection each, prepared statements, a transaction an entry.
struct BarePostgreSQL: BareEngine {
    private static let writers = 8
    let url: String

    func rate(_ count: Int, _ owners: [Identifier]) async throws -> Double {
        let each = count / Self.writers
        let connections = (0..<Self.writers).map { _ in Connection(url) }
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (writer, connection) in connections.enumerated() {
                let turns = (0..<each).map { owners[($0 * Self.writers + writer) % owners.count] }
                group.addTask {
                    try await withCheckedThrowingContinuation { continuation in
                        Thread.detachNewThread { continuation.resume(with: Result { try connection.post(turns) }) }
                    }
                }
            }
            try await group.waitForAll()
        }
        return Double(each * Self.writers) / BareStatements.seconds(since: start)
    }

    struct Failure: Error {
        let message: String
    }

    /// A connection, used by one thread at a time.
    @safe
    private final class Connection: @unchecked Sendable {
        private let handle: OpaquePointer?
        private let ids = SystemIdentifierSource()

        init(_ url: String) {
            unsafe handle = unsafe PQconnectdb(url)
            let statements = [
                "entry": BareStatements.entry, "accounts": BareStatements.accounts,
                "postings": BareStatements.postings, "outbox": BareStatements.outbox,
            ]
            for (name, text) in statements { unsafe PQclear(PQprepare(handle, name, text, 0, nil)) }
        }

        deinit {
            unsafe PQfinish(handle)
        }

        func post(_ owners: [Identifier]) throws {
            for owner in owners {
                unsafe try check(PQexec(handle, "BEGIN"))
                let id = hex(ids.next())
                let now = "\(SystemWallClock().now().millisecondsSinceEpoch)"
                let accounts = BareStatements.movements.flatMap { kind, amount -> [String?] in
                    [hex(ids.next()), hex(owner), kind, "KES", "\(amount)", id]
                }
                let rows = try run("accounts", accounts)
                _ = try run("entry", [id, ids.next().uuidString, "call_charge", "bench", nil, "235", now])
                let postings = zip(rows, BareStatements.movements).flatMap { row, movement -> [String?] in
                    [id, row.first, "\(movement.amount)", row.dropFirst().first]
                }
                _ = try run("postings", postings)
                _ = try run("outbox", [hex(ids.next()), "{}"])
                unsafe try check(PQexec(handle, "COMMIT"))
            }
        }

        /// Runs a prepared statement and returns the fields of its rows.
        private func run(_ name: String, _ values: [String?]) throws -> [[String]] {
            let copies = unsafe values.map { value in unsafe value.map { unsafe strdup($0) } }
            defer { for index in unsafe copies.indices { unsafe free(copies[index] ?? nil) } }
            let pointers = unsafe copies.map { copy in unsafe UnsafePointer(copy ?? nil) }
            let result = unsafe PQexecPrepared(handle, name, Int32(values.count), pointers, nil, nil, 0)
            defer { unsafe PQclear(result) }
            let status = unsafe PQresultStatus(result)
            guard status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK else {
                throw Failure(message: unsafe String(cString: PQresultErrorMessage(result)))
            }
            let (rows, fields) = unsafe (PQntuples(result), PQnfields(result))
            return (0..<rows).map { row in
                (0..<fields).map { unsafe String(cString: PQgetvalue(result, row, $0)) }
            }
        }

        private func check(_ result: OpaquePointer?) throws {
            defer { unsafe PQclear(result) }
            guard unsafe PQresultStatus(result) == PGRES_COMMAND_OK else {
                throw Failure(message: unsafe String(cString: PQresultErrorMessage(result)))
            }
        }

        private func hex(_ id: Identifier) -> String {
            "\\x" + id.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }
}
