/// A value as both engines store it.
package enum SQLValue: Sendable, Hashable {
    /// SQL's NULL.
    case null
    /// A 64-bit integer (`BIGINT`).
    case integer(Int64)
    /// A double (`DOUBLE PRECISION`).
    case real(Double)
    /// UTF-8 text (`TEXT`).
    case text(String)
    /// Bytes (`BLOB` or `BYTEA`).
    case blob([UInt8])
}
