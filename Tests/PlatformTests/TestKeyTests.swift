import Database
import Ledger
import Platform
import Primitives
import TestSupport
import Testing

/// Test keys: a twin workspace with play money and numbers of its own, and nothing that is real.
@Suite struct TestKeyTests {
    private func code(_ body: () async throws -> Void) async -> ErrorCode? {
        await #expect(throws: PlatformError.self) { try await body() }?.code
    }

    private func testKey(_ world: World, scopes: Set<Scope> = Scope.testable) async throws -> CreateKey.Created {
        var wish = KeyWish(name: "ci", scopes: scopes)
        wish.isTest = true
        return try await CreateKey(world.context)(workspaceID: world.workspace.id, wish)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aTestKeyActsInATwinThatSharesNothing(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let (before, live) = (try await world.balance(), world.workspace.id)
        let made = try await testKey(world)
        #expect(made.secret.hasPrefix("tsk_test_") && made.key.isTest)
        let principal = try await AuthenticateKey(world.context)(made.secret)
        let twin = principal.workspaceID
        #expect(twin != live)
        #expect(try await GetWallet(world.context)(workspaceID: twin).balance.minor == 10_000_00)
        // Another test key acts in the same twin.
        let second = try await testKey(world)
        #expect(try await AuthenticateKey(world.context)(second.secret).workspaceID == twin)
        let offered = try await ListNumbers(world.context).page(InventoryFilter(), for: twin).numbers
        #expect(offered.count == 10 && offered.allSatisfy { $0.isTest && $0.status == .reserved })
        let wanted = try #require(offered.first)
        let claimed = try await ClaimNumber(world.context)(workspaceID: twin, wanted: .e164(wanted.e164))
        #expect(claimed.number.status == .active && claimed.number.isTest)
        let call = CallRequest(workspaceID: twin, from: wanted.e164, to: World.callee)
        let placed = try await PlaceCall(world.context)(call).call
        #expect(placed.workspaceID == twin)
        #expect(try await ListCalls(world.context)(workspaceID: live, filter: CallFilter()).calls.isEmpty)
        #expect(try await world.balance() == before)
        #expect(try await world.differences() == [])
        // It goes back to the twin, not into anybody's inventory.
        _ = try await ReleaseNumber(world.context)(wanted.e164, workspaceID: twin)
        #expect(try await ListNumbers(world.context).page(InventoryFilter(), for: twin).numbers.count == 10)
        #expect(try await ListNumbers(world.context).available().allSatisfy { !$0.isTest })
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func neitherWorldReachesTheOther(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let twin = try await AuthenticateKey(world.context)(try await testKey(world).secret).workspaceID
        let claim = ClaimNumber(world.context)
        let live = try #require(try await ListNumbers(world.context).available().first)
        let test = try #require(
            try await ListNumbers(world.context).page(InventoryFilter(), for: twin).numbers.first
        )
        for (workspaceID, wanted) in [
            (twin, ClaimNumber.Wanted.id(live.id)), (twin, .e164(live.e164)), (world.workspace.id, .id(test.id)),
            (world.workspace.id, .e164(test.e164)),
        ] {
            let refused = await code { _ = try await claim(workspaceID: workspaceID, wanted: wanted) }
            #expect(refused == .numberNotFound)
        }
        let borrowed = CallRequest(workspaceID: twin, from: World.number, to: World.callee)
        #expect(await code { _ = try await PlaceCall(world.context)(borrowed) } == .numberNotOwned)
        // Another workspace's twin has numbers of the same digits, and neither sees the other's.
        let other = try await CreateWorkspace(world.context)(name: "Other", email: "o@example.com").workspace
        var wish = KeyWish(name: "ci", scopes: Scope.testable)
        wish.isTest = true
        let theirs = try await CreateKey(world.context)(workspaceID: other.id, wish)
        let otherTwin = try await AuthenticateKey(world.context)(theirs.secret).workspaceID
        _ = try await claim(workspaceID: twin, wanted: .e164(test.e164))
        _ = try await claim(workspaceID: otherTwin, wanted: .e164(test.e164))
        #expect(await code { _ = try await claim(workspaceID: otherTwin, wanted: .id(test.id)) } == .numberNotFound)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func testCallsGoToSandboxTrunksOnly(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let twin = try await AuthenticateKey(world.context)(try await testKey(world).secret).workspaceID
        for purpose in TrunkPurpose.allCases {
            _ = try await AddTrunk(world.context)(
                name: purpose.rawValue,
                address: "192.0.2.1:5060",
                transport: .udp,
                prefix: "+",
                priority: 1,
                purpose: purpose
            )
        }
        func trunks(_ workspaceID: Identifier) async throws -> Set<String> {
            Set(try await ListTrunks(world.context).matching(World.callee, workspaceID: workspaceID).map(\.name))
        }
        #expect(try await trunks(world.workspace.id) == ["live", "any"])
        #expect(try await trunks(twin) == ["test", "any"])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func testKeysAreManagedWithTheLiveOnes(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let (made, live) = (try await testKey(world), world.workspace.id)
        let twin = try await AuthenticateKey(world.context)(made.secret).workspaceID
        let manage = ManageKeys(world.context)
        #expect(try await manage.all(workspaceID: live).count == 2)
        #expect(try await manage.all(workspaceID: twin).map(\.id) == [made.key.id], "a twin does not see live keys")
        let rotated = try await RotateKey(world.context)(
            made.key.id,
            workspaceID: live,
            overlap: .zero,
            createdBy: nil,
            limit: Scope.all
        )
        #expect(rotated.secret.hasPrefix("tsk_test_"))
        #expect(try await AuthenticateKey(world.context)(rotated.secret).workspaceID == twin)
        let fromTest = await code {
            _ = try await CreateKey(world.context)(workspaceID: twin, KeyWish(name: "x", scopes: [.callsRead]))
        }
        #expect(fromTest == .scopeDenied, "a test key makes no live key")
        #expect(await code { _ = try await testKey(world, scopes: [.membersManage]) } == .scopeInvalid)
        try await SuspendWorkspace(world.context)(workspaceID: live, status: .suspended)
        #expect(try await AuthenticateKey(world.context)(rotated.secret).workspaceStatus == .suspended)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func firstTestKeysAtOnceMakeOneTwin(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let secrets = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<10 { group.addTask { try await testKey(world).secret } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        var twins: Set<Identifier> = []
        for secret in secrets { twins.insert(try await AuthenticateKey(world.context)(secret).workspaceID) }
        #expect(twins.count == 1)
        #expect(try await world.count("workspaces") == 2)
    }
}
