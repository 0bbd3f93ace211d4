import Platform
import Primitives
import SIPStack
import WebRTCGateway

/// What a browser's way to us tells.
extension CallRunner {
    func hear(_ news: BrowserNews, at moment: Timestamp) async {
        switch news {
        case .secured(let keys):
            media?.take(keys)
            await note("media.secured", at: moment)
        case .failed(let fault):
            await note("media.handshake_failed", ["reason": .string("\(fault)")], at: moment)
            await perform(.hangUp(.networkOutOfOrder), at: moment)
        case .consentLost: await note("media.unreachable", at: moment)
        case .consentRegained: await note("media.reachable", at: moment)
        // Where it is its leg knows; a browser that has closed its side hangs up, or is silent for too long.
        case .nominated, .closed: break
        }
    }

    /// Ends a call that nobody could ever hear: the network lets none of the browser's packets through, most likely.
    func endUnsecured(at moment: Timestamp) async {
        guard media?.awaitsKeys == true else { return }
        await note("media.handshake_failed", ["reason": "timeout"], at: moment)
        await perform(.hangUp(.mediaTimeout), at: moment)
    }
}
