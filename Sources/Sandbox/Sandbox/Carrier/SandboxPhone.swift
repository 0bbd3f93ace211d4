import MediaEngine
import SDPWire
import SIPStack
import SIPWire

/// One phone of the sandbox carrier during one call.
struct SandboxPhone: Sendable {
    private static let ringBackHertz = 425.0

    let session: SIPSession
    let greeting: AudioSource
    let ringing: Duration

    /// Does what the called number does.
    func ring(_ media: MediaEngine) {
        let behaviour = SandboxNumbers.behaviour(of: session.request.uri.user ?? "")
        switch behaviour {
        case .refuse(let status): session.reject(status: status)
        case .ringOut: session.ring()
        default:
            guard let line = PhoneLine(session, media) else { return session.reject(status: 488) }
            session.onEvents { event in
                switch event {
                case .failed, .ended: line.close()
                default: break
                }
            }
            session.answerOffers { line.answer($0) }
            Task { await answer(behaviour, line) }
        }
    }

    private func answer(_ behaviour: SandboxBehaviour, _ line: PhoneLine) async {
        switch behaviour {
        case .speak(let ringing):
            if ringing { await ring(line) }
            line.pickUp()
            line.leg.play(greeting)
        case .echo:
            line.pickUp()
            line.leg.setEcho(true)
        case .hangUp(let wait):
            line.pickUp()
            await pause(wait)
            session.hangUp()
        case .keys(let keys):
            line.pickUp()
            await pause(.milliseconds(500))
            line.leg.sendDigits(keys)
        case .lossy(let percent):
            line.leg.setOutboundLoss(percent: percent)
            line.pickUp()
            line.leg.play(greeting, loops: 1000)
        case .tone(let hertz):
            line.pickUp()
            line.leg.play(.tone(hertz: Double(hertz), duration: .seconds(10)), loops: 360)
        case .earlyMedia:
            line.connect()
            session.ring(status: 183, body: line.description)
            line.leg.play(.tone(hertz: Self.ringBackHertz, duration: .milliseconds(600)), loops: 10)
            await pause(ringing)
            line.leg.stopPlaying()
            line.pickUp()
            line.leg.play(greeting)
        case .refuse, .ringOut: break
        }
    }

    private func ring(_ line: PhoneLine) async {
        session.ring()
        await pause(ringing)
    }

    private func pause(_ wait: Duration) async {
        // Only the process's end cancels a phone's task.
        _ = try? await Task.sleep(for: wait)
    }
}
