package import Primitives

/// The public price list (seed: "Pricing"), in minor units of the Kenyan shilling without VAT.
package struct PriceList: Sendable {
    /// A number's rental for a month: KES 100.
    package var numberMonthlyMinor: Int64 = 100_00
    /// A minute of an outbound call: KES 3.00.
    package var outboundPerMinuteMinor: Int64 = 300
    /// A minute of an inbound call: free.
    package var inboundPerMinuteMinor: Int64 = 0
    /// Recording storage that costs nothing, in gigabytes.
    package var recordingFreeGB: Int64 = 5
    /// A gigabyte of recordings above that for a month: KES 2.00.
    package var storagePerGBMonthMinor: Int64 = 200
    /// VAT on rentals in hundredths of a percent: 16 %.
    package var vatBasisPoints: Int64 = 1600
    /// When the list last changed.
    package var updatedAt = Timestamp(millisecondsSinceEpoch: 1_782_518_400_000)

    /// Makes the list of the seed.
    package init() {}
}
