package import MediaEngine
package import OutboundHTTP

extension StreamSession {
    /// Makes a stream of a leg of the media engine. Its owner hands on what the leg reports: `markPlayed` to `played`, and
    /// `digit` to `pressed`; and says `hangUp` or `stop` when it is to end.
    ///
    /// - Parameters:
    ///   - leg: heard from now on.
    ///   - plays: whether the server's sound is played to the leg. A leg has one feed, so one stream of it at a time may.
    package init(
        _ plan: StreamPlan,
        on leg: MediaLeg,
        plays: Bool,
        sockets: GuardedSocketClient,
        settings: StreamSettings = StreamSettings(),
        report: @escaping @Sendable (StreamReport) -> Void = { _ in }
    ) {
        self.init(
            plan,
            taps: plan.tracks.map { LegTap(leg, $0, rate: plan.format.outgoingRate) },
            feed: plays ? leg.feed : nil,
            sockets: sockets,
            settings: settings,
            report: report
        )
    }
}
