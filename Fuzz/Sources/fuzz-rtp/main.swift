import FuzzDriver
import Glibc
import RTPWire

// Packets of RTP with what they carry, and of RTCP, fed by libFuzzer. A trap is a finding, and so is a payload outside its
// packet.

func readRTP(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBytes { packet in
        guard let (_, payload) = unsafe RTPHeader.parse(packet) else { return }
        precondition(payload.lowerBound <= payload.upperBound && payload.upperBound <= packet.count)
        _ = unsafe TelephoneEvent(UnsafeRawBufferPointer(rebasing: packet[payload]))
    }
}

func run(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let data = unsafe data, count > 0 else { return 0 }
    let bytes = unsafe Array(UnsafeBufferPointer(start: data, count: count))
    readRTP(bytes)
    _ = RTCPPacket.parse(bytes)
    return 0
}

exit(unsafe runFuzzer(run))
