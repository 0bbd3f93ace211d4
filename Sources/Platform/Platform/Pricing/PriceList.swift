package import Primitives

/// The public price list (seed: "Pricing"), in minor units of the Kenyan shilling. Rentals and storage are without VAT; a minute
/// is what the wallet pays for it, VAT included (seed: 47 s at KES 3.00 are KES 2.35).
package struct PriceList: Sendable, Equatable {
    /// A number's rental for a month: KES 100.
    package var numberMonthlyMinor: Int64 = 100_00
    /// A minute of an outbound call in Kenya: KES 3.00.
    package var outboundPerMinuteMinor: Int64 = 300
    /// A minute of an inbound call: free.
    package var inboundPerMinuteMinor: Int64 = 0
    /// A minute of a call to a SIP URI, whose host the operator has listed: free, as a device is.
    package var sipPerMinuteMinor: Int64 = 0
    /// Recording storage that costs nothing, in gigabytes.
    package var recordingFreeGB: Int64 = 5
    /// A gigabyte of recordings above that for a month: KES 2.00.
    package var storagePerGBMonthMinor: Int64 = 200
    /// VAT in hundredths of a percent: 16 %.
    package var vatBasisPoints: Int64 = 1600
    /// Since when the list is in force.
    package var updatedAt = Timestamp(millisecondsSinceEpoch: 1_782_518_400_000)

    /// Makes the list of the seed.
    package init() {}

    /// Whether anybody may have to pay more than by another list. The rate of VAT is the law's, and no price.
    func isDearer(than other: PriceList) -> Bool {
        numberMonthlyMinor > other.numberMonthlyMinor || outboundPerMinuteMinor > other.outboundPerMinuteMinor
            || inboundPerMinuteMinor > other.inboundPerMinuteMinor || sipPerMinuteMinor > other.sipPerMinuteMinor
            || recordingFreeGB < other.recordingFreeGB || storagePerGBMonthMinor > other.storagePerGBMonthMinor
    }
}
