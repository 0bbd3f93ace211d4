/// What an operator sets anew; all else stays as it is.
package struct PriceChange: Sendable {
    /// A number's rental for a month without VAT, in minor units.
    package var numberMonthlyMinor: Int64?
    /// A minute of an outbound call in Kenya with VAT, in minor units.
    package var outboundPerMinuteMinor: Int64?
    /// A minute of an inbound call with VAT, in minor units.
    package var inboundPerMinuteMinor: Int64?
    /// A minute of a call to a SIP URI with VAT, in minor units.
    package var sipPerMinuteMinor: Int64?
    /// Recording storage that costs nothing, in gigabytes.
    package var recordingFreeGB: Int64?
    /// A gigabyte above that for a month without VAT, in minor units.
    package var storagePerGBMonthMinor: Int64?
    /// VAT in hundredths of a percent.
    package var vatBasisPoints: Int64?

    /// Changes nothing.
    package init() {}

    /// Amounts that no typing error exceeds: KES 1,000,000.
    private static let amounts: ClosedRange<Int64> = 0...1_000_000_00

    /// The list with what is new.
    func applied(to list: PriceList) -> PriceList {
        var list = list
        list.numberMonthlyMinor = numberMonthlyMinor ?? list.numberMonthlyMinor
        list.outboundPerMinuteMinor = outboundPerMinuteMinor ?? list.outboundPerMinuteMinor
        list.inboundPerMinuteMinor = inboundPerMinuteMinor ?? list.inboundPerMinuteMinor
        list.sipPerMinuteMinor = sipPerMinuteMinor ?? list.sipPerMinuteMinor
        list.recordingFreeGB = recordingFreeGB ?? list.recordingFreeGB
        list.storagePerGBMonthMinor = storagePerGBMonthMinor ?? list.storagePerGBMonthMinor
        list.vatBasisPoints = vatBasisPoints ?? list.vatBasisPoints
        return list
    }

    /// Values that cannot be.
    var faults: [FieldFault] {
        var faults: [FieldFault] = []
        func check(_ field: String, _ value: Int64?, in range: ClosedRange<Int64>) {
            if let value, !range.contains(value) {
                faults.append(FieldFault(field, "'\(field)' is \(range.lowerBound) to \(range.upperBound)."))
            }
        }
        check("number_monthly_minor", numberMonthlyMinor, in: Self.amounts)
        check("outbound_per_min_minor", outboundPerMinuteMinor, in: Self.amounts)
        check("inbound_per_min_minor", inboundPerMinuteMinor, in: Self.amounts)
        check("sip_per_min_minor", sipPerMinuteMinor, in: Self.amounts)
        check("recording_free_gb", recordingFreeGB, in: 0...1_000_000)
        check("recording_per_gb_month_minor", storagePerGBMonthMinor, in: Self.amounts)
        check("vat_basis_points", vatBasisPoints, in: 0...10_000)
        return faults
    }
}
