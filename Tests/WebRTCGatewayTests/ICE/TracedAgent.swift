import SDPWire
import STUNWire

@testable import WebRTCGateway

/// An agent as a trace has it: datagrams in, answers and news out.
final class TracedAgent {
    private var agent: ICELiteAgent

    init?(_ credentials: ICECredentials, _ limits: ICELimits) {
        guard let agent = ICELiteAgent(credentials, limits: limits) else { return nil }
        self.agent = agent
    }

    var selected: STUNAddress? { agent.selected }
    var hasConsent: Bool { agent.hasConsent }
    var counters: ICECounters { agent.counters }

    func isKnown(_ address: STUNAddress) -> Bool { agent.isKnown(address) }
    func tick(at seconds: Double) -> ICENews? { agent.tick(at: .seconds(seconds)) }
    func restart(_ credentials: ICECredentials, at seconds: Double) -> Bool {
        agent.restart(credentials, at: .seconds(seconds))
    }

    func take(
        _ datagram: [UInt8],
        from source: STUNAddress = Checker.mine,
        at seconds: Double = 1,
        room: Int = 200
    ) -> (answer: [UInt8], news: ICENews?) {
        var memory = [UInt8](repeating: 0xEE, count: room)
        let reaction = unsafe memory.withUnsafeMutableBytes { answer in
            unsafe datagram.withUnsafeBytes { bytes in
                unsafe agent.receive(bytes, from: source, at: .seconds(seconds), answer: answer)
            }
        }
        return (Array(memory.prefix(reaction.answerByteCount)), reaction.news)
    }
}
