extension MetricFamily {
    static let destinationConnected = MetricFamily(
        "gateway_destination_connected",
        .gauge,
        labels: ["destination"],
        "Whether the destination's broker is connected."
    )
    static let destinationPending = MetricFamily(
        "gateway_destination_pending_entries",
        .gauge,
        labels: ["destination"],
        "Readings and events that the destination is owed."
    )
    static let destinationOldest = MetricFamily(
        "gateway_destination_oldest_pending_age_seconds",
        .gauge,
        labels: ["destination"],
        "How old the oldest of them is; 0 when nothing is owed."
    )
    static let destinationDelivered = MetricFamily(
        "gateway_destination_delivered_messages_total",
        .counter,
        labels: ["destination"],
        "Messages that the destination has acknowledged since the start."
    )
    static let destinationRefused = MetricFamily(
        "gateway_destination_refused_messages_total",
        .counter,
        labels: ["destination"],
        "Messages that the destination has refused since the start."
    )
    static let destinationGaps = MetricFamily(
        "gateway_destination_gap_entries_total",
        .counter,
        labels: ["destination"],
        "Readings and events given up since the start although the destination was owed them."
    )
    static let destinationInFlight = MetricFamily(
        "gateway_destination_in_flight_messages",
        .gauge,
        labels: ["destination"],
        "Messages sent and not yet acknowledged."
    )
    static let destinationWaits = MetricFamily(
        "gateway_destination_waits_for_subscriber",
        .gauge,
        labels: ["destination"],
        "Whether late readings wait because nobody subscribes to them."
    )
    static let destinationRefusesAll = MetricFamily(
        "gateway_destination_refuses_all",
        .gauge,
        labels: ["destination"],
        "Whether the broker refuses every message."
    )
    static let uplinkSent = MetricFamily(
        "gateway_uplink_sent_bytes",
        .gauge,
        labels: ["destination", "period", "kind"],
        "Bytes sent today (period day) and this month, by kind; begins anew with each."
    )
    static let uplinkReceived = MetricFamily(
        "gateway_uplink_received_bytes",
        .gauge,
        labels: ["destination", "period"],
        "Bytes received today (period day) and this month; begins anew with each."
    )
    static let uplinkBudget = MetricFamily(
        "gateway_uplink_budget_bytes",
        .gauge,
        labels: ["destination", "period"],
        "The configured budget for both directions; absent without one."
    )

    static let journalBytes = MetricFamily("gateway_journal_bytes", .gauge, "Bytes of the journal in use.")
    static let journalLimit = MetricFamily("gateway_journal_limit_bytes", .gauge, "The most that the journal may use.")
    static let journalStored = MetricFamily("gateway_journal_stored_entries", .gauge, "Readings and events on disk.")
    static let journalWaiting = MetricFamily(
        "gateway_journal_waiting_entries",
        .gauge,
        "Readings and events in memory, not yet on disk."
    )
    static let journalLost = MetricFamily(
        "gateway_journal_lost_entries_total",
        .counter,
        "Readings and events given up since the start although a destination was owed them."
    )
    static let journalStalled = MetricFamily("gateway_journal_stalled", .gauge, "Whether the disk takes nothing now.")
    static let journalCommit = MetricFamily(
        "gateway_journal_commit_seconds",
        .histogram,
        "How long the journal's commits took since the start."
    )
}
