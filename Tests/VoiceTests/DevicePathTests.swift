import Platform
import Primitives
import SIPStack
import SIPWire
import TestSupport
import Testing

@testable import Voice

/// Telephones behind proxies that name themselves in `Path` (RFC 3327).
@Suite(.timeLimit(.minutes(1))) struct DevicePathTests {
    private static let path = "<sip:edge@127.0.0.1:5999;lr>, <sip:inner.example.net;lr;ob>"

    // MARK: The value

    private static func request(_ path: [String], supported: String? = nil) -> SIPRequest {
        var request = SIPRequest(method: .register, uri: SIPURI(user: nil, host: "127.0.0.1"))
        for field in path { request.headers.add(.path, field) }
        if let supported { request.headers.add(.supported, supported) }
        return request
    }

    /// Section 5.3, row by row.
    @Test func whoseWordItIsDecides() {
        let both = ["<sip:edge@127.0.0.1:5999;lr>", "<sip:inner.example.net;lr;ob>"].compactMap { NameAddress($0) }
        for supported in [nil, "path, outbound"] {
            #expect(DevicePath(Self.request([]), isTrusted: true) == .proxies([]))
            #expect(DevicePath(Self.request([Self.path], supported: supported), isTrusted: true) == .proxies(both))
        }
        #expect(DevicePath(Self.request([Self.path]), isTrusted: false) == .unexpected)
        #expect(DevicePath(Self.request([Self.path], supported: "timer"), isTrusted: false) == .unexpected)
        #expect(DevicePath(Self.request([Self.path], supported: "path"), isTrusted: false) == .proxies([]))
    }

    @Test(arguments: [
        ["<sip:edge.example.net>"], ["edge"], ["<mailto:a@b>"], ["<sip:;lr>"],
        Array(repeating: "<sip:edge.example.net;lr>", count: DevicePath.most + 1),
        ["<sip:\(String(repeating: "a", count: DevicePath.longest)).example.net;lr>"],
    ])
    func whatIsNoPathIsRefused(path: [String]) {
        #expect(DevicePath(Self.request(path), isTrusted: true) == .unreadable)
    }

    /// Whatever stands in the field is read without harm, and what is kept can be read again.
    @Test func anyBytesAreRead() {
        var random = SplitMix64(seed: 3327)
        let alphabet = Array("<>;,:@ \"\\=lrsipab.5[]%\t".utf8)
        for _ in 0..<20_000 {
            var bytes = Array(Self.path.utf8)
            for _ in 0...Int.random(in: 0...8, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = alphabet.randomElement(using: &random) ?? 0x20
            }
            let request = Self.request([String(decoding: bytes, as: UTF8.self)])
            guard case .proxies(let proxies) = DevicePath(request, isTrusted: true) else { continue }
            #expect(proxies.count <= DevicePath.most)
            #expect(DevicePath.text(proxies).compactMap { DevicePath.proxy($0) } == proxies)
        }
    }

    // MARK: The node

    private static func run(
        trusting proxies: [String],
        _ body: (VoiceWorld, TestDevice) async throws -> Void
    ) async throws {
        try await VoiceWorld.run { settings in
            settings.proxies = proxies.compactMap { IPNetwork(parsing: $0) }
            settings.keepAlive = .milliseconds(100)
        } _: { world in
            let account = try await DeviceTests.account(world)
            let device = try await TestDevice(account)
            let result: Result<Void, any Error>
            do { result = .success(try await body(world, device)) } catch { result = .failure(error) }
            await device.stop()
            try result.get()
        }
    }

    private static func fields(_ supported: String?) -> [SIPHeaderField] {
        [SIPHeaderField(.path, path)] + (supported.map { [SIPHeaderField(.supported, $0)] } ?? [])
    }

    private static func told(_ outcome: RequestOutcome) -> [String] {
        guard case .response(let response) = outcome.result else { return [] }
        return response.headers.list(.path)
    }

    @Test(arguments: [nil, "path"])
    func theRouteOfATrustedProxyIsTaken(supported: String?) async throws {
        try await Self.run(trusting: ["127.0.0.0/8"]) { world, device in
            let outcome = await device.register(at: world.port, more: Self.fields(supported))
            #expect(outcome.status == 200)
            let route = ["<sip:edge@127.0.0.1:5999;lr>", "<sip:inner.example.net;lr;ob>"]
            #expect(Self.told(outcome) == (supported == nil ? [] : route))
            let carrier = try await TestTrunk { _ in }
            try await world.addTrunk(port: carrier.port)
            let phone = try carrier.call(VoiceWorld.number, from: InboundTests.caller, port: world.port)
            let callee = try await device.nextCall()
            #expect(callee.request.headers.list(.route) == route)
            try await phone.answered()
            phone.hangUp()
            _ = try await callee.ended()
            await carrier.stop()
            // Who registers without it is called without it.
            #expect(await device.register(at: world.port).status == 200)
            let again = try await TestTrunk { _ in }
            try await world.addTrunk("again", port: again.port)
            let second = try again.call(VoiceWorld.number, from: InboundTests.caller, port: world.port)
            #expect(try await device.nextCall().request.headers.list(.route).isEmpty)
            second.hangUp()
            await again.stop()
        }
    }

    @Test func theProxyOfAStrangerIsNotFollowed() async throws {
        try await Self.run(trusting: ["10.0.0.0/8"]) { world, device in
            let refused = await device.register(at: world.port, more: Self.fields(nil))
            #expect(refused.status == 420)
            guard case .response(let response) = refused.result else { return }
            #expect(response.headers[.unsupported] == "path")
            let kept = await device.register(at: world.port, more: Self.fields("path"))
            #expect(kept.status == 200 && Self.told(kept).isEmpty)
            let known = try await FindDevices(world.context).named(
                device.account.username,
                workspaceID: world.workspace.id
            )
            #expect(known.map(\.path) == [[]])
        }
    }

    @Test func whoRequiresItIsUnderstood() async throws {
        try await Self.run(trusting: ["127.0.0.1"]) { world, device in
            let more = Self.fields("path") + [SIPHeaderField(.require, "path")]
            #expect(await device.register(at: world.port, more: more).status == 200)
            let strict = [SIPHeaderField(.path, "<sip:edge.example.net>")]
            #expect(await device.register(at: world.port, more: strict).status == 400)
        }
    }
}
