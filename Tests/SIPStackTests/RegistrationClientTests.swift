import SIPStack
import Testing

/// Registering with a carrier, as traces.
@Suite struct RegistrationClientTests {
    private typealias Client = RegistrationClient
    private static let home = RegistrationClient.Place(host: "10.0.0.2", port: 5060)
    private static let outside = RegistrationClient.Place(host: "198.51.100.7", port: 40_001)

    private static func accepted(_ seconds: Int, seenAt: RegistrationClient.Place? = home) -> RegistrationClient.Event {
        .answered(.init(status: 200, granted: .seconds(seconds), seenAt: seenAt))
    }

    @Test func itIsRefreshedBeforeItEnds() {
        var client = Client(at: Self.home)
        #expect(client.handle(.start) == [.register(Self.home, expires: .seconds(3600), forgetting: nil)])
        #expect(client.handle(Self.accepted(600)) == [.report(.registered(.seconds(600))), .wait(.seconds(540))])
        #expect(client.handle(.timer) == [.register(Self.home, expires: .seconds(3600), forgetting: nil)])
        #expect(
            client.handle(Self.accepted(60, seenAt: nil)) == [.report(.registered(.seconds(60))), .wait(.seconds(54))]
        )
        #expect(!client.isMoved)
        #expect(client.handle(.stop) == [.unregister(Self.home)])
        #expect(client.handle(.timer) == [] && client.handle(Self.accepted(60)) == [])
    }

    @Test func behindNATTheContactIsWhereWeAreSeen() {
        var client = Client(at: Self.home)
        _ = client.handle(.start)
        #expect(
            client.handle(Self.accepted(600, seenAt: Self.outside)) == [
                .register(Self.outside, expires: .seconds(3600), forgetting: Self.home)
            ]
        )
        #expect(
            client.handle(Self.accepted(600, seenAt: Self.outside)) == [
                .report(.registered(.seconds(600))), .wait(.seconds(300)),
            ]
        )
        #expect(client.isMoved)
        #expect(client.handle(.stop) == [.unregister(Self.outside)])
    }

    @Test func aLongerIntervalIsTakenOnce() {
        var client = Client(at: Self.home, expires: .seconds(60))
        _ = client.handle(.start)
        let tooBrief = Client.Event.answered(.init(status: 423, minimum: .seconds(600)))
        #expect(client.handle(tooBrief) == [.register(Self.home, expires: .seconds(600), forgetting: nil)])
        #expect(client.handle(tooBrief) == [.report(.failed(status: 423)), .wait(.seconds(5))])
        var absurd = Client(at: Self.home)
        _ = absurd.handle(.start)
        let never = absurd.handle(.answered(.init(status: 423, minimum: .seconds(10_000_000))))
        #expect(never == [.report(.failed(status: 423)), .wait(.seconds(5))])
    }

    @Test func itTriesAgainLessAndLessOften() {
        var client = Client(at: Self.home)
        _ = client.handle(.start)
        var waits: [Duration] = []
        for _ in 0..<8 {
            guard case .wait(let wait)? = client.handle(.answered(.init(status: nil))).last else { break }
            waits.append(wait)
            _ = client.handle(.timer)
        }
        #expect(waits == [5, 10, 20, 40, 80, 160, 300, 300].map { .seconds($0) })
        // Once it works, it begins anew.
        _ = client.handle(Self.accepted(600))
        _ = client.handle(.timer)
        #expect(client.handle(.answered(.init(status: 503))).last == .wait(.seconds(5)))
        _ = client.handle(.timer)
        #expect(client.handle(.answered(.init(status: 403))) == [.report(.failed(status: 403)), .wait(.seconds(300))])
        #expect(client.handle(.stop) == [])
    }
}
