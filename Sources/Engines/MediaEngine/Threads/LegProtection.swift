import SecureMedia

/// SRTP of a leg: what protects each way. Each lives as long as its key, whatever else is agreed on anew.
final class LegProtection {
    let keys: SRTPKeys
    let sender: SRTPSender
    let receiver: SRTPReceiver

    /// - Parameter former: what the leg had until now.
    init(_ keys: SRTPKeys, after former: LegProtection?) throws(SRTPFailure) {
        self.keys = keys
        if let former, former.keys.local == keys.local {
            sender = former.sender
        } else {
            sender = try SRTPSender(keys.local)
        }
        if let former, former.keys.remote == keys.remote {
            receiver = former.receiver
        } else {
            receiver = try SRTPReceiver(keys.remote)
        }
    }
}
