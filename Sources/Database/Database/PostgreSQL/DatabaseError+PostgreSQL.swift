extension DatabaseError {
    /// Sorts an error by its SQLSTATE (PostgreSQL documentation, appendix A); nil means that the connection was lost.
    init(sqlState: String?, message: String, constraint: String?) {
        guard let sqlState else {
            self = .unavailable("PostgreSQL: \(message)")
            return
        }
        let text = "\(sqlState): \(message)"
        switch sqlState {
        case "40001", "40P01": self = .serialisationFailure(text)
        case "23505": self = .uniqueViolation(constraint ?? text)
        case "25006": self = .readOnly(text)
        case "P0001": self = .refused(text)
        // Class 08 connection, 53 resources (disk full, too many connections), 57P0x shutting down, 58 system errors.
        case _ where ["08", "53", "58"].contains(sqlState.prefix(2)) || sqlState.hasPrefix("57P"):
            self = .unavailable(text)
        case "57014": self = .unavailable(text)
        case _ where sqlState.hasPrefix("23"): self = .constraintViolation(text)
        default: self = .statement(text)
        }
    }
}
