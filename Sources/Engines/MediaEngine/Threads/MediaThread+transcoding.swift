/// Legs that are bridged and have no codec in common. What one of them says is evened out and coded anew in the beat of the
/// other: their packets need not be equally long, and what was lost on one way is made up on the other.
extension MediaThread {
    /// Takes what a leg says apart once its peer cannot take its packets; from then on all of it, until they part.
    func chooseTranscoding(_ content: Arrival.Content, from leg: LegState, to peer: LegState) {
        guard !leg.isTranscoded, leg !== peer, case .sound(let codec) = content, let taken = peer.parameters?.codec,
            !codec.passes(as: taken)
        else { return }
        leg.isTranscoded = true
        leg.chooseJitter()
    }

    /// Looks at the next packets of a leg, and of the one that it is bridged to, as if they were the first.
    func forgetTranscoding(_ leg: LegState) {
        let partner = leg.bridge >= 0 ? legs[leg.bridge] : nil
        for leg in [leg, partner].compactMap(\.self) where leg.isTranscoded {
            leg.isTranscoded = false
            leg.chooseJitter()
        }
    }

    /// Sends what the other of a bridge says now.
    func speak(_ leg: LegState, after partner: LegState, _ parameters: MediaParameters) {
        let frame = unsafe UnsafeMutableBufferPointer(rebasing: io.frame[0..<160])
        if let heard = partner.jitter?.frame {
            for index in 0..<160 { unsafe frame[index] = heard[index] }
        } else {
            unsafe frame.update(repeating: 0)
        }
        unsafe say(UnsafeBufferPointer(frame), leg, parameters)
    }
}
