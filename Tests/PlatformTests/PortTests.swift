import Database
import Foundation
import Ledger
import Platform
import Primitives
import TestSupport
import Testing

/// Numbers that come from other carriers, and go to them.
@Suite struct PortTests {
    private static let pdf = Array("%PDF-1.4 a letter".utf8)

    private func code(_ body: () async throws -> Void) async -> ErrorCode? {
        await #expect(throws: PlatformError.self) { try await body() }?.code
    }

    private func request(
        _ world: World,
        _ direction: PortDirection,
        _ numbers: [String]
    ) async throws -> PortRequest {
        let wish = CreatePortRequest.Wish(
            direction: direction,
            numbers: numbers,
            carrier: "Other Telecom",
            accountHolder: "Acme Ltd"
        )
        return try await CreatePortRequest(world.context)(workspaceID: world.workspace.id, wish).request
    }

    private func add(_ kind: PortDocument.Kind, to port: PortRequest, _ world: World) async throws -> PortDocument {
        try await ManagePortDocuments(world.context).add(
            Self.pdf,
            kind: kind,
            name: "paper.pdf",
            to: port.id,
            workspaceID: world.workspace.id
        ).document
    }

    @Test func onlyTheseThingsHappen() {
        let expected = """
            draft submit submitted
            draft cancel cancelled
            submitted reject rejected
            submitted accept accepted
            submitted cancel cancelled
            rejected submit submitted
            rejected cancel cancelled
            accepted reject rejected
            accepted complete completed
            """
        var transitions: [String] = []
        for status in PortStatus.allCases {
            for event in PortStateMachine.Event.allCases {
                guard let next = PortStateMachine.next(status, event) else { continue }
                #expect(!status.isFinal)
                transitions.append("\(status.rawValue) \(event.rawValue) \(next.rawValue)")
            }
        }
        #expect(transitions.joined(separator: "\n") == expected)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func numbersComeInWithTheirPapers(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let (advance, id) = (AdvancePortRequest(world.context), world.workspace.id)
        let port = try await request(world, .in, ["+254201112233", "+254201112234"])
        #expect(port.status == .draft)
        #expect(await code { _ = try await advance.submit(port.id, workspaceID: id) } == .portDocumentsMissing)
        let letter = try await add(.letterOfAuthorisation, to: port, world)
        _ = try await add(.bill, to: port, world)
        let papers = ManagePortDocuments(world.context)
        #expect(try await papers.read(letter.id, of: port.id, workspaceID: id).content == Self.pdf)
        #expect(try await advance.submit(port.id, workspaceID: id).status == .submitted)
        let rejected = try await advance.reject(port.id, reason: "The bill is older than three months.")
        #expect(rejected.status == .rejected && rejected.reason == "The bill is older than three months.")
        #expect(try await advance.submit(port.id, workspaceID: id).reason == nil)
        #expect(try await advance.accept(port.id).status == .accepted)
        #expect(await code { _ = try await advance.cancel(port.id, workspaceID: id) } == .portWrongStatus)
        #expect(await code { try await papers.remove(letter.id, of: port.id, workspaceID: id) } == .portWrongStatus)
        let number = try await ListNumbers(world.context).one("+254201112233", workspaceID: id)
        #expect(number.status == .porting && !number.isInService)
        let early = CallRequest(workspaceID: id, from: "+254201112233", to: World.callee)
        #expect(await code { _ = try await PlaceCall(world.context)(early) } == .numberNotActive)
        let before = try await world.balance()
        #expect(try await advance.complete(port.id).status == .completed)
        #expect(try await world.balance() == before - 2 * World.rentalMinor)
        _ = try await PlaceCall(world.context)(early)
        #expect(await code { _ = try await advance.complete(port.id) } == .portWrongStatus)
        #expect(try await world.differences() == [])
        let log = try await ReadAudit(world.context)(workspaceID: id).entries
        let steps = log.filter { $0.subjectID == port.id }.map(\.action.rawValue).reversed()
        #expect(
            Array(steps) == [
                "port_request.created", "port_request.document_added", "port_request.document_added",
                "port_request.submitted", "port_request.rejected", "port_request.submitted", "port_request.accepted",
                "port_request.completed",
            ]
        )
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aNumberLeavesAfterThirtyDaysAndWorksUntilThen(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let (advance, id) = (AdvancePortRequest(world.context), world.workspace.id)
        #expect(await code { _ = try await request(world, .out, [World.number]) } == .portOutTooEarly)
        world.clock.advance(by: .seconds(30 * 86_400 - 1))
        #expect(await code { _ = try await request(world, .out, [World.number]) } == .portOutTooEarly)
        world.clock.advance(by: .seconds(1))
        let port = try await request(world, .out, [World.number])
        _ = try await advance.submit(port.id, workspaceID: id)
        _ = try await advance.accept(port.id)
        let leaving = try await ListNumbers(world.context).one(World.number, workspaceID: id)
        #expect(leaving.status == .porting && leaving.isInService)
        _ = try await PlaceCall(world.context)(world.request())
        #expect(
            await code { _ = try await ReleaseNumber(world.context)(World.number, workspaceID: id) } == .numberNotActive
        )
        _ = try await advance.reject(port.id, reason: "The other carrier withdrew.")
        #expect(try await ListNumbers(world.context).one(World.number, workspaceID: id).status == .active)
        _ = try await advance.submit(port.id, workspaceID: id)
        _ = try await advance.accept(port.id)
        _ = try await advance.complete(port.id)
        #expect(try await ListNumbers(world.context).one(leaving.id.uuidString, workspaceID: id).status == .released)
        let left = await code {
            _ = try await ClaimNumber(world.context)(workspaceID: id, wanted: .e164(World.number))
        }
        #expect(left == .numberNotFound, "it is another carrier's now")
        #expect(try await world.differences() == [])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func whatCannotBePortedIsRefused(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        #expect(await code { _ = try await request(world, .in, ["+254200000002"]) } == .numberAlreadyClaimed)
        #expect(await code { _ = try await request(world, .out, ["+254200000002"]) } == .numberNotOwned)
        #expect(await code { _ = try await request(world, .in, []) } == .requestInvalid)
        #expect(await code { _ = try await request(world, .in, ["+254201112233", "0201112233"]) } == .requestInvalid)
        let port = try await request(world, .in, ["+254201112233"])
        let other = try await CreateWorkspace(world.context)(name: "Other", email: "o@example.com").workspace
        let papers = ManagePortDocuments(world.context)
        let foreign = await code {
            _ = try await papers.add(Self.pdf, kind: .bill, name: "x", to: port.id, workspaceID: other.id)
        }
        #expect(foreign == .portRequestNotFound)
        for content in [[], Array("MZ".utf8), Array("<html>".utf8)] {
            let refused = await code {
                _ = try await papers.add(
                    content,
                    kind: .bill,
                    name: "x",
                    to: port.id,
                    workspaceID: world.workspace.id
                )
            }
            #expect(refused == .portDocumentType)
        }
        #expect(
            try await AdvancePortRequest(world.context).cancel(port.id, workspaceID: world.workspace.id).status
                == .cancelled
        )
        let late = await code { _ = try await add(.bill, to: port, world) }
        #expect(late == .portWrongStatus)
        let full = try await request(world, .in, ["+254201112244"])
        for _ in 0..<10 { _ = try await add(.other, to: full, world) }
        #expect(await code { _ = try await add(.bill, to: full, world) } == .tooManyPortDocuments)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aNumberThatDoesNotComeAfterAllKeepsNothing(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let (advance, id) = (AdvancePortRequest(world.context), world.workspace.id)
        let port = try await request(world, .in, ["+256312345678"])
        for kind in [PortDocument.Kind.bill, .letterOfAuthorisation] { _ = try await add(kind, to: port, world) }
        _ = try await advance.submit(port.id, workspaceID: id)
        _ = try await advance.accept(port.id)
        let number = try await ListNumbers(world.context).one("+256312345678", workspaceID: id)
        #expect(number.country == "ZZ")
        let devices = ManageSIPCredentials(world.context)
        let device = try await devices.create(number: number.e164, workspaceID: id, label: "desk")
        let secret = "a-secret-of-sixteen-letters"
        _ = try await RouteNumber(world.context)(number.e164, workspaceID: id) { $0.signingSecret = secret }
        _ = try await advance.reject(port.id, reason: "The other carrier refused.")
        #expect(try await devices.digest(ofUsername: device.credential.username) == nil)
        _ = try await advance.submit(port.id, workspaceID: id)
        _ = try await advance.accept(port.id)
        _ = try await RouteNumber(world.context)(number.e164, workspaceID: id) { $0.signingSecret = secret }
        _ = try await advance.complete(port.id)
        let sealed = try await world.context.database.read { tx in
            try tx.first("SELECT id, signing_secret FROM numbers WHERE e164 = '+256312345678' AND status = 'active'")
        }
        let row = try #require(sealed)
        let numberID: Identifier = try row.get("id")
        let kept = try world.context.secrets.open(try row.get("signing_secret"), context: "number:\(numberID)")
        #expect(kept == secret, "what its owner has set stays")
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aDocumentIsAddedOnce(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let (papers, id) = (ManagePortDocuments(world.context), world.workspace.id)
        let port = try await request(world, .in, ["+254201112233"])
        let key = try IdempotencyRequest(key: "paper-1", operation: "POST /documents", body: Data(Self.pdf))
        func add() async throws -> (document: PortDocument, isReplay: Bool) {
            try await papers.add(Self.pdf, kind: .bill, name: "b", to: port.id, workspaceID: id, idempotency: key)
        }
        let first = try await add()
        _ = try await AdvancePortRequest(world.context).cancel(port.id, workspaceID: id)
        let again = try await add()
        #expect(again.isReplay && again.document == first.document, "also when nothing may be added any more")
        let open = try await request(world, .in, ["+254201112234"])
        let other = try IdempotencyRequest(key: "paper-2", operation: "POST /documents", body: Data(Self.pdf))
        func addOther() async throws -> PortDocument {
            try await papers.add(Self.pdf, kind: .bill, name: "b", to: open.id, workspaceID: id, idempotency: other)
                .document
        }
        let removed = try await addOther()
        try await papers.remove(removed.id, of: open.id, workspaceID: id)
        #expect(await code { _ = try await addOther() } == .portDocumentNotFound)
        #expect(try await ReadPortRequests(world.context).one(open.id, workspaceID: id).documents.isEmpty)
    }
}
