/// What carries packets between a test and what it tests.
protocol PacketLine: AnyObject {
    /// Ours.
    var port: Int { get }

    func send(_ packet: [UInt8])

    /// A packet, if one is there.
    func receive() -> [UInt8]?
}
