import FuzzDriver
import Glibc
import Platform

// Voice documents, fed by libFuzzer: the first byte of an input picks the content type and whether the document has a URL,
// the rest is what a customer's server answers. A trap is a finding, and so is a document that does not come back from what
// is stored of it.

func run(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let data = unsafe data, count > 0 else { return 0 }
    let bytes = unsafe Array(UnsafeBufferPointer(start: data + 1, count: count - 1))
    let kind = unsafe data.pointee
    let types = [nil, "application/json", "text/xml"]
    let base = kind & 0x80 == 0 ? "https://shop.example.com/voice/in?a=b" : nil
    let found = try? VoiceDocument.read(bytes: bytes, contentType: types[Int(kind % 3)], base: base)
    guard let document = found else { return 0 }
    let stored = JSONValue.array(document.actions.map(\.json))
    let again = try? VoiceActionParser.parse(stored, field: "actions")
    precondition(again == document.actions, "what was stored is not read as it was")
    let run = LongestRun(document, longestCall: .seconds(14_400))
    precondition(run.length <= .seconds(14_400) && document.paths.count == document.actions.count)
    return 0
}

exit(unsafe runFuzzer(run))
