/// An estimate of how people would judge a G.711 call, by the E-model (ITU-T G.107) with its defaults.
package enum QualityEstimate {
    /// The mean opinion score, 1.0 to 4.41.
    ///
    /// - Parameters:
    ///   - lossPercent: packets lost, 0 to 100, taken as random; G.711 with concealment has a robustness of 25.1 (G.113).
    ///   - oneWayDelayMilliseconds: from mouth to ear.
    package static func meanOpinionScore(lossPercent: Double, oneWayDelayMilliseconds: Double) -> Double {
        let delay = max(0, oneWayDelayMilliseconds)
        let delayImpairment = 0.024 * delay + (delay > 177.3 ? 0.11 * (delay - 177.3) : 0)
        let loss = min(max(lossPercent, 0), 100)
        let equipmentImpairment = 95 * loss / (loss + 25.1)
        let rating = 93.2 - delayImpairment - equipmentImpairment
        guard rating > 0 else { return 1 }
        guard rating < 100 else { return 4.5 }
        return max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6)
    }
}
