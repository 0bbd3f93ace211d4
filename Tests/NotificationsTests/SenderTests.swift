import HTTPTypes
import Hummingbird
import NIOCore
import NIOPosix
import OutboundHTTP
import Platform
import Primitives
import TestSupport
import Testing
import WebTestSupport

@testable import Notifications

@Suite(.timeLimit(.minutes(1))) struct SenderTests {
    private func attempt(
        _ url: String,
        policy: DestinationPolicy = DestinationPolicy(allowedNetworks: DestinationPolicy.loopback),
        resolver: any HostResolver = SystemHostResolver(group: MultiThreadedEventLoopGroup.singleton),
        times: Int = 1
    ) async throws -> AttemptOutcome {
        let clock = ManualWallClock()
        let client = GuardedClient(
            policy: policy,
            resolver: resolver,
            group: MultiThreadedEventLoopGroup.singleton
        )
        let sender = WebhookSender(client: client, clock: clock, settings: WebhookSettings())
        let delivery = Delivery.sample(id: SeededIdentifierSource(seed: 1, clock: clock).next(), url: url)
        var outcome = await sender.attempt(delivery)
        for _ in 1..<times { outcome = await sender.attempt(delivery) }
        await client.shutDown()
        return outcome
    }

    private static func redirect(_ status: HTTPResponse.Status, to location: String) -> Response {
        Response(status: status, headers: [.location: location])
    }

    @Test func aNameIsPinnedToItsCheckedAddress() async throws {
        let receiver = try await Receiver.start()
        let resolver = FixedResolver(["hooks.example.co.ke": [["127.0.0.1"]]])
        let outcome = try await attempt(receiver.url(host: "hooks.example.co.ke"), resolver: resolver)
        #expect(outcome.statusCode == 200)
        #expect(receiver.all.first?.headers["host"] == "hooks.example.co.ke:\(receiver.port)")
    }

    @Test func aNameThatResolvesToAPrivateAddressIsRefused() async throws {
        let receiver = try await Receiver.start()
        let outcome = try await attempt(receiver.url(host: "localhost"), policy: DestinationPolicy())
        #expect(outcome.statusCode == nil)
        #expect(outcome.error?.contains("loopback") == true)
        #expect(receiver.all.isEmpty)
    }

    @Test func aNameIsCheckedAgainAtEachAttempt() async throws {
        let receiver = try await Receiver.start()
        let resolver = FixedResolver(["rebind.example.co.ke": [["127.0.0.1"], ["169.254.169.254"]]])
        let outcome = try await attempt(receiver.url(host: "rebind.example.co.ke"), resolver: resolver, times: 2)
        #expect(outcome.error == "refused: 169.254.169.254 is a link-local address")
        #expect(receiver.all.count == 1)
    }

    @Test(arguments: ["127.1", "2130706433", "0x7f000001", "0177.0.0.1"])
    func otherSpellingsOfLoopbackAreRefused(_ host: String) async throws {
        let receiver = try await Receiver.start()
        let outcome = try await attempt(receiver.url(host: host), policy: DestinationPolicy())
        #expect(outcome.error?.hasPrefix("refused") == true)
        #expect(receiver.all.isEmpty)
    }

    @Test func aNameWithoutAddressFails() async throws {
        let outcome = try await attempt("https://nobody.invalid/")
        #expect(outcome.statusCode == nil)
        #expect(outcome.error != nil)
    }

    @Test func redirectsThatKeepTheRequestAreFollowed() async throws {
        let receiver = try await Receiver.start { path, _ in
            path == "/there" ? Response(status: .accepted) : Self.redirect(.temporaryRedirect, to: "/there")
        }
        let outcome = try await attempt(receiver.url())
        #expect(outcome.statusCode == 202)
        #expect(receiver.all.map(\.body) == ["{}", "{}"])
    }

    @Test func redirectsEnd() async throws {
        let receiver = try await Receiver.start { _, _ in Self.redirect(.permanentRedirect, to: "/again") }
        let outcome = try await attempt(receiver.url())
        #expect(outcome.error == "refused: more than 3 redirects")
        #expect(receiver.all.count == 4)
    }

    @Test func aRedirectToAPrivateAddressIsRefused() async throws {
        let receiver = try await Receiver.start { _, _ in
            Self.redirect(.temporaryRedirect, to: "http://169.254.169.254/latest/meta-data/")
        }
        let outcome = try await attempt(receiver.url())
        #expect(outcome.error == "refused: 169.254.169.254 is a link-local address")
    }

    @Test(arguments: [301, 302, 303])
    func otherRedirectsAreFailures(_ code: Int) async throws {
        let receiver = try await Receiver.start { _, _ in
            Self.redirect(HTTPResponse.Status(code: code), to: "/there")
        }
        let outcome = try await attempt(receiver.url())
        #expect(outcome.statusCode == code)
        #expect(!outcome.isSuccess)
        #expect(receiver.all.count == 1)
    }

    @Test func answersAreKeptInPartAndPrintable() async throws {
        let receiver = try await Receiver.start { _, _ in
            let body = ByteBuffer(string: "sawa\u{0}\u{1b}[31m" + String(repeating: "x", count: 300_000))
            return Response(status: .internalServerError, body: .init(byteBuffer: body))
        }
        let outcome = try await attempt(receiver.url())
        #expect(outcome.statusCode == 500)
        #expect(outcome.excerpt?.utf8.count == 512)
        #expect(outcome.excerpt?.hasPrefix("sawa  [31mxxx") == true)
    }

    @Test func aClosedPortIsSaidSo() async throws {
        let outcome = try await attempt("http://127.0.0.1:1/", policy: Self.anyPort)
        #expect(outcome.error?.hasPrefix("no connection") == true)
    }

    private static let anyPort: DestinationPolicy = {
        var policy = DestinationPolicy(allowedNetworks: DestinationPolicy.loopback)
        policy.allowedPorts = nil
        return policy
    }()
}
