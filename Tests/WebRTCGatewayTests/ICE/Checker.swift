import SDPWire
import STUNWire

@testable import WebRTCGateway

/// The full agent at the other end, as far as it sends checks and reads answers.
struct Checker {
    static let mine = STUNAddress(.v4(0xC000_022C), 51_002)
    static let other = STUNAddress(.v6(0x2001_0DB8_0000_0000, 9), 40_001)

    let credentials: ICECredentials
    private let key: IntegrityKey

    init(_ credentials: ICECredentials) {
        self.credentials = credentials
        guard let key = IntegrityKey(password: credentials.password) else { preconditionFailure("no HMAC-SHA1 here") }
        self.key = key
    }

    /// Credentials that are always the same for a letter.
    static func credentials(_ letter: Character) -> ICECredentials {
        let password = String(repeating: letter, count: 24)
        guard let pair = ICECredentials(fragment: String(repeating: letter, count: 8), password: password) else {
            preconditionFailure("these are no credentials")
        }
        return pair
    }

    /// A check, signed unless `body` does so itself.
    func check(
        nominates: Bool = false,
        type: STUNType = STUNType(.request),
        role: STUNRole? = .controlling(5),
        username: String? = nil,
        transaction: UInt64 = 7,
        isSigned: Bool = true
    ) -> [UInt8] {
        var memory = [UInt8](repeating: 0, count: 600)
        let count = unsafe memory.withUnsafeMutableBytes { buffer in
            var writer = unsafe STUNWriter(type, STUNTransaction(1, transaction), in: buffer)
            writer.add(username: (username ?? "\(credentials.fragment):brow").utf8)
            if let role { writer.add(role: role) }
            writer.add(priority: 0x6E00_01FF)
            if nominates { writer.addUseCandidate() }
            if isSigned { writer.sign(by: key) }
            writer.addFingerprint()
            return writer.byteCount ?? 0
        }
        return Array(memory.prefix(count))
    }

    /// A check with an attribute that nobody knows.
    func strangeCheck(_ number: UInt8) -> [UInt8] {
        var memory = check(isSigned: false)
        memory.removeLast(8)
        memory += [0x7F, number, 0, 0]
        let end = memory.count
        memory += [0, 8, 0, 20] + [UInt8](repeating: 0, count: 20)
        memory[2] = UInt8((memory.count - 20) >> 8)
        memory[3] = UInt8((memory.count - 20) & 255)
        unsafe memory.withUnsafeMutableBytes { message in
            let header = unsafe UnsafeRawBufferPointer(rebasing: message[..<20])
            let rest = unsafe UnsafeRawBufferPointer(rebasing: message[20..<end])
            let code = unsafe UnsafeMutableRawBufferPointer(rebasing: message[(end + 4)...])
            precondition(unsafe key.authenticate(header, rest, into: code))
        }
        return memory
    }

    /// Reads an answer; nil for what is none, or not signed though it should be.
    func read(_ answer: [UInt8], isSigned: Bool = true) -> STUNMessage? {
        unsafe answer.withUnsafeBytes { bytes in
            guard let message = unsafe try? STUNMessage(parsing: bytes), unsafe message.isIntact(in: bytes) else {
                return nil
            }
            return unsafe message.isSigned(by: key, in: bytes) == isSigned ? message : nil
        }
    }
}
