/// A statement with `$1`, `$2`, … and what they stand for.
struct PostgresCommand {
    let sql: String
    var arguments: [SQLValue] = []
}
