/// Object ids of the column types that are decoded specially; they are fixed in PostgreSQL's catalogue (`pg_type.dat`).
enum PostgresType: UInt32 {
    case bool = 16
    case bytea = 17
    case int8 = 20
    case int2 = 21
    case int4 = 23
    case float4 = 700
    case float8 = 701
    case numeric = 1700
}
