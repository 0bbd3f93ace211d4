import Platform
import Testing
import WebSupport

@Suite struct MultipartTests {
    private func parts(_ body: String, _ type: String? = "multipart/form-data; boundary=x") throws -> [String] {
        try MultipartForm.parts(of: Array(body.utf8), contentType: type).map { part in
            "\(part.name)/\(part.fileName ?? "-")/\(String(decoding: part.content, as: UTF8.self))"
        }
    }

    private static let file =
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\nabc\r\n--x--\r\n"

    @Test func fieldsAndFilesAreRead() throws {
        #expect(try parts(Self.file) == ["file/a.wav/abc"])
        let two = "preamble\r\n--x \r\ncontent-disposition:form-data;name=note\r\nX: y\r\n\r\na\r\n--y\r\n" + Self.file
        #expect(try parts(two) == ["note/-/a\r\n--y", "file/a.wav/abc"])
        let quoted = Self.file.replacing("a.wav", with: "a\\\"; b.wav")
        #expect(try parts(quoted) == ["file/a\"; b.wav/abc"])
        #expect(try parts(Self.file.replacing("abc", with: "")) == ["file/a.wav/"])
        #expect(try parts(Self.file, "Multipart/Form-Data; charset=utf-8; boundary=\"x\"") == ["file/a.wav/abc"])
        #expect(try parts("--x--") == [])
    }

    @Test(arguments: [
        "", "abc", "--x", "--x\r\n", "--xabc", "--x\r\n\r\nabc", "--x\r\n\r\nabc\r\n--x--",
        "--x\r\nContent-Disposition: form-data\r\n\r\nabc\r\n--x--",
        "--x\r\nContent-Disposition: attachment; name=file\r\n\r\nabc\r\n--x--",
        "--x\r\nContent-Disposition: form-data; name=file\r\n\r\nabc\r\n--x",
    ])
    func whatIsNoFormIsRefused(_ body: String) {
        #expect(throws: PlatformError.self) { try parts(body) }
    }

    @Test(arguments: [
        nil, "", "application/json", "multipart/form-data", "multipart/form-data; boundary=",
        "multipart/form-data; boundary",
    ])
    func withoutABoundaryNothingIsRead(_ type: String?) {
        #expect(throws: PlatformError.self) { try parts(Self.file, type) }
    }

    @Test func limitsHold() {
        let field = "--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n"
        #expect(throws: PlatformError.self) { try parts(String(repeating: field, count: 21) + "--x--") }
        let long = "--x\r\nX: \(String(repeating: "y", count: 5000))\r\n\r\nb\r\n--x--"
        #expect(throws: PlatformError.self) { try parts(long) }
    }

    /// Every cut of a right body is refused or read, and nothing traps.
    @Test func everyCutIsHandled() {
        for length in 0..<Self.file.utf8.count {
            _ = try? parts(String(Self.file.prefix(length)))
        }
    }
}
