import Platform

extension Quickstart {
    /// Downloads the recording as a customer does, and listens to both sides of it.
    func checkRecording(_ id: String) async throws {
        guide.title("Audio")
        let answer = try await Patience.until(within: .seconds(20)) {
            let answer = try await api.get("/v1/calls/\(id)/recording")
            return answer.status == 302 ? answer : nil
        }
        guard let link = answer?.headers["location"] else {
            throw QuickstartFailure(
                expected: "a redirect to the recording",
                found: try await api.get("/v1/calls/\(id)/recording").summary,
                advice: "look at the server's log; is the disk full? sautikit doctor"
            )
        }
        let file = try await api.fetch(link)
        guard file.status == 200, let sound = WAVSound(file.body) else {
            throw QuickstartFailure(
                expected: "a WAV file behind the link",
                found: "HTTP \(file.status), \(file.body.count) bytes",
                advice: "SAUTIKIT_PUBLIC_URL must be how this machine reaches the server"
            )
        }
        let meter = ToneMeter(sound, hertz: Double(Self.toneHertz))
        try expect(
            meter.toneSeconds > 1.5,
            "the tone of \(Self.toneHertz) Hz that we played, for about 3 s",
            "\(meter.toneSeconds.rounded(toPlaces: 2)) s of it in \(sound.seconds.rounded(toPlaces: 1)) s",
            "are the RTP ports free and open? sautikit doctor"
        )
        try expect(
            meter.otherSeconds > 0.5,
            "the other side's voice",
            "\(meter.otherSeconds.rounded(toPlaces: 2)) s of it in \(sound.seconds.rounded(toPlaces: 1)) s",
            "are the RTP ports free and open? sautikit doctor"
        )
        guide.done(
            "Recording downloaded",
            "\(sound.seconds.rounded(toPlaces: 1)) s, \(file.body.count) bytes, \(sound.channels.count) channel(s)"
        )
        guide.done("Our tone is heard", "\(meter.toneSeconds.rounded(toPlaces: 2)) s of \(Self.toneHertz) Hz")
        guide.done("The other side is heard", "\(meter.otherSeconds.rounded(toPlaces: 2)) s of voice")
    }
}
