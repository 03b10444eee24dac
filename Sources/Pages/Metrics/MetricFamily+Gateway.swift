extension MetricFamily {
    static let up = MetricFamily("gateway_up", .gauge, "Whether the gateway answered; 0 when none does.")
    static let build = MetricFamily("gateway_build_info", .info, labels: ["version"], "The running program.")
    static let start = MetricFamily(
        "gateway_start_time_seconds",
        .gauge,
        "When the gateway started, in seconds since 1970; as wrong as the clock was then."
    )
    static let starts = MetricFamily(
        "gateway_starts_total",
        .counter,
        "Starts of the gateway since its journal was made, this one among them."
    )
    static let clock = MetricFamily(
        "gateway_clock_synchronised",
        .gauge,
        "Whether somebody vouches for the clock (NTP, or the configuration)."
    )

    static let deviceInfo = MetricFamily(
        "gateway_device_info",
        .info,
        labels: ["device", "site", "bus", "profile"],
        "Where a device is, and what it is."
    )
    static let deviceAnswering = MetricFamily(
        "gateway_device_answering",
        .gauge,
        labels: ["device"],
        "Whether the last reading had a value; absent before the first reading."
    )
    static let deviceVerified = MetricFamily(
        "gateway_device_verified",
        .gauge,
        labels: ["device"],
        "Whether the device has a valid verification."
    )
    static let deviceAge = MetricFamily(
        "gateway_device_age_seconds",
        .gauge,
        labels: ["device"],
        "Time since the device last sent anything; absent before it did."
    )
    static let deviceInterval = MetricFamily(
        "gateway_device_interval_seconds",
        .gauge,
        labels: ["device"],
        "How often the device is asked, or is to send."
    )
    static let deviceReadings = MetricFamily(
        "gateway_device_readings_total",
        .counter,
        labels: ["device"],
        "Readings since the start, those without a value among them."
    )
    static let deviceFailures = MetricFamily(
        "gateway_device_failed_readings_total",
        .counter,
        labels: ["device"],
        "Readings since the start to which the device gave no value."
    )
    static let deviceMissed = MetricFamily(
        "gateway_device_missed_polls_total",
        .counter,
        labels: ["device"],
        "Polls since the start that were skipped because the line was busy."
    )
    static let deviceEvents = MetricFamily(
        "gateway_device_events_total",
        .counter,
        labels: ["device"],
        "Events since the start that the device itself sent."
    )
    static let point = MetricFamily(
        "gateway_point",
        .gauge,
        labels: ["device", "point", "unit"],
        "Only when asked for: the last value, unless it is bad, a text, or of a device that does not answer."
    )
    static let pointGood = MetricFamily(
        "gateway_point_good",
        .gauge,
        labels: ["device", "point"],
        "Only when asked for: whether the quality of that value is good; 0 for an uncertain or a bad one."
    )

    static let busConnected = MetricFamily(
        "gateway_bus_connected",
        .gauge,
        labels: ["bus"],
        "Whether the port, the endpoint or the broker is open."
    )
    static let busRequests = MetricFamily(
        "gateway_bus_requests_total",
        .counter,
        labels: ["bus"],
        "Requests sent since the bus was started; for a broker or a line that sends by itself, messages received."
    )
    static let busErrors = MetricFamily(
        "gateway_bus_errors_total",
        .counter,
        labels: ["bus", "reason"],
        "Errors since the bus was started, by reason: timeout, crc, exception or other."
    )
    static let busLoad = MetricFamily(
        "gateway_bus_load_ratio",
        .gauge,
        labels: ["bus"],
        "The share of the last minute in which the line was in use; absent where nothing is asked."
    )
    static let busLatency = MetricFamily(
        "gateway_bus_latency_seconds",
        .histogram,
        labels: ["bus"],
        "How long replies took since the bus was started, exceptions among them."
    )
}
