import Platform
import TestSupport
import Testing

/// Telephones that nobody here wrote hand their calls over (RFC 5589), and who is connected then hears each other.
@Suite(.timeLimit(.minutes(3))) struct TransferPeerTests {
    /// Plays 1,000 Hz.
    private static let party = "+254700000010"
    private static let busy = "+254700000003"
    /// Sends back what it hears.
    private static let echo = "+254700000002"

    /// A telephone that has called the party, or was called.
    private struct Conversation {
        let exchange: Exchange
        let phone: Telephone
        /// The telephone's call.
        let own: String
        /// The call of whom it speaks with.
        let other: String

        var customer: Customer { exchange.customer }

        init(_ line: TelephoneLine, isCalled: Bool = false) async throws {
            exchange = try await Exchange(line)
            let customer = exchange.customer
            phone = try await exchange.telephone()
            if isCalled { try await exchange.callIn() } else { try phone.dial(party) }
            let pair = try await customer.pair()
            (own, other) = isCalled ? (pair.child, pair.parent) : (pair.parent, pair.child)
            if isCalled { try await phone.answer() } else { try await phone.isUp() }
            for id in [own, other] { _ = try await customer.wait(id, for: ["answered"]) }
        }

        /// Puts its party on hold and calls somebody else, too: the telephone's call and theirs.
        func consult(_ number: String) async throws -> (own: String, other: String) {
            try await phone.hold()
            try phone.dial(number)
            let pair = try await customer.pair(besides: [own, other])
            try await phone.isUp()
            for id in [pair.parent, pair.child] { _ = try await customer.wait(id, for: ["answered"]) }
            return (pair.parent, pair.child)
        }

        /// The call to a number that a transfer has led to, once it has this status.
        func target(_ number: String, _ status: String) async throws -> String {
            try await Waiting.until { [customer, other] in
                let all = try await customer.server.ask("GET", "/v1/calls", key: customer.key)
                let call = all.json["data"]?.elements.first {
                    $0["to"] == .string(number) && $0["status"] == .string(status)
                        && $0["parent_call_id"] == .string(other)
                }
                return call?["id"]?.stringValue
            }
        }

        /// The telephone has nothing to do with it any more, and the two who are left speak.
        func isHandedOver(to target: String) async throws -> (own: [Int16], heard: [Int16]) {
            let ended = try await customer.end(own)
            #expect(ended["status"] == "completed" && ended["cost_minor"] == 0, "\(ended.text)")
            try await customer.steps("transfer.completed", of: own)
            let record = JSONMember("channels", "dual")
            try await customer.command(other, JSONMember("command", "record_start"), record)
            try await customer.steps("recording.started", of: other)
            try await TelephoneTests.talk()
            for id in [other, target] { #expect(try await customer.read(id)["status"] == "answered") }
            try await customer.hangUp(other)
            for id in [other, target] { #expect(try await customer.end(id)["status"] == "completed") }
            return try await customer.recordedSides(other)
        }
    }

    @Test(arguments: TelephoneLine.overDatagrams)
    func aTelephoneHandsItsCallOver(line: TelephoneLine) async throws {
        let conversation = try await Conversation(line)
        try conversation.phone.transfer(to: Self.echo)
        let target = try await conversation.target(Self.echo, "answered")
        let sides = try await conversation.isHandedOver(to: target)
        #expect(Goertzel.share(of: 1000, in: sides.own) > 0.5)
        // It comes back from the other one.
        #expect(Goertzel.share(of: 1000, in: sides.heard) > 0.5)
    }

    @Test(arguments: TelephoneLine.overDatagrams)
    func aTelephoneIsToldThatTheTargetIsBusy(line: TelephoneLine) async throws {
        let conversation = try await Conversation(line)
        let (customer, phone) = (conversation.customer, conversation.phone)
        try phone.transfer(to: Self.busy)
        _ = try await conversation.target(Self.busy, "busy")
        try await phone.seesTransferFail("486 Busy Here")
        let failed = try await customer.steps("transfer.failed", of: conversation.own)
        #expect(failed.first?["payload"]?["status"] == 486, "\(failed)")
        try await customer.steps("transfer.taken_back", of: conversation.other)
        // Some give their call up by themselves then.
        try phone.hangUp()
        for id in [conversation.own, conversation.other] {
            #expect(try await customer.end(id)["status"] == "completed")
        }
    }

    @Test(arguments: TelephoneLine.attending)
    func aTelephoneConnectsTwoWhomItHasCalled(line: TelephoneLine) async throws {
        let conversation = try await Conversation(line)
        let consulted = try await conversation.consult(Self.echo)
        try conversation.phone.connectParties()
        let sides = try await conversation.isHandedOver(to: consulted.other)
        #expect(try await conversation.customer.end(consulted.own)["status"] == "completed")
        #expect(Goertzel.share(of: 1000, in: sides.own) > 0.5)
        #expect(Goertzel.share(of: 1000, in: sides.heard) > 0.5)
    }

    @Test(arguments: TelephoneLine.attending)
    func aTelephoneConnectsItsCallerWithWhomItHasCalled(line: TelephoneLine) async throws {
        let conversation = try await Conversation(line, isCalled: true)
        let consulted = try await conversation.consult(Self.party)
        try conversation.phone.connectParties()
        let sides = try await conversation.isHandedOver(to: consulted.other)
        #expect(try await conversation.customer.end(consulted.own)["status"] == "completed")
        // The caller is a voice that speaks.
        #expect(sides.own.contains { abs(Int($0)) > 2000 })
        #expect(Goertzel.share(of: 1000, in: sides.heard) > 0.5)
    }
}
