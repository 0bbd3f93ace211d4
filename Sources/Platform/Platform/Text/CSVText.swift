/// Comma-separated values (RFC 4180), with LF ends and a byte order mark tolerated.
package struct CSVText {
    /// The records, each with its fields, quotes removed; records without any text are left out.
    package let records: [[String]]

    /// Reads any text: what is not closed or not escaped is taken as it stands.
    package init(_ text: String) {
        var records: [[String]] = []
        var record: [String] = []
        var field = String.UnicodeScalarView()
        var isQuoted = false
        func isBlank(_ record: [String]) -> Bool { record.allSatisfy(\.isEmpty) }
        var scalars = Array(text.unicodeScalars)
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            index += 1
            switch scalar {
            case "\"" where isQuoted && index < scalars.count && scalars[index] == "\"":
                field.append("\"")
                index += 1
            case "\"" where isQuoted || field.isEmpty: isQuoted.toggle()
            case "," where !isQuoted:
                record.append(String(field))
                field = .init()
            case "\n" where !isQuoted, "\r" where !isQuoted:
                record.append(String(field))
                field = .init()
                if !isBlank(record) { records.append(record) }
                record = []
            default: field.append(scalar)
            }
        }
        record.append(String(field))
        if !isBlank(record) { records.append(record) }
        self.records = records
    }
}
