import FuzzDriver
import Glibc
import STUNWire

// Datagrams of one socket that all of WebRTC shares, and streams of ICE-TCP, fed by libFuzzer. A trap is a finding, and so is a
// message that does not come back from what was written of it.

/// Who signs with a sum, which is as good as a code for finding its way.
struct Adder: STUNAuthenticator {
    func authenticate(
        _ header: UnsafeRawBufferPointer,
        _ rest: UnsafeRawBufferPointer,
        into code: UnsafeMutableRawBufferPointer
    ) -> Bool {
        var sum: UInt8 = 0
        for place in header.indices { sum &+= unsafe header[place] }
        for place in rest.indices { sum &+= unsafe rest[place] }
        for place in code.indices { unsafe code[place] = sum }
        return true
    }
}

func readMessage(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBytes { datagram in
        _ = unsafe DatagramKind(datagram)
        guard let message = unsafe try? STUNMessage(parsing: datagram) else { return }
        _ = unsafe message.isIntact(in: datagram)
        _ = unsafe message.isSigned(by: Adder(), in: datagram)
        let username = message.username.map { Array(bytes[$0]) } ?? []
        let written = write(message, username)
        unsafe written.withUnsafeBytes { again in
            let read = unsafe try? STUNMessage(parsing: again)
            precondition(read?.mappedAddress == message.mappedAddress && read?.role == message.role)
            precondition(read?.priority == message.priority && read?.nominates == message.nominates)
            precondition(read?.errorCode == message.errorCode && read?.refused == message.refused)
            precondition(read?.username.map { Array(written[$0]) } ?? [] == username)
            precondition(unsafe read?.isIntact(in: again) == true && read?.isSigned(by: Adder(), in: again) == true)
        }
    }
}

func write(_ message: STUNMessage, _ username: [UInt8]) -> [UInt8] {
    var memory = [UInt8](repeating: 0xFF, count: STUNMessage.longest)
    let count = unsafe memory.withUnsafeMutableBytes { buffer -> Int? in
        var writer = unsafe STUNWriter(message.type, message.transaction, in: buffer)
        if !username.isEmpty { writer.add(username: username) }
        if let address = message.mappedAddress { writer.add(mappedAddress: address) }
        if let code = message.errorCode { writer.add(errorCode: code) }
        if !message.refused.isEmpty { writer.add(unknownAttributes: message.refused) }
        if let priority = message.priority { writer.add(priority: priority) }
        if message.nominates { writer.addUseCandidate() }
        if let role = message.role { writer.add(role: role) }
        writer.sign(by: Adder())
        writer.addFingerprint()
        return writer.byteCount
    }
    guard let count else { preconditionFailure("what was read is too long to be written") }
    return Array(memory.prefix(count))
}

/// However a stream is cut, the same packets come out of it.
func readStream(_ bytes: [UInt8]) {
    precondition(packets(bytes, step: 3) == packets(bytes, step: bytes.count), "the cut of a stream matters")
}

func packets(_ bytes: [UInt8], step: Int) -> [[UInt8]] {
    var (framer, found) = (PacketFramer(), [[UInt8]]())
    for start in stride(from: 0, to: bytes.count, by: step) {
        framer.append(bytes[start..<min(start + step, bytes.count)])
        do {
            while let packet = try framer.next() { found.append(Array(packet)) }
        } catch {
            return found
        }
    }
    return found
}

func run(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let data = unsafe data, count > 0 else { return 0 }
    let bytes = unsafe Array(UnsafeBufferPointer(start: data, count: count))
    readMessage(bytes)
    readStream(bytes)
    return 0
}

exit(unsafe runFuzzer(run))
