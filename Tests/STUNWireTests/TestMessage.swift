import STUNWire

/// What was read of bytes, with the bytes, as a test likes to ask.
struct TestMessage {
    let message: STUNMessage
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) throws(STUNParseError) {
        self.bytes = bytes
        let result = unsafe bytes.withUnsafeBytes { datagram in
            Result { () throws(STUNParseError) in unsafe try STUNMessage(parsing: datagram) }
        }
        message = try result.get()
    }

    var username: String? { message.username.map { String(decoding: bytes[$0], as: UTF8.self) } }
    var isIntact: Bool { unsafe bytes.withUnsafeBytes { unsafe message.isIntact(in: $0) } }

    func isSigned(by authenticator: some STUNAuthenticator) -> Bool {
        unsafe bytes.withUnsafeBytes { unsafe message.isSigned(by: authenticator, in: $0) }
    }

    /// Writes a message into as much room as is given; nil when it does not fit.
    static func write(
        _ type: STUNType,
        _ transaction: STUNTransaction = STUNTransaction(1, 2),
        room: Int = STUNMessage.longest,
        writing body: (inout STUNWriter) -> Void
    ) -> [UInt8]? {
        var memory = [UInt8](repeating: 0xEE, count: room)
        let count = unsafe memory.withUnsafeMutableBytes { buffer in
            var writer = unsafe STUNWriter(type, transaction, in: buffer)
            body(&writer)
            return writer.byteCount
        }
        return count.map { Array(memory.prefix($0)) }
    }
}
