import MediaEngine
import Metrics
import Platform
import Primitives
import SIPStack
import Synchronization

/// What a voice node counts. Labels have few values: never a number, an id or an address.
enum VoiceMetrics {
    static func liveCalls(_ count: Int) {
        Gauge(label: "sautikit_active_calls").record(count)
    }

    static func registrations(_ count: Int) {
        Gauge(label: "sautikit_sip_registrations").record(count)
    }

    static func browsers(_ count: Int) {
        Gauge(label: "sautikit_browsers_registered").record(count)
    }

    static func connections(_ counters: ConnectionCounters) {
        let counts = [
            ("open", UInt64(counters.open)), ("taken", counters.taken), ("refused", counters.refused),
            ("silent", counters.silent), ("strange", counters.strange),
        ]
        for (name, count) in counts {
            Gauge(label: "sautikit_ice_tcp_connections", dimensions: [("kind", name)]).record(count)
        }
    }

    static func refused(_ refusal: SIPTokenRefusal) {
        Counter(label: "sautikit_browser_refused_total", dimensions: [("reason", refusal.rawValue)]).increment()
    }

    static func trunk(_ name: String, isRegistered: Bool) {
        Gauge(label: "sautikit_trunk_registered", dimensions: [("trunk", name)]).record(isRegistered ? 1 : 0)
    }

    static func refused(_ refusal: InboundRefusal) {
        Counter(label: "sautikit_inbound_refused_total", dimensions: [("reason", "\(refusal)")]).increment()
    }

    static func finished(_ call: Call) {
        let labels = [("status", call.status.rawValue), ("cause", call.hangupCause?.rawValue ?? "")]
        Counter(label: "sautikit_calls_finished_total", dimensions: labels).increment()
        guard let answeredAt = call.answeredAt else { return }
        Timer(label: "sautikit_call_answer_delay_seconds").record(
            duration: answeredAt + call.clockOffset - call.createdAt
        )
        Counter(label: "sautikit_call_seconds_total").increment(by: call.durationSeconds)
    }

    static func media(_ statistics: MediaStatistics) {
        let counts = [
            ("sent", statistics.sent), ("received", statistics.received), ("lost", statistics.lost),
            ("dropped", statistics.dropped), ("unsent", statistics.unsent),
        ]
        for (name, count) in counts where count > 0 {
            Counter(label: "sautikit_rtp_packets_total", dimensions: [("kind", name)])
                .increment(by: Int64(clamping: count))
        }
    }

    static func sip(_ counters: SIPCounters) {
        let counts = [
            ("received", counters.received.load(ordering: .relaxed)),
            ("sent", counters.sent.load(ordering: .relaxed)),
            ("unreadable", counters.unreadable.load(ordering: .relaxed)),
            ("bad_request", counters.badRequests.load(ordering: .relaxed)),
            ("unmatched_response", counters.unmatchedResponses.load(ordering: .relaxed)),
            ("retransmitted", counters.retransmissions.load(ordering: .relaxed)),
            ("repeated_request", counters.requestRetransmissions.load(ordering: .relaxed)),
            ("refused", counters.refused.load(ordering: .relaxed)),
            ("forwarded", counters.forwarded.load(ordering: .relaxed)),
            ("send_failure", counters.sendFailures.load(ordering: .relaxed)),
            ("throttled", counters.throttled.load(ordering: .relaxed)),
            ("banned", counters.banned.load(ordering: .relaxed)),
        ]
        for (name, count) in counts {
            Gauge(label: "sautikit_sip_messages", dimensions: [("kind", name)]).record(count)
        }
        for (refusal, count) in counters.refusedOfTrunks {
            let labels = [("trunk", refusal.trunk), ("reason", refusal.reason.rawValue)]
            Gauge(label: "sautikit_trunk_requests_refused", dimensions: labels).record(count)
        }
        let sockets = [
            ("open", counters.webSocketsOpen.load(ordering: .relaxed)),
            ("opened", counters.webSocketsOpened.load(ordering: .relaxed)),
            ("refused", counters.webSocketsRefused.load(ordering: .relaxed)),
            ("dropped", counters.webSocketsDropped.load(ordering: .relaxed)),
        ]
        for (name, count) in sockets {
            Gauge(label: "sautikit_sip_websockets", dimensions: [("kind", name)]).record(count)
        }
        Gauge(label: "sautikit_sip_wrong_passwords").record(counters.wrongPasswords.load(ordering: .relaxed))
        Gauge(label: "sautikit_sip_bans").record(counters.bans.load(ordering: .relaxed))
    }
}
