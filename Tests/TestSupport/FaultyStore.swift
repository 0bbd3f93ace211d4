package import Platform

/// A store that fails on demand, before it has done anything or after.
package struct FaultyStore: ObjectStore {
    /// When it fails.
    package enum Fault: Error { case before, after }

    /// Whether it fails now.
    package let fault = Locked<Fault?>(nil)
    private let store: any ObjectStore

    /// Fails in front of `store`, or behind it.
    package init(_ store: any ObjectStore) {
        self.store = store
    }

    /// As the store does, unless it fails.
    package func put(_ bytes: ObjectBytes, as name: String) async throws {
        try await failing { try await store.put(bytes, as: name) }
    }

    /// As the store does, unless it fails.
    package func size(of name: String) async throws -> Int64? { try await failing { try await store.size(of: name) } }

    /// As the store does, unless it fails.
    package func read(_ name: String, _ range: Range<Int64>?) async throws -> ObjectBytes {
        try await failing { try await store.read(name, range) }
    }

    /// As the store does, unless it fails.
    package func delete(_ name: String) async throws { try await failing { try await store.delete(name) } }

    private func failing<T>(_ work: () async throws -> T) async throws -> T {
        let fault = fault.withLock { $0 }
        if fault == .before { throw Fault.before }
        let result = try await work()
        if fault == .after { throw Fault.after }
        return result
    }
}
