/// Who hears a leg off this thread.
extension MediaThread {
    private static let mostTaps = 8

    func add(_ tap: MediaTap, to leg: LegState) {
        guard leg.taps.count < Self.mostTaps else { return tap.close() }
        leg.taps.append(tap)
        tapsChanged(leg)
    }

    /// Hands what was said in this beat to the taps, and forgets those that were closed.
    func deliver(_ leg: LegState) {
        guard !leg.taps.isEmpty else { return }
        for tap in leg.taps { tap.push(inbound: leg.jitter?.frame, outbound: leg.said) }
        for index in leg.said.indices { leg.said[index] = 0 }
        guard leg.taps.contains(where: { $0.isClosed }) else { return }
        leg.taps.removeAll { $0.isClosed }
        tapsChanged(leg)
    }

    /// A leg is overheard while there are taps at the one that its peer is passed on to.
    func chooseOverheard(_ leg: LegState) {
        let listener = leg.bridge >= 0 ? legs[leg.bridge] : nil
        leg.isOverheard = listener?.taps.isEmpty == false
        leg.chooseJitter()
    }

    private func tapsChanged(_ leg: LegState) {
        leg.chooseJitter()
        if leg.bridge >= 0, let partner = legs[leg.bridge] { chooseOverheard(partner) }
    }
}
