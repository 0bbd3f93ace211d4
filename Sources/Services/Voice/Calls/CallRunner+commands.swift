import Logging
import MediaEngine
import Platform
import Primitives
import Sound

/// What is done to a call beside its flow.
extension CallRunner {
    func carryOut(_ command: CallCommand, at moment: Timestamp) async {
        guard isUp, let leg = media?.leg else { return }
        if case .conference(let act) = command {
            await membership?.conference.carryOut(act)
            return await note("call.command", ["command": .string(act.name)], at: moment)
        }
        await note("call.command", ["command": .string(command.name)], at: moment)
        switch command {
        case .hold: leg.hold(with: CallTones.holdMusic)
        case .unhold: leg.unhold()
        case .mute: leg.setMuted(true)
        case .unmute: leg.setMuted(false)
        case .digits(let digits): leg.sendDigits(digits)
        case .play(let action): playBeside(action)
        case .stopPlaying: stopPlayingBeside()
        case .record(let control, let channels): await record(control, channels, at: moment)
        case .stopStream(let name): stopStreams(named: name)
        case .conference: break
        }
    }

    /// Lets the party hear an action over all else.
    private func playBeside(_ action: VoiceAction) {
        guard let leg = media?.leg else { return }
        stopPlayingBeside()
        besides = Task(executorPreference: services.executor) { [self] in
            do {
                try await services.sounds.play(action, workspaceID: call.workspaceID) { leg.playOver($0, loops: $1) }
            } catch is CancellationError {
                return
            } catch {
                let payload: JSONValue = ["error": .string("\(error)")]
                await note("call.sound_failed", payload, at: services.context.clock.now())
            }
        }
    }

    private func stopPlayingBeside() {
        besides?.cancel()
        besides = nil
        media?.leg.stopPlayingOver()
    }
}
