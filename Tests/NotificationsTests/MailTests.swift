import Foundation
import Platform
import Primitives
import TestSupport
import Testing

@testable import Notifications

/// Mails: their form, what servers say, and a whole delivery to a server that nobody here wrote.
@Suite struct MailTests {
    private func mail(to recipient: String = "dev@example.com", subject: String = "Hello", text: String = "Hi") -> Mail
    {
        let moment = Timestamp(millisecondsSinceEpoch: 1_782_554_400_000)
        let id = SystemIdentifierSource().next()
        return Mail(id: id, recipient: recipient, subject: subject, text: text, attempt: 1, writtenAt: moment)
    }

    @Test func repliesArePutTogetherFromAnyPieces() throws {
        let bytes = Array("220 hi\r\n250-mail.example\r\n250-STARTTLS\n250 SIZE 1000\r\n354\r\n".utf8)
        let expected = [
            SMTPReply(code: 220, lines: ["hi"]),
            SMTPReply(code: 250, lines: ["mail.example", "STARTTLS", "SIZE 1000"]),
            SMTPReply(code: 354, lines: [""]),
        ]
        for size in 1...bytes.count {
            var parser = SMTPReplyParser()
            var replies: [SMTPReply] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                replies += try parser.feed(bytes[start..<min(start + size, bytes.count)])
            }
            #expect(replies == expected && !parser.isInside, "pieces of \(size)")
        }
    }

    @Test(arguments: [
        "hello\r\n", "25 x\r\n", "250_x\r\n", "199 x\r\n", "600 x\r\n", "250-a\r\n251 b\r\n", "\r\n", "250é\r\n",
    ])
    func whatIsNoReplyIsAFault(_ text: String) {
        #expect(throws: SMTPReplyParser.Fault.self) {
            var parser = SMTPReplyParser()
            _ = try parser.feed(text.utf8)
        }
    }

    @Test func anEndlessReplyIsAFault() {
        #expect(throws: SMTPReplyParser.Fault.tooLong) {
            var parser = SMTPReplyParser()
            _ = try parser.feed(repeatElement(UInt8(ascii: "2"), count: 5000))
        }
        #expect(throws: SMTPReplyParser.Fault.tooLong) {
            var parser = SMTPReplyParser()
            for _ in 0..<200 { _ = try parser.feed("250-x\r\n".utf8) }
        }
    }

    @Test func aMessageIsWrittenOut() {
        let mail = mail(subject: "Habari ya asubuhi", text: "first\n.second\n")
        let message = MailMessage(mail, sender: "no-reply@sautikit.example")
        #expect(
            message.text == """
                From: Sautikit <no-reply@sautikit.example>\r
                To: <dev@example.com>\r
                Subject: Habari ya asubuhi\r
                Date: Sat, 27 Jun 2026 10:00:00 +0000\r
                Message-ID: <\(mail.id.uuidString)@sautikit.example>\r
                MIME-Version: 1.0\r
                Content-Type: text/plain; charset=utf-8\r
                Content-Transfer-Encoding: 7bit\r
                Auto-Submitted: auto-generated\r
                \r
                first\r
                .second\r
                \r

                """
        )
        #expect(message.stuffed.contains("\r\n..second\r\n"))
    }

    @Test func aMailProgramIsToldHowToUnsubscribe() {
        let mail = Mail(
            id: SystemIdentifierSource().next(),
            recipient: "dev@example.com",
            subject: "Low",
            text: "low",
            attempt: 1,
            writtenAt: Timestamp(millisecondsSinceEpoch: 0),
            unsubscribeURL: "https://api.example/alerts/stop?token=x"
        )
        let text = MailMessage(mail, sender: "no-reply@sautikit.example").text
        let url = "List-Unsubscribe: <https://api.example/alerts/stop?token=x>\r\n"
        #expect(text.contains("\r\n" + url + "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n\r\nlow"))
    }

    @Test func aSubjectCannotAddAField() {
        let message = MailMessage(mail(subject: "Hi\r\nBcc: <x@example.com>", text: "x"), sender: "a@b.example")
        #expect(!message.text.contains("\r\nBcc:"))
    }

    @Test(arguments: [
        ("smtp://mail.example.com", 587, "smtp"), ("smtps://u:p@mail.example.com", 465, "smtps"),
        ("smtp+plain://127.0.0.1:2525", 2525, "smtp+plain"),
    ])
    func serversAreNamedByURL(_ url: String, _ port: Int, _ encryption: String) throws {
        let settings = try #require(SMTPSettings(url: url))
        #expect(settings.port == port && settings.encryption.rawValue == encryption)
    }

    @Test(arguments: ["", "mail.example.com", "http://x", "smtp://", "smtp://u@x", "smtp://x/path", "smtp://x:99999"])
    func whatNamesNoServerIsRefused(_ url: String) {
        #expect(SMTPSettings(url: url) == nil)
    }

    @Test func aServerThatAsksForTLSAndAPasswordTakesAMail() async throws {
        let server = try await MailServer(isSecured: true)
        var settings = SMTPSettings(host: "localhost", port: server.port)
        (settings.username, settings.password) = ("sautikit", "siri:@/kubwa")
        settings.trustedCertificates = server.certificate?.file
        try await SMTPMailer(settings).send(mail(subject: "Sauti ya juu \u{1F4DE}", text: "Karibu, Wanjikũ\n.\nmwisho"))
        let kept = try await server.nextMail()
        #expect(kept.contains("X-Secured: True"))
        #expect(kept.contains("=?utf-8?B?"))
        let body = try #require(kept.components(separatedBy: "\r\n\r\n").last)
        let data = try #require(Data(base64Encoded: body.filter { !$0.isNewline }))
        #expect(String(decoding: data, as: UTF8.self) == "Karibu, Wanjikũ\n.\nmwisho")

        settings.password = "wrong"
        let refused = await #expect(throws: MailFailure.self) { try await SMTPMailer(settings).send(mail()) }
        #expect(
            refused?.isTransient == false && refused?.message.hasPrefix("AUTH: 535") == true,
            "\(refused?.message ?? "")"
        )
        settings.trustedCertificates = nil
        let untrusted = await #expect(throws: MailFailure.self) { try await SMTPMailer(settings).send(mail()) }
        #expect(untrusted?.isTransient == true, "an unknown certificate is not trusted")
    }

    @Test func whatAServerSaysDecidesWhetherToTryAgain() async throws {
        let server = try await MailServer(isSecured: false)
        var settings = SMTPSettings(host: "127.0.0.1", port: server.port, encryption: .never)
        let mailer = try SMTPMailer(settings)
        try await mailer.send(mail(text: "one\n.two"))
        #expect(try await server.nextMail().hasSuffix("\r\n\r\none\r\n.two\r\n"))
        let later = await #expect(throws: MailFailure.self) { try await mailer.send(mail(to: "later@example.com")) }
        #expect(later == MailFailure(isTransient: true, "RCPT: 451 not now"))
        let never = await #expect(throws: MailFailure.self) { try await mailer.send(mail(to: "never@example.com")) }
        #expect(never == MailFailure(isTransient: false, "RCPT: 550 no such person"))
        settings.encryption = .startTLS
        let plain = await #expect(throws: MailFailure.self) { try await SMTPMailer(settings).send(mail()) }
        #expect(plain == MailFailure(isTransient: false, "127.0.0.1 does not offer STARTTLS"))
    }

    @Test func aServerThatSaysNothingIsGivenUp() async throws {
        let silent = try await Receiver.start { _, _ in
            await Silence.forever()
            throw CancellationError()
        }
        var settings = SMTPSettings(host: "127.0.0.1", port: silent.port, encryption: .never)
        settings.timeout = .milliseconds(200)
        let failure = await #expect(throws: MailFailure.self) { try await SMTPMailer(settings).send(mail()) }
        #expect(failure?.isTransient == true)
    }
}
