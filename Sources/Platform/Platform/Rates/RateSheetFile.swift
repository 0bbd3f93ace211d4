import Ledger

/// A rate sheet as CSV: `prefix,country,destination,per_minute_kes`, with VAT; the first line names the columns, in any order.
package enum RateSheetFile {
    /// The most bytes of a file.
    package static let mostBytes = 8 << 20
    /// The most rates of a sheet.
    package static let mostRates = 100_000
    private static let names = ["prefix", "country", "destination", "per_minute_kes"]

    /// Reads a sheet; total: whatever the text is, the answer is its rates or what is wrong in which record.
    ///
    /// - Throws: `RateSheetFault`.
    package static func read(_ text: String) throws(RateSheetFault) -> [Rate] {
        guard text.utf8.count <= mostBytes else { throw .tooLarge }
        let records = CSVText(text).records
        guard let heading = records.first, records.count > 1 else { throw .empty }
        guard records.count - 1 <= mostRates else { throw .tooMany }
        var places: [Int] = []
        for name in names {
            guard let place = heading.firstIndex(of: name) else { throw .column(name) }
            places.append(place)
        }
        var rates: [Rate] = []
        var known: Set<String> = []
        for (index, record) in records.enumerated().dropFirst() {
            let rate = try rate(places.map { $0 < record.count ? record[$0] : "" }, number: index + 1)
            guard known.insert(rate.prefix).inserted else { throw .twice(rate.prefix) }
            rates.append(rate)
        }
        return rates
    }

    /// A sheet as it is read.
    package static func text(_ rates: [Rate]) -> String {
        let lines = rates.map { rate in
            let destination = rate.destination.replacing("\"", with: "\"\"")
            let price = JSONValue.decimal(minor: rate.perMinuteMinor).text
            return "\(rate.prefix),\(rate.country),\"\(destination)\",\(price)\n"
        }
        return names.joined(separator: ",") + "\n" + lines.joined()
    }

    private static func rate(_ fields: [String], number: Int) throws(RateSheetFault) -> Rate {
        let prefix = fields[0].hasPrefix("+") ? String(fields[0].dropFirst()) : fields[0]
        guard (1...Rate.longestPrefix).contains(prefix.utf8.count), prefix.first != "0",
            prefix.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { throw .field(number, "prefix") }
        if Rate.isHome(prefix) { throw .home(number) }
        let country = fields[1]
        guard country.utf8.count == 2, country.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
            throw .field(number, "country")
        }
        let destination = fields[2]
        guard (1...80).contains(destination.utf8.count),
            destination.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
        else { throw .field(number, "destination") }
        guard let minor = DecimalText.minor(fields[3]), Rate.amounts.contains(minor) else {
            throw .field(number, "per_minute_kes")
        }
        return Rate(prefix: prefix, country: country, destination: destination, perMinuteMinor: minor)
    }
}
