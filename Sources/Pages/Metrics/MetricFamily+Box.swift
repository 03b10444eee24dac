extension MetricFamily {
    static let boxDiskSize = MetricFamily(
        "gateway_box_disk_size_bytes",
        .gauge,
        "The file system of the storage folder."
    )
    static let boxDiskFree = MetricFamily(
        "gateway_box_disk_free_bytes",
        .gauge,
        "What the gateway may still fill of it."
    )
    static let boxTemperature = MetricFamily(
        "gateway_box_temperature_celsius",
        .gauge,
        labels: ["zone", "type"],
        "The kernel's thermal zones; absent on a box without."
    )
    static let boxMemorySize = MetricFamily("gateway_box_memory_size_bytes", .gauge, "The box's memory.")
    static let boxMemoryAvailable = MetricFamily(
        "gateway_box_memory_available_bytes",
        .gauge,
        "What programs can still have of it without swapping, by the kernel's estimate."
    )
    static let boxUptime = MetricFamily("gateway_box_uptime_seconds", .gauge, "Time since the box was started.")
    static let boxLoad = MetricFamily(
        "gateway_box_load_average",
        .gauge,
        labels: ["minutes"],
        "How many processes ran or waited, averaged over 1, 5 and 15 minutes."
    )

    static let processCPU = MetricFamily(
        "process_cpu_seconds_total",
        .counter,
        "Time that the gateway's process spent on a processor."
    )
    static let processResident = MetricFamily("process_resident_memory_bytes", .gauge, "Its resident memory.")
    static let processVirtual = MetricFamily("process_virtual_memory_bytes", .gauge, "Its virtual memory.")
    static let processFiles = MetricFamily("process_open_fds", .gauge, "Its open file descriptors.")
    static let processFilesLimit = MetricFamily("process_max_fds", .gauge, "How many it may have open.")
    static let processThreads = MetricFamily("process_threads", .gauge, "Its threads.")
    static let processStart = MetricFamily(
        "process_start_time_seconds",
        .gauge,
        "When it was started, in seconds since 1970; as wrong as the clock."
    )

    /// Every family, in the order of the output.
    public static let all: [MetricFamily] =
        [up, build, start, starts, clock]
        + [
            deviceInfo, deviceAnswering, deviceVerified, deviceAge, deviceInterval, deviceReadings, deviceFailures,
            deviceMissed, deviceEvents, point, pointGood,
        ]
        + [busConnected, busRequests, busErrors, busLoad, busLatency]
        + [
            destinationConnected, destinationPending, destinationOldest, destinationDelivered, destinationRefused,
            destinationGaps, destinationInFlight, destinationWaits, destinationRefusesAll, uplinkSent, uplinkReceived,
            uplinkBudget,
        ]
        + [journalBytes, journalLimit, journalStored, journalWaiting, journalLost, journalStalled, journalCommit]
        + [boxDiskSize, boxDiskFree, boxTemperature, boxMemorySize, boxMemoryAvailable, boxUptime, boxLoad]
        + [
            processCPU, processResident, processVirtual, processFiles, processFilesLimit, processThreads, processStart,
        ]
}
