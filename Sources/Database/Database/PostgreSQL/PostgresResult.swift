import CLibPQ

/// A result of libpq, freed when it is let go.
@safe final class PostgresResult {
    private let pointer: OpaquePointer?

    init(_ pointer: OpaquePointer?) {
        unsafe self.pointer = unsafe pointer
    }

    deinit {
        unsafe PQclear(pointer)
    }

    /// SQLSTATE, message and constraint of a failed statement; nil when it succeeded.
    var failure: (state: String?, message: String, constraint: String?)? {
        let status = unsafe PQresultStatus(pointer)
        if status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK { return nil }
        return (field("C"), field("M") ?? "connection lost", field("n"))
    }

    /// Whether the server has ended the connection with it, whatever libpq still thinks of that connection.
    var isFatal: Bool { ["FATAL", "PANIC"].contains(field("V")) }

    private func field(_ code: Unicode.Scalar) -> String? {
        unsafe PQresultErrorField(pointer, Int32(code.value)).map { unsafe String(cString: $0) }
    }

    /// What the server says it did, such as `COMMIT`.
    var tag: String { unsafe String(cString: PQcmdStatus(pointer)) }

    /// Rows changed by INSERT, UPDATE or DELETE.
    var changeCount: Int {
        unsafe Int(String(cString: PQcmdTuples(pointer))) ?? 0
    }

    /// The names of its columns, in their order.
    var columnNames: [String] {
        (0..<(unsafe PQnfields(pointer))).map { unsafe String(cString: PQfname(pointer, $0)) }
    }

    /// The rows, decoded from the text format by the type of each column.
    func rows(_ columns: ColumnNames) throws(DatabaseError) -> [Row] {
        let columnCount = unsafe PQnfields(pointer)
        let types = (0..<columnCount).map { unsafe PQftype(pointer, $0) }
        var rows: [Row] = []
        for row in 0..<(unsafe PQntuples(pointer)) {
            var values: [SQLValue] = []
            values.reserveCapacity(types.count)
            for column in 0..<columnCount { values.append(try value(row, column, type: types[Int(column)])) }
            rows.append(Row(columns: columns, values: values))
        }
        return rows
    }

    private func value(_ row: Int32, _ column: Int32, type: Oid) throws(DatabaseError) -> SQLValue {
        if unsafe PQgetisnull(pointer, row, column) == 1 { return .null }
        let text = unsafe String(cString: PQgetvalue(pointer, row, column))
        switch PostgresType(rawValue: type) {
        case .int8, .int4, .int2, .numeric:
            guard let number = Int64(text) else { throw .decoding("\(text.prefix(40)) is no 64-bit integer") }
            return .integer(number)
        case .float8, .float4:
            guard let number = Double(text) else { throw .decoding("\(text.prefix(40)) is no number") }
            return .real(number)
        case .bool: return .integer(text == "t" ? 1 : 0)
        case .bytea: return .blob(try Self.bytes(fromHex: text))
        case nil: return .text(text)
        }
    }

    /// Reads PostgreSQL's `\x…` form.
    private static func bytes(fromHex text: String) throws(DatabaseError) -> [UInt8] {
        let digits = Array(text.utf8.dropFirst(2))
        guard text.hasPrefix("\\x"), digits.count.isMultiple(of: 2) else {
            throw .decoding("bytes are not in hex form")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = nibble(digits[index]), let low = nibble(digits[index + 1]) else {
                throw .decoding("bytes are not in hex form")
            }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
