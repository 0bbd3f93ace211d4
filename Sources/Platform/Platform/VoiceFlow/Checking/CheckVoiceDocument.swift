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
    private let price: @Sendable (_ e164: String) async throws -> Int64?

    /// Makes the use case.
    ///
    /// - Parameters:
    ///   - longestCall: when a call is ended in any case.
    ///   - price: what a minute of a call to a number costs, in minor units; nil when there is no price.
    package init(
        longestCall: Duration,
        price: @escaping @Sendable (_ e164: String) async throws -> Int64? = { _ in nil }
    ) {
        self.longestCall = longestCall
        self.price = price
    }

    /// Makes the use case with the prices of now.
    package init(_ context: PlatformContext) {
        self.init(longestCall: context.settings.longestCall) { number in
            try await Rates(context).rate(for: number, at: context.clock.now())?.perMinuteMinor
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
            document = found
        } catch {
            return Report(document: nil, faults: error.faults, worstCase: nil)
        }
        let run = LongestRun(document, longestCall: longestCall)
        var legs: [WorstCase.Leg] = []
        for leg in run.legs {
            let rate = leg.isNumber ? try await price(leg.to) : nil
            legs.append(WorstCase.Leg(leg: leg, ratePerMinuteMinor: rate))
        }
        return Report(document: document, faults: [], worstCase: WorstCase(run: run, legs: legs))
    }
}
