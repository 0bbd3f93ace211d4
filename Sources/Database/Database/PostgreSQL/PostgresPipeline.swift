import CLibPQ

/// Prepared statements that are sent together and answered together (PostgreSQL documentation, libpq, "Pipeline Mode").
@safe struct PostgresPipeline {
    private let handle: OpaquePointer

    /// Opens a pipeline, which `finish` must follow; nil on a connection that has not been asked for all its answers.
    init?(_ handle: OpaquePointer) {
        guard unsafe PQenterPipelineMode(handle) == 1 else { return nil }
        unsafe self.handle = unsafe handle
    }

    /// Adds a statement. A connection that is lost says so in the answers.
    func send(_ name: String, _ arguments: [SQLValue]) {
        _ = unsafe PostgresParameters(arguments).with { count, values, lengths, formats in
            unsafe PQsendQueryPrepared(handle, name, count, values, lengths, formats, 0)
        }
    }

    /// Sends what is left and waits for the answers: as many as there were statements, or fewer and a failure as the last
    /// of them when the connection was lost.
    func finish() -> [PostgresResult] {
        _ = unsafe PQpipelineSync(handle)
        var results: [PostgresResult] = []
        // Each statement's answer ends with a null; two in a row only when there is no connection left to answer.
        var wasNull = false
        while true {
            guard let pointer = unsafe PQgetResult(handle) else {
                if wasNull { break }
                wasNull = true
                continue
            }
            wasNull = false
            let status = unsafe PQresultStatus(pointer)
            let result = unsafe PostgresResult(pointer)
            if status == PGRES_PIPELINE_SYNC { break }
            results.append(result)
        }
        _ = unsafe PQexitPipelineMode(handle)
        return results
    }
}
