import GRDB

extension DatabaseError {
    /// Sorts an error of SQLite by its result code; an error of our own passes through.
    init(sqlite error: any Error) {
        if let error = error as? DatabaseError {
            self = error
            return
        }
        guard let error = error as? GRDB.DatabaseError else {
            self = .statement("\(error)")
            return
        }
        let message = "\(error.extendedResultCode): \(error.message ?? "no message")"
        switch error.resultCode {
        case .SQLITE_CONSTRAINT:
            switch error.extendedResultCode {
            case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY: self = .uniqueViolation(message)
            case .SQLITE_CONSTRAINT_TRIGGER: self = .refused(message)
            default: self = .constraintViolation(message)
            }
        case .SQLITE_READONLY: self = .readOnly(message)
        case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_CORRUPT,
            .SQLITE_NOTADB, .SQLITE_NOMEM, .SQLITE_ABORT, .SQLITE_INTERRUPT, .SQLITE_MISUSE:
            self = .unavailable(message)
        default: self = .statement(message)
        }
    }
}
