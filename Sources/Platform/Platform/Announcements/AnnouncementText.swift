import Ledger
import Primitives

/// What every workspace is told.
struct AnnouncementText: Sendable {
    let subject: String
    let text: String

    static func prices(_ before: PriceList, _ after: PriceList, from date: String) -> AnnouncementText {
        let lines = [
            line("Rental of a number for a month, without VAT", before.numberMonthlyMinor, after.numberMonthlyMinor),
            line("A minute of an outbound call in Kenya", before.outboundPerMinuteMinor, after.outboundPerMinuteMinor),
            line("A minute of an inbound call", before.inboundPerMinuteMinor, after.inboundPerMinuteMinor),
            line("A minute of a call to a SIP URI", before.sipPerMinuteMinor, after.sipPerMinuteMinor),
            before.recordingFreeGB == after.recordingFreeGB
                ? nil : "Free storage of recordings: \(before.recordingFreeGB) GB, then \(after.recordingFreeGB) GB",
            line(
                "A GB of recordings above that for a month, without VAT",
                before.storagePerGBMonthMinor,
                after.storagePerGBMonthMinor
            ),
            before.vatBasisPoints == after.vatBasisPoints
                ? nil : "VAT: \(kes(before.vatBasisPoints)) %, then \(kes(after.vatBasisPoints)) %",
        ].compactMap { $0 }
        return AnnouncementText(
            subject: "Prices change on \(date)",
            text: """
                From \(date) in Nairobi on these prices change:

                \(lines.joined(separator: "\n"))

                GET /v1/public/pricing shows all prices, and those to come.
                """
        )
    }

    static func pricesStay(from date: String) -> AnnouncementText {
        AnnouncementText(
            subject: "Prices do not change on \(date)",
            text:
                "The change of prices that was announced for \(date) was called off. What was in force before stays so."
        )
    }

    static func rates(_ changes: RateChanges, from date: String) -> AnnouncementText {
        let lines = changes.described.map { "\($0.destination) (+\($0.prefix)): \($0.before), then \($0.after)" }
        let rest = changes.count - lines.count
        return AnnouncementText(
            subject: "Rates of international calls change on \(date)",
            text: """
                From \(date) in Nairobi on the price of a minute changes, in KES:

                \(lines.joined(separator: "\n"))\(rest > 0 ? "\nand \(rest) more" : "")

                GET /v1/rates?to=<number> shows the rate of any number, and the one to come.
                """
        )
    }

    static func ratesStay(from date: String) -> AnnouncementText {
        AnnouncementText(
            subject: "Rates of international calls do not change on \(date)",
            text:
                "The change of rates that was announced for \(date) was called off. What was in force before stays so."
        )
    }

    private static func line(_ name: String, _ before: Int64, _ after: Int64) -> String? {
        before == after ? nil : "\(name): KES \(kes(before)), then KES \(kes(after))"
    }

    private static func kes(_ minor: Int64) -> String { JSONValue.decimal(minor: minor).text }
}
