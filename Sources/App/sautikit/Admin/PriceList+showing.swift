import Platform
import Primitives

extension PriceList {
    /// For programs.
    var members: [JSONMember] {
        [
            JSONMember("effective_from", .string(updatedAt.rfc3339Seconds)),
            JSONMember("number_monthly_minor", .integer(numberMonthlyMinor)),
            JSONMember("outbound_per_min_minor", .integer(outboundPerMinuteMinor)),
            JSONMember("inbound_per_min_minor", .integer(inboundPerMinuteMinor)),
            JSONMember("sip_per_min_minor", .integer(sipPerMinuteMinor)),
            JSONMember("recording_free_gb", .integer(recordingFreeGB)),
            JSONMember("recording_per_gb_month_minor", .integer(storagePerGBMonthMinor)),
            JSONMember("vat_basis_points", .integer(vatBasisPoints)), JSONMember("currency", "KES"),
        ]
    }

    /// For people.
    var lines: [String] {
        [
            "Number, a month       \(Shillings.text(minor: numberMonthlyMinor)) and VAT",
            "Outbound, a minute    \(Shillings.text(minor: outboundPerMinuteMinor))",
            "Inbound, a minute     \(Shillings.text(minor: inboundPerMinuteMinor))",
            "SIP URI, a minute     \(Shillings.text(minor: sipPerMinuteMinor))",
            "Recordings, free      \(recordingFreeGB) GB",
            "Above that, GB/month  \(Shillings.text(minor: storagePerGBMonthMinor)) and VAT",
            "VAT                   \(JSONValue.decimal(minor: vatBasisPoints).text) %",
        ]
    }
}
