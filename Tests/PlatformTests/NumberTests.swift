import Database
import Ledger
import Platform
import Primitives
import TestSupport
import Testing

@Suite struct NumberTests {
    @Test(arguments: TestDatabase.Engine.allCases)
    func ofManyClaimsOneWinsAndOneRentalIsCharged(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let rivals = try await withThrowingTaskGroup(of: Workspace.self) { group in
            for index in 0..<25 {
                group.addTask {
                    try await CreateWorkspace(world.context)(
                        name: "W\(index)",
                        email: "w\(index)@example.com",
                        creditMinor: 200_00
                    ).workspace
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let winners = await withTaskGroup(of: Bool.self) { group in
            for rival in rivals + rivals + rivals + rivals {
                group.addTask {
                    do {
                        _ = try await ClaimNumber(world.context)(workspaceID: rival.id, wanted: .e164("+254200000002"))
                        return true
                    } catch {
                        return (error as? PlatformError)?.code != .numberAlreadyClaimed
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(winners == 1)
        var charged = 0
        for rival in rivals {
            let balance = try await GetWallet(world.context)(workspaceID: rival.id).balance.minor
            #expect(balance == 200_00 || balance == 200_00 - World.rentalMinor)
            if balance < 200_00 { charged += 1 }
        }
        #expect(charged == 1)
        #expect(try await world.differences() == [])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aClaimWithoutMoneyOrWithAWrongFieldWritesNothing(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine, creditMinor: 10_00)
        let poor = await #expect(throws: PlatformError.self) {
            try await ClaimNumber(world.context)(workspaceID: world.workspace.id, wanted: .e164("+254200000002"))
        }
        #expect(poor?.code == .insufficientFunds)
        let unknown = await #expect(throws: PlatformError.self) {
            try await ClaimNumber(world.context)(workspaceID: world.workspace.id, wanted: .e164("+254200000099"))
        }
        #expect(unknown?.code == .numberNotFound)
        let bad = await #expect(throws: PlatformError.self) {
            try await ClaimNumber(world.context)(
                workspaceID: world.workspace.id,
                wanted: .e164("+254200000002"),
                routing: NumberRouting(voiceCallbackURL: "ftp://x", eventsURL: "nowhere", signingSecret: "short")
            )
        }
        #expect(bad?.faults.map(\.field) == ["voice_callback_url", "events_url", "voice_signing_secret"])
        var kenyan = InventoryFilter()
        kenyan.country = "ke"
        #expect(try await ListNumbers(world.context).available(kenyan).map(\.e164) == ["+254200000002"])
        #expect(try await world.balance() == 10_00)
    }

    @Test(arguments: [
        ("+254712345678", "+254712345678"), ("0712 345 678", "+254712345678"), ("254712345678", "+254712345678"),
        ("+44 20-7946.0958", "+442079460958"), ("020 000 0001", "+254200000001"),
    ])
    func numbersAreReadInTheirManyForms(text: String, e164: String) throws {
        #expect(try PhoneNumber(parsing: text, field: "to").e164 == e164)
    }

    @Test(arguments: [
        "", "+", "+0712345678", "12345", "+2547123456789012", "sip:a@b", "+25471234567x", "999", "112", "911",
    ])
    func otherTextsAreNoNumbers(text: String) {
        #expect(throws: PlatformError.self) { try PhoneNumber(parsing: text, field: "to") }
    }
}
