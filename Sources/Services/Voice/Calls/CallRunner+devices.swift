import Logging
import Platform
import Primitives
import SIPStack

/// Calls of devices and to devices: nobody is asked what they do.
extension CallRunner {
    /// Calls whom the device calls.
    func connectDevice(at moment: Timestamp) async {
        let callee = Callee(call.to)
        let dial = DialAction(callee.action, timeout: call.ringTimeout)
        let (legs, refusal) = await place(callee, dial, at: moment)
        guard legs.isEmpty else { return launch(legs, dial, nil) }
        await perform(.refuse(status: refusal.status, refusal.cause), at: moment)
    }

    /// Places a leg to each place where somebody can be called; the status for who calls when there is none.
    func place(
        _ callee: Callee,
        _ dial: DialAction,
        at moment: Timestamp
    ) async -> (legs: [DialledLeg], refusal: (status: Int, cause: HangupCause)) {
        switch callee {
        case .number(let number):
            let (legs, refusal) = await place([.number(number)], dial, at: moment)
            return (legs, (refusal?.sipStatus ?? 503, refusal?.hangupCause ?? .normalTemporaryFailure))
        // Whether there is nobody of that name, or they are not connected, is not told.
        case .colleague(let name):
            return (await place(await devices(named: name), dial, at: moment).legs, (480, .noRouteDestination))
        }
    }

    /// Rings all devices and browsers of a number that has no URL; the first that answers has the call.
    func ringDevices(at moment: Timestamp) async {
        let dial = DialAction(.device(call.to), timeout: call.ringTimeout)
        let ways = await services.finder.ways(toNumber: call.to, call.numberID, of: call.workspaceID)
        let legs = await place(ways.map { .device($0) }, dial, at: moment).legs
        guard legs.isEmpty else { return launch(legs, dial, nil) }
        await note("flow.no_url", at: moment)
        await perform(.refuse(status: 480, .noRouteDestination), at: moment)
    }

    /// Where whoever has a name can be reached.
    func devices(named name: String) async -> [LegWay] {
        await services.finder.ways(named: name, of: call.workspaceID).map { .device($0) }
    }

    /// Ends a call that was nothing but a dial.
    ///
    /// - Parameter cause: why nobody was reached; nil when somebody was.
    func endRouted(_ cause: HangupCause?, at moment: Timestamp) async {
        if isUp { return await perform(.hangUp(.normalClearing), at: moment) }
        let cause = cause ?? .normalTemporaryFailure
        await perform(.refuse(status: cause.sipStatus, cause), at: moment)
    }
}

extension HangupCause {
    /// What whoever called hears (RFC 3398 section 7.2.4.1, from ISUP to SIP).
    var sipStatus: Int {
        switch self {
        case .unallocatedNumber, .noRouteDestination: 404
        case .userBusy: 486
        case .noAnswer, .originatorCancel: 480
        case .callRejected: 603
        case .incompatibleDestination: 488
        case .destinationOutOfOrder: 502
        case .recoveryOnTimerExpire: 504
        default: 503
        }
    }
}

extension PlatformError {
    /// What a device hears when it may not call.
    var sipStatus: Int {
        switch code {
        case .requestInvalid: 404
        case .insufficientFunds: 402
        case .tooManyCalls, .callsTooFast: 503
        default: 403
        }
    }

    fileprivate var hangupCause: HangupCause {
        sipStatus == 503 ? .normalTemporaryFailure : .callRejected
    }
}
