import Metrics
import WebSupport

/// The process's one registry of metrics: swift-metrics can be told of a backend only once.
enum ServerMetrics {
    /// What `/metrics` prints.
    static let registry: MetricsRegistry = {
        let registry = MetricsRegistry()
        MetricsSystem.bootstrap(registry)
        return registry
    }()
}
