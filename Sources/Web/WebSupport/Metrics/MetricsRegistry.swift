package import CoreMetrics
import Synchronization

/// A backend of swift-metrics that keeps everything in memory and prints it as Prometheus reads it.
package final class MetricsRegistry: MetricsFactory {
    private struct State {
        var counters: [MetricName: CounterCell] = [:]
        var gauges: [MetricName: GaugeCell] = [:]
        var timers: [MetricName: TimerCell] = [:]
    }

    private let state = Mutex(State())

    /// Makes an empty registry.
    package init() {}

    /// The counter of a name and its labels.
    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        let name = MetricName(label, dimensions)
        return state.withLock { state in
            if let known = state.counters[name] { return known }
            let cell = CounterCell()
            state.counters[name] = cell
            return cell
        }
    }

    /// A gauge, whether it aggregates or not: Prometheus does the rest.
    package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        let name = MetricName(label, dimensions)
        return state.withLock { state in
            if let known = state.gauges[name] { return known }
            let cell = GaugeCell()
            state.gauges[name] = cell
            return cell
        }
    }

    /// A histogram.
    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        let name = MetricName(label, dimensions)
        return state.withLock { state in
            if let known = state.timers[name] { return known }
            let cell = TimerCell()
            state.timers[name] = cell
            return cell
        }
    }

    /// Counters go on for the life of the process.
    package func destroyCounter(_ handler: any CounterHandler) {}
    /// Gauges go on for the life of the process.
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    /// Histograms go on for the life of the process.
    package func destroyTimer(_ handler: any TimerHandler) {}

    /// All metrics in the text format of Prometheus, sorted by name.
    package func text() -> String {
        let (counters, gauges, timers) = state.withLock { ($0.counters, $0.gauges, $0.timers) }
        var lines: [String] = []
        var lastLabel = ""
        func head(_ label: String, _ type: String) {
            if label != lastLabel { lines.append("# TYPE \(label) \(type)") }
            lastLabel = label
        }
        for (name, cell) in counters.sorted(by: { $0.key < $1.key }) {
            head(name.label, "counter")
            lines.append("\(name.text()) \(cell.value)")
        }
        for (name, cell) in gauges.sorted(by: { $0.key < $1.key }) {
            head(name.label, "gauge")
            lines.append("\(name.text()) \(cell.value)")
        }
        for (name, cell) in timers.sorted(by: { $0.key < $1.key }) {
            head(name.label, "histogram")
            lines += cell.lines(name)
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
