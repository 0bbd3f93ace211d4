import FuzzDriver
import Glibc
import RTPWire
import SDPWire
import SIPWire

// Every parser of the wire, fed by libFuzzer: the first byte of an input picks the parser, the rest is what it reads.
// A trap is a finding, and so is a message that does not come back from what was printed of it.

func readSIP(_ bytes: [UInt8]) {
    guard let message = try? SIPParser().parse(bytes) else { return }
    _ = (message.headers.from, message.headers.contact, message.headers.routes, message.headers.topVia)
    // Printing adds a Content-Length, and three bytes for each that was not UTF-8.
    var limits = SIPLimits()
    limits.headerFields += 1
    limits.headerBytes *= 4
    let again = try? SIPParser(limits: limits).parse(message.bytes)
    precondition(again?.bytes == message.bytes, "what was printed is not read as it was")
}

func readStream(_ bytes: [UInt8]) {
    var framer = SIPStreamFramer()
    for start in stride(from: 0, to: bytes.count, by: 7) {
        framer.append(bytes[start..<min(start + 7, bytes.count)])
        do {
            while try framer.next() != nil {}
        } catch {
            return
        }
    }
}

func readRTP(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBytes { packet in
        guard let (_, payload) = unsafe RTPHeader.parse(packet) else { return }
        precondition(payload.lowerBound <= payload.upperBound && payload.upperBound <= packet.count)
        _ = unsafe TelephoneEvent(UnsafeRawBufferPointer(rebasing: packet[payload]))
    }
}

func run(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let data = unsafe data, count > 0 else { return 0 }
    let bytes = unsafe Array(UnsafeBufferPointer(start: data + 1, count: count - 1))
    switch unsafe data.pointee % 5 {
    case 0: readSIP(bytes)
    case 1: readStream(bytes)
    case 2: _ = try? SessionDescription(parsing: bytes)
    case 3: readRTP(bytes)
    default: _ = RTCPPacket.parse(bytes)
    }
    return 0
}

exit(unsafe runFuzzer(run))
