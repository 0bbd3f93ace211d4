/// SQL with `$1` rewritten to `?1`: SQLite numbers `$1` by first appearance, as a name, but `?1` by its number.
enum SQLiteText {
    /// Parameters are rewritten outside of quotes only.
    static func numbered(_ sql: String) -> String {
        var result = ""
        result.reserveCapacity(sql.utf8.count)
        var quote: Character?
        for (character, next) in zip(sql, sql.dropFirst().map(Optional.some) + [nil]) {
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "'" || character == "\"" {
                quote = character
            } else if character == "$", next?.isNumber == true {
                result.append("?")
                continue
            }
            result.append(character)
        }
        return result
    }
}
