import MediaEngine
import Platform
import Primitives
import SIPStack
import WebRTCGateway

/// Something for a call's runner, stamped when it happened: billing never waits for a queue.
struct CallSignal: Sendable {
    enum Kind: Sendable {
        case sip(SessionEvent)
        case media(MediaEvent)
        /// It is to end; who asked for that, if somebody did.
        case hangUp(HangupCause, by: HangupAsker? = nil)
        case reoffered(LegAudio)
        /// How a browser's way to us goes.
        case browser(BrowserNews)
        /// A browser's handshake has had its time.
        case handshakeDue
        case flow(FlowEvent)
        /// What a stream tells of itself.
        case stream(FlowToken, StreamReport)
        /// A stream is over, or was never opened.
        case streamEnded(FlowToken, StreamEnd)
        /// Somebody wants something done beside the flow.
        case command(CallCommand)
        /// News of a leg that this call dialled.
        case leg(Identifier, LegNews)
        /// The call's telephone wants its party to be connected with somebody else.
        case referred(Referral)
        /// The call's party is to be connected with somebody else.
        case keep(TransferOrder)
        /// How the transfer goes that the call's telephone has asked for.
        case transfer(TransferNews)
    }

    let kind: Kind
    let at: Timestamp
}
