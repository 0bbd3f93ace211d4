import Crypto
import SIPWire
import Testing

@testable import SIPStack

/// What a node does with messages between a device whose connection it has and another node's call, as a value.
@Suite struct EdgeProxyTests {
    private static let key = SymmetricKey(size: .bits256)
    private static let call = SIPPlace(address: "192.0.2.1", port: 5070, transport: .tcp)
    private static let own = SIPPlace(address: "192.0.2.2", port: 5060, transport: .tcp)
    private static let flow = "01890000000070008000000000000001"

    private static func sign(_ text: String) -> String {
        HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    private static var proxy: EdgeProxy {
        EdgeProxy(place: own, front: { _ in SIPURI(host: "sip.example.com", port: 7443) }, sign: sign)
    }

    private static func token(_ heading: EdgeToken.Heading = .device) -> EdgeToken {
        EdgeToken(heading: heading, flow: flow, node: call)
    }

    private static func request(
        _ method: SIPMethod = .invite,
        routes: [String],
        toTag: String? = nil,
        hops: Int = 70,
        branch: String = "z9hG4bK1"
    ) -> SIPRequest {
        var request = SIPRequest(method: method, uri: SIPURI(user: "asha", host: "x.invalid"))
        request.headers.add(.via, "SIP/2.0/TCP 192.0.2.1:5070;branch=\(branch);rport=4000;received=192.0.2.1")
        request.headers.add(.maxForwards, "\(hops)")
        for route in routes { request.headers.add(.route, route) }
        request.headers.add(.from, "<sip:+254722000111@sautikit.local>;tag=a")
        request.headers.add(.to, "<sip:asha@sautikit.local>" + (toTag.map { ";tag=\($0)" } ?? ""))
        request.headers.add(.callID, "call-1")
        request.headers.add(.cseq, "1 \(method.rawValue)")
        request.body = Array("v=0\r\n".utf8)
        return request
    }

    private static func forwarded(_ request: SIPRequest) throws -> (SIPRequest, EdgeProxy.Hop) {
        guard case .forward(let next, let hop) = proxy.step(request, from: "192.0.2.1", transport: .wss) else {
            throw NotForwarded(step: proxy.step(request, from: "192.0.2.1", transport: .wss))
        }
        return (next, hop)
    }

    private struct NotForwarded: Error { let step: EdgeProxy.Step }

    @Test func aCallGoesToTheDeviceAndItsAnswersComeBack() throws {
        let route = Self.token().route(at: Self.own, Self.sign).text
        let (next, hop) = try Self.forwarded(Self.request(routes: [route, "<sip:proxy.example.net;lr>"]))
        #expect(hop == .device(flow: Self.flow))
        #expect(next.headers.list(.route) == ["<sip:proxy.example.net;lr>"] && next.headers[.maxForwards] == "69")
        #expect(next.headers.topVia?.transport == "WSS" && next.headers.list(.via).count == 2)
        #expect(next.body == Self.request(routes: []).body)
        // What it sends is heard back from where it was sent, and nowhere else.
        let (back, origin) = try #require(Self.proxy.back(next.response(180, toTag: "d")))
        #expect(origin == .node(Self.call) && back.headers.list(.via) == Self.request(routes: []).headers.list(.via))
        #expect(back.headers.recordRoutes == next.headers.recordRoutes)
    }

    /// Each side says its own half of the way first, and it leads to the other.
    @Test func theDialogGoesOnBothWays() throws {
        let (invite, _) = try Self.forwarded(Self.request(routes: [Self.token().route(at: Self.own, Self.sign).text]))
        let recorded = invite.headers.list(.recordRoute)
        #expect(recorded.count == 2)
        let ofDevice = Self.request(.bye, routes: recorded, toTag: "b")
        let (toNode, node) = try Self.forwarded(ofDevice)
        #expect(node == .node(Self.call) && toNode.headers.list(.route).isEmpty)
        #expect(toNode.headers.topVia?.transport == "TCP")
        #expect(try #require(Self.proxy.back(toNode.response(200))).hop == .device(flow: Self.flow))
        let (toDevice, device) = try Self.forwarded(Self.request(.bye, routes: recorded.reversed(), toTag: "d"))
        #expect(device == .device(flow: Self.flow) && toDevice.headers.list(.route).isEmpty)
        #expect(toDevice.headers.recordRoutes.isEmpty)
        #expect(recorded[0].contains("sip.example.com:7443;transport=ws;lr"))
        #expect(recorded[1].contains("192.0.2.2:5060;transport=tcp;lr"))
    }

    /// A proxy that remembers nothing must say the same of all that belongs together (RFC 3261 section 16.11).
    @Test func messagesOfATransactionHaveOneBranch() throws {
        let routes = [Self.token().route(at: Self.own, Self.sign).text]
        let branches = try [SIPMethod.invite, .invite, .cancel, .ack].map { method in
            try Self.forwarded(Self.request(method, routes: routes)).0.headers.topVia?.branch
        }
        #expect(Set(branches).count == 1)
        let other = try Self.forwarded(Self.request(routes: routes, branch: "z9hG4bK2")).0.headers.topVia?.branch
        #expect(other != branches[0])
    }

    @Test func aDeviceBeginsNothingAtAnotherNode() {
        let route = Self.token(.node).route(at: Self.own, Self.sign).text
        for method in [SIPMethod.invite, .register, .options] {
            #expect(
                Self.proxy.step(Self.request(method, routes: [route]), from: "192.0.2.1", transport: .wss)
                    == .refuse(403)
            )
        }
    }

    /// Seeing a message on its way does not make anybody the node that has sent it.
    @Test func nobodyElseCallsTheDevice() {
        let route = Self.token().route(at: Self.own, Self.sign).text
        for method in [SIPMethod.invite, .bye, .cancel, .ack] {
            let step = Self.proxy.step(Self.request(method, routes: [route]), from: "192.0.2.9", transport: .wss)
            #expect(step == .refuse(403))
        }
    }

    @Test func nothingGoesRoundForEver() {
        let route = Self.token().route(at: Self.own, Self.sign).text
        #expect(
            Self.proxy.step(Self.request(routes: [route], hops: 0), from: "192.0.2.1", transport: .wss) == .refuse(483)
        )
    }

    /// Whatever no node has signed is no way: nobody is made to send anywhere.
    @Test func whatIsChangedIsNotFollowed() throws {
        let user = Self.token().text(Self.sign)
        for index in user.indices {
            var changed = user
            let digit = user[index] == "0" ? "1" : "0"
            changed.replaceSubrange(index...index, with: digit)
            #expect(EdgeToken(changed, Self.sign) == nil, "\(changed)")
        }
        #expect(EdgeToken(user, Self.sign) == Self.token())
        for strange in ["", "edge.", "edge.d", "edge.....", user + "0", String(user.dropLast()), "x" + user] {
            #expect(EdgeToken(strange, Self.sign) == nil, "\(strange)")
            let route = "<sip:\(strange)@192.0.2.2:5060;lr>"
            #expect(Self.proxy.step(Self.request(routes: [route]), from: "192.0.2.1", transport: .wss) == .take)
        }
        let (sent, _) = try Self.forwarded(Self.request(routes: [Self.token().route(at: Self.own, Self.sign).text]))
        let response = sent.response(200)
        for (from, to) in [("5070;branch", "5071;branch"), ("z9hG4bK1", "z9hG4bK9"), (".d.", ".n.")] {
            var changed = response
            changed.headers.set(.via, nil)
            for via in response.headers.list(.via) { changed.headers.add(.via, via.replacing(from, with: to)) }
            #expect(Self.proxy.back(changed) == nil, "\(from)")
        }
        var alone = response
        alone.headers.set(.via, response.headers.list(.via)[0])
        #expect(Self.proxy.back(alone) == nil)
    }

    /// What is lost between the proxy and a device on UDP is sent again by the node, so that must be on UDP, too.
    @Test(arguments: [SIPTransport.tcp, .udp]) func bothNodesSpeakByWhatTheDeviceHas(transport: SIPTransport) throws {
        let node = SIPPlace(address: "192.0.2.1", port: 5070, transport: transport)
        let token = EdgeToken(heading: .device, flow: Self.flow, node: node)
        let route = token.route(at: Self.own, Self.sign).text
        guard
            case .forward(let invite, _) = Self.proxy.step(
                Self.request(routes: [route]),
                from: "192.0.2.1",
                transport: .udp
            )
        else { throw NotForwarded(step: .take) }
        let recorded = invite.headers.list(.recordRoute)
        #expect(recorded[1].contains(";transport=\(transport.parameter);lr"))
        let (bye, hop) = try Self.forwarded(Self.request(.bye, routes: recorded, toTag: "b"))
        #expect(hop == .node(node) && bye.headers.topVia?.transport == transport.rawValue)
    }

    /// A node may have an address of either family.
    @Test(arguments: ["192.0.2.1", "fd00::7"]) func addressesOfBothFamiliesAreNamed(address: String) throws {
        let node = SIPPlace(address: address, port: 5070, transport: .tcp)
        let token = EdgeToken(heading: .device, flow: Self.flow, node: node)
        #expect(EdgeToken(token.text(Self.sign), Self.sign) == token)
        let route = token.route(at: node, Self.sign)
        #expect(NameAddress(route.text) == route)
        let proxy = EdgeProxy(place: node, front: { _ in SIPURI(host: "sip.example.com") }, sign: Self.sign)
        guard
            case .forward(let next, _) = proxy.step(Self.request(routes: [route.text]), from: address, transport: .wss)
        else { throw NotForwarded(step: .take) }
        #expect(next.headers.topVia?.port == 5070)
        #expect(try #require(proxy.back(next.response(200))).hop == .node(node))
    }
}
