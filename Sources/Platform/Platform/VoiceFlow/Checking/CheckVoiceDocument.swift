import Primitives

/// Reads a document and says everything about it without running it.
package struct CheckVoiceDocument: Sendable {
    /// What is known of a document.
    package struct Report: Sendable {
        /// The document; nil when something is wrong with it.
        package let document: VoiceDocument?
        /// All that is wrong.
        package let faults: [FieldFault]
        /// The longest it can take; nil when something is wrong.
        package let worstCase: WorstCase?

        /// For people and programs.
        package var json: JSONValue {
            [
                "valid": .bool(document != nil),
                "errors": .array(
                    faults.map {
                        [
                            "path": .string($0.field), "message": .string($0.message),
                            "code": .string($0.code.rawValue),
                        ]
                    }
                ),
                "warnings": .array(
                    (document?.warnings ?? []).map {
                        [
                            "path": .string($0.path), "message": .string($0.message),
                            "code": .string($0.code.rawValue),
                        ]
                    }
                ),
                "actions": document.map { .array($0.actions.map(\.json)) } ?? .null,
                "worst_case": worstCase?.json ?? .null,
            ]
        }
    }

    private let longestCall: Duration
    private let destinations: SIPAllowList?
    private let price: @Sendable (LongestRun.Leg) async throws -> Int64?

    /// Makes the use case.
    ///
    /// - Parameters:
    ///   - longestCall: when a call is ended in any case.
    ///   - destinations: whom SIP URIs may name; nil when that is not known here.
    ///   - price: what a minute costs, in minor units, of a call to a number or a SIP URI; nil when there is no price.
    package init(
        longestCall: Duration,
        destinations: SIPAllowList? = nil,
        price: @escaping @Sendable (LongestRun.Leg) async throws -> Int64? = { _ in nil }
    ) {
        self.longestCall = longestCall
        self.destinations = destinations
        self.price = price
    }

    /// Makes the use case with the prices of now.
    package init(_ context: PlatformContext) {
        let settings = context.settings
        self.init(longestCall: settings.longestCall, destinations: settings.sipDestinations) { leg in
            switch leg.kind {
            case .number: try await Rates(context).rate(for: leg.to, at: context.clock.now())?.perMinuteMinor
            case .sip: try await ReadPrices(context)().sipPerMinuteMinor
            case .device: nil
            }
        }
    }

    /// The report.
    ///
    /// - Parameters:
    ///   - bytes: the document.
    ///   - contentType: its `Content-Type`; nil when it has none.
    ///   - base: its own URL; nil when it has none.
    /// - Throws: what looking for prices throws.
    package func callAsFunction(bytes: [UInt8], contentType: String?, base: String?) async throws -> Report {
        let document: VoiceDocument
        do throws(PlatformError) {
            guard let found = try VoiceDocument.read(bytes: bytes, contentType: contentType, base: base) else {
                throw VoiceDocument.refusal(.requestMalformed, "This is no document: neither JSON nor XML.")
            }
            if let refused = PlatformError(destinations?.faults(found.actions, at: found.paths) ?? []) { throw refused }
            document = found
        } catch {
            return Report(document: nil, faults: error.faults, worstCase: nil)
        }
        let worst = try await worstCase(of: LongestRun(document, longestCall: longestCall))
        return Report(document: document, faults: [], worstCase: worst)
    }

    /// What the calls that a request's actions place can cost together, in minor units; nil when one has no price.
    ///
    /// - Throws: what looking for prices throws.
    package func mostMinor(_ actions: [VoiceAction]) async throws -> Int64? {
        let paths = actions.indices.map { "actions[\($0)]" }
        return try await worstCase(of: LongestRun(actions, at: paths, longestCall: longestCall)).costMinor
    }

    private func worstCase(of run: LongestRun) async throws -> WorstCase {
        var legs: [WorstCase.Leg] = []
        for leg in run.legs {
            legs.append(WorstCase.Leg(leg: leg, ratePerMinuteMinor: leg.kind == .device ? nil : try await price(leg)))
        }
        return WorstCase(run: run, legs: legs)
    }
}
