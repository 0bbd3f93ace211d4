import Platform
import WebSupport

/// What `/v1/wallet/alerts` and `/v1/wallet/threshold` are asked.
enum AlertRequests {
    /// The body of `PUT /v1/wallet/alerts`.
    static func thresholds(_ document: JSONValue) throws(PlatformError) -> [Int64] {
        guard case .array(let items)? = document["thresholds_minor"] else {
            throw PlatformError(
                .requestInvalid,
                "'thresholds_minor' must be an array of whole numbers.",
                field: "thresholds_minor"
            )
        }
        var thresholds: [Int64] = []
        for (index, item) in items.prefix(SetThresholds.most + 1).enumerated() {
            guard case .integer(let minor) = item else {
                let field = "thresholds_minor[\(index)]"
                throw PlatformError(.requestInvalid, "'\(field)' must be a whole number.", field: field)
            }
            thresholds.append(minor)
        }
        return thresholds
    }

    /// The body of `PATCH /v1/wallet/threshold`.
    static func threshold(_ document: JSONValue) throws(PlatformError) -> Int64 {
        guard case .integer(let minor)? = document["threshold_minor"] else {
            throw PlatformError(
                .requestInvalid,
                "'threshold_minor' must be a whole number; 0 is for none.",
                field: "threshold_minor"
            )
        }
        return minor
    }
}
