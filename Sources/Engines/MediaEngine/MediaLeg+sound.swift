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

    /// Keeps the peer apart: it hears what is played to it, or silence, and nobody hears it.
    package func setHeld(_ isOn: Bool) {
        onLeg { leg, _ in leg.isHeld = isOn }
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
