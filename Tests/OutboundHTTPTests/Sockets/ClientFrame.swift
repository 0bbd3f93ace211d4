/// A frame as a client sends it (RFC 6455 section 5.2).
struct ClientFrame: Equatable {
    let opcode: UInt8
    let isMasked: Bool
    let payload: [UInt8]

    /// The whole frames at the beginning of `bytes`.
    static func all(in bytes: [UInt8]) -> [ClientFrame] {
        var frames: [ClientFrame] = []
        var rest = bytes[...]
        while let frame = next(&rest) { frames.append(frame) }
        return frames
    }

    private static func next(_ rest: inout ArraySlice<UInt8>) -> ClientFrame? {
        var bytes = rest
        guard let first = bytes.popFirst(), let second = bytes.popFirst() else { return nil }
        var length = Int(second & 0x7F)
        let more = length == 126 ? 2 : length == 127 ? 8 : 0
        guard bytes.count >= more else { return nil }
        if more > 0 { length = bytes.prefix(more).reduce(0) { $0 << 8 | Int($1) } }
        bytes = bytes.dropFirst(more)
        let isMasked = second & 0x80 != 0
        let mask = isMasked ? Array(bytes.prefix(4)) : [0, 0, 0, 0]
        bytes = bytes.dropFirst(isMasked ? 4 : 0)
        guard mask.count == 4, bytes.count >= length else { return nil }
        rest = bytes.dropFirst(length)
        let payload = bytes.prefix(length).enumerated().map { $1 ^ mask[$0 % 4] }
        return ClientFrame(opcode: first & 15, isMasked: isMasked, payload: payload)
    }
}
