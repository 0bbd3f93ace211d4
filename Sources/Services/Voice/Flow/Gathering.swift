import Platform

/// Keys that are being waited for, as a value: prompts first, then a timeout that begins anew with each key.
struct Gathering: Sendable {
    enum Outcome {
        case goesOn([FlowCommand])
        /// The keys, without the one that ended them; empty when nobody pressed any.
        case collected(String, [FlowCommand])
    }

    /// The most keys of one input.
    private static let limit = 128

    let action: GetDigitsAction
    private var prompts: ArraySlice<VoiceAction>
    private var isPrompting = false
    private var digits = ""
    private var current: FlowToken?

    init(_ action: GetDigitsAction) {
        self.action = action
        prompts = action.nested[...]
    }

    mutating func begin(_ tokens: inout FlowToken.Source) -> Outcome {
        .goesOn([step(&tokens)])
    }

    /// A prompt or the timer has ended.
    mutating func ended(_ token: FlowToken, _ tokens: inout FlowToken.Source) -> Outcome {
        guard token == current else { return .goesOn([]) }
        return isPrompting ? .goesOn([step(&tokens)]) : .collected(digits, [])
    }

    mutating func pressed(_ key: Character, _ tokens: inout FlowToken.Source) -> Outcome {
        let silence: [FlowCommand] = isPrompting ? [.stopSounds] : []
        prompts = []
        if action.finishOnKey.contains(key) { return .collected(digits, silence) }
        digits.append(key)
        let wanted = action.numDigits > 0 ? min(action.numDigits, Self.limit) : Self.limit
        if digits.count >= wanted { return .collected(digits, silence) }
        return .goesOn(silence + [step(&tokens)])
    }

    /// The next prompt, or the wait for a key.
    private mutating func step(_ tokens: inout FlowToken.Source) -> FlowCommand {
        let token = tokens.next()
        current = token
        let prompt = prompts.popFirst()
        isPrompting = prompt != nil
        switch prompt {
        case .say(let say): return .say(say, token)
        case .play(let play): return .play(play, token)
        case .pause(let length): return .wait(length, token)
        // The parser lets nothing else be nested.
        default: return .wait(action.timeout, token)
        }
    }
}
