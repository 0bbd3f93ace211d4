package import Logging

/// Keeps metadata as it is until something is logged: the handler it wraps may spell it out whenever it is set, and the
/// framework sets some for every request, of which hardly any logs a thing.
package struct LateMetadataLogHandler: LogHandler {
    /// What is logged with every event.
    package var metadata: Logger.Metadata = [:]
    /// From which level on.
    package var logLevel: Logger.Level
    private let base: any LogHandler

    /// Logs to `base`, at its level.
    package init(_ base: any LogHandler) {
        self.base = base
        logLevel = base.logLevel
    }

    /// One piece of the metadata.
    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Logs an event with what was set; what the event itself brings comes first.
    package func log(event: LogEvent) {
        var event = event
        event.metadata = metadata.merging(event.metadata ?? [:]) { $1 }
        base.log(event: event)
    }
}
