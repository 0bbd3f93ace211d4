import RTPWire

extension MediaLeg {
    /// Plays something `loops` times, after what is playing; `playFinished(id:)` follows. It goes before what others say.
    package func play(_ source: AudioSource, loops: Int = 1, id: Int = 0) {
        let sound = source.sound
        onLeg { leg, _ in leg.player.add(sound, loops: loops, id: id) }
    }

    /// Stops all playing; each thing stopped reports its end.
    package func stopPlaying() {
        onLeg { leg, _ in
            for id in leg.player.stop() { leg.onEvent(.playFinished(id: id)) }
        }
    }

    /// Lets the peer hear something over all else, after what already plays so; what was there waits, or is not passed on,
    /// and goes on afterwards.
    package func playOver(_ source: AudioSource, loops: Int = 1) {
        let sound = source.sound
        onLeg { leg, _ in leg.overlay.add(sound, loops: loops, id: 0) }
    }

    /// Stops what plays over all else.
    package func stopPlayingOver() {
        onLeg { leg, _ in _ = leg.overlay.stop() }
    }

    /// Presses keys, of `0123456789*#ABCD`; `w` waits for half a second, `W` for one. `digitsSent` follows.
    ///
    /// A peer that knows no telephone events hears tones. At most 256 keys may wait; what is more is not pressed.
    package func sendDigits(_ digits: String) {
        onLeg { leg, _ in
            leg.keys.add(digits)
            leg.tellsOfKeys = true
        }
    }

    /// Says nothing of the peer to others, nor to the recording; its keys are still heard.
    package func setMuted(_ isOn: Bool) {
        onLeg { leg, _ in leg.isMuted = isOn }
    }

    /// Keeps the peer apart: it hears silence, or in a room what those hear who wait there, and nobody hears it. What is
    /// played to it waits.
    package func setHeld(_ isOn: Bool) {
        onLeg { leg, _ in
            leg.isHeld = isOn
            _ = leg.holdMusic.stop()
        }
    }

    /// Keeps the peer apart, as `setHeld` does, and plays it something again and again.
    package func hold(with music: AudioSource) {
        let sound = music.sound
        onLeg { leg, _ in
            leg.isHeld = true
            _ = leg.holdMusic.stop()
            leg.holdMusic.add(sound, loops: .max, id: 0)
        }
    }

    /// Ends a hold.
    package func unhold() {
        setHeld(false)
    }

    /// Listens for the tones of keys, also from a peer that knows telephone events; without this, from others only.
    package func setInBandDigits(_ isOn: Bool) {
        onLeg { leg, _ in
            leg.wantsInBandDigits = isOn
            leg.chooseDigits()
        }
    }

    /// Reports when the peer begins to speak, and each time it has said nothing for this long; nil for neither any more.
    ///
    /// The time begins anew with each call, and a peer that sends no packets says nothing.
    package func detectSilence(after limit: Duration?) {
        onLeg { leg, _ in leg.watch = limit.map { SilenceWatch(after: $0) } }
    }
}
