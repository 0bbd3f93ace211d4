import FuzzDriver
import Glibc
import SIPWire

// Messages as datagrams, as parts of a stream and as fragments, fed by libFuzzer. A trap is a finding, and so is a message
// that does not come back from what was printed of it.

func readSIP(_ bytes: [UInt8]) {
    guard let message = try? SIPParser().parse(bytes) else { return }
    _ = (message.headers.from, message.headers.contact, message.headers.routes, message.headers.topVia)
    readAccess(message.headers)
    // Printing adds a Content-Length, and three bytes for each that was not UTF-8.
    var limits = SIPLimits()
    limits.headerFields += 1
    limits.headerBytes *= 4
    let again = try? SIPParser(limits: limits).parse(message.bytes)
    precondition(again?.bytes == message.bytes, "what was printed is not read as it was")
}

/// Who asks, and which call an INVITE or a REFER is about; what is printed of it is read as it was.
func readAccess(_ headers: SIPHeaders) {
    for value in headers.all(.authorization) { _ = DigestCredentials(value).map { DigestCredentials($0.text) } }
    for value in headers.all(.wwwAuthenticate) { _ = DigestChallenge(value).map { DigestChallenge($0.text) } }
    for value in headers.all(.replaces) {
        guard let replaces = Replaces(value) else { continue }
        precondition(Replaces(replaces.text) == replaces, "a dialog's name is not read as it was printed")
    }
    guard var uri = headers[.referTo].flatMap({ NameAddress($0) })?.uri, let named = uri.header(.replaces) else {
        return
    }
    uri.headers = nil
    uri.addHeader(.replaces, named)
    precondition(uri.header(.replaces) == named, "a URI's header is not read as it was printed")
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

func run(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let data = unsafe data, count > 0 else { return 0 }
    let bytes = unsafe Array(UnsafeBufferPointer(start: data, count: count))
    readSIP(bytes)
    readStream(bytes)
    _ = SIPFragment.status(bytes)
    return 0
}

exit(unsafe runFuzzer(run))
