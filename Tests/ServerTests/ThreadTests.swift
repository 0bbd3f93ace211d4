import Database
import Foundation
import Logging
import NIOPosix
import OutboundHTTP
import Platform
import Server
import TestSupport
import Testing

/// What is closed, and what nobody holds any more, leaves no thread behind.
///
/// Each test counts in a process of its own, where nobody else begins or ends any.
@Suite(.timeLimit(.minutes(3))) struct ThreadTests {
    @Test func aServerOnSQLiteThatWasStopped() async {
        await #expect(processExitsWith: .success) {
            try await ThreadCount.expectNoMore { try await ServerRound.openAndClose(databaseURL: nil) }
        }
    }

    @Test func aServerOnPostgreSQLThatWasStopped() async {
        await #expect(processExitsWith: .success) {
            let url = try await PostgreSQLCluster.shared.value.createDatabase()
            try await ThreadCount.expectNoMore { try await ServerRound.openAndClose(databaseURL: url) }
        }
    }

    @Test func aServerThatCouldNotStart() async {
        await #expect(processExitsWith: .success) {
            let first = try ServerRound()
            let running = try await first.start()
            try await ThreadCount.expectNoMore {
                let server = try await ServerRound(http: running.http).server()
                await #expect(throws: BindFault.self) { try await server.run() }
            }
            await running.stop()
        }
    }

    @Test func aDatabaseThatNobodyClosed() async {
        await #expect(processExitsWith: .success) {
            let url = try await PostgreSQLCluster.shared.value.createDatabase()
            try await ThreadCount.expectNoMore {
                let database = try await Database.open(.postgres(url), migrations: [], logger: ServerRound.quiet)
                _ = try await database.read { try $0.rows("SELECT 1", []).count }
            }
        }
    }

    @Test func aResolverThatNobodyShutDown() async {
        await #expect(processExitsWith: .success) {
            try await ThreadCount.expectNoMore {
                let resolver = SystemHostResolver(group: MultiThreadedEventLoopGroup.singleton)
                let found = try await resolver.addresses(of: "localhost")
                #expect(!found.isEmpty)
            }
        }
    }
}
