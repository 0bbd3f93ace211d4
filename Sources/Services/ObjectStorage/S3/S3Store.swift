package import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
package import Platform
package import Primitives

/// Files in a bucket of any store that speaks S3.
package struct S3Store: ObjectStore {
    private let settings: S3Settings
    private let connection: S3Connection

    /// Speaks through `client`, which whoever made it shuts down.
    package init(_ settings: S3Settings, client: HTTPClient, clock: any WallClock) {
        self.settings = settings
        connection = S3Connection(settings, client: client, clock: clock)
    }

    /// Stores bytes whole or not at all; what is larger than a part is sent in parts, with one of them in memory.
    ///
    /// - Throws: `ObjectFailure`; what reading the bytes throws.
    package func put(_ bytes: ObjectBytes, as name: String) async throws {
        var parts = PartCutter(bytes, size: settings.partBytes)
        let first = try await parts.next()
        guard parts.hasMore else {
            _ = try await connection.ask(.init(method: .PUT, name: name, body: first ?? []))
            return
        }
        let upload = try await S3Upload(name, connection)
        do {
            var part = first
            while let body = part {
                guard upload.partCount < settings.maxParts else { throw ObjectFailure.tooLarge }
                try await upload.send(body)
                part = try await parts.next()
            }
            try await upload.complete()
        } catch {
            await upload.abort()
            throw error
        }
    }

    /// How many bytes a file has; nil when there is none.
    ///
    /// - Throws: `ObjectFailure`.
    package func size(of name: String) async throws -> Int64? {
        do {
            let answer = try await connection.ask(.init(method: .HEAD, name: name))
            guard let size = answer.headers.first(name: "content-length").flatMap(Int64.init) else {
                throw ObjectFailure.unavailable("an answer without a length")
            }
            return size
        } catch ObjectFailure.missing {
            return nil
        }
    }

    /// Opens a file, or a part of it.
    ///
    /// - Throws: `ObjectFailure`.
    package func read(_ name: String, _ range: Range<Int64>?) async throws -> ObjectBytes {
        var call = S3Connection.Call(method: .GET, name: name)
        if let range {
            if range.isEmpty { return ObjectBytes([]) }
            call.headers.append(("range", "bytes=\(range.lowerBound)-\(range.upperBound - 1)"))
        }
        guard let body = try await connection.open(call) else { return ObjectBytes([]) }
        return ObjectBytes {
            var iterator = body.makeAsyncIterator()
            return { try await iterator.next(isolation: #isolation).map { Array($0.readableBytesView) } }
        }
    }

    /// Deletes a file for good; one that is not there is deleted already.
    ///
    /// - Throws: `ObjectFailure`.
    package func delete(_ name: String) async throws {
        do {
            _ = try await connection.ask(.init(method: .DELETE, name: name))
        } catch ObjectFailure.missing {
            return
        }
    }
}
