import Control
import Foundation
import Metrics
import TestSupport
import Testing

@Suite struct `The metrics of a status` {
    private func read(_ status: SystemStatus?, _ options: Metrics.Options = []) throws -> ReadMetrics {
        try ReadMetrics(Metrics(status, options).text(.text))
    }

    @Test func `are the numbers of the status`() throws {
        let read = try read(try SampleStatus.status())
        let numbers: [(String, [String: String], Double)] = [
            ("gateway_up", [:], 1), ("gateway_build_info", ["version": "0.1.0"], 1),
            ("gateway_start_time_seconds", [:], 1_795_311_455.774), ("gateway_starts_total", [:], 12),
            ("gateway_clock_synchronised", [:], 1),
            ("gateway_device_info", ["device": "flow", "site": "pond", "bus": "line", "profile": "tuf-2000m"], 1),
            ("gateway_device_answering", ["device": SampleStatus.odd], 1),
            ("gateway_device_age_seconds", ["device": SampleStatus.odd], 1.5),
            ("gateway_device_interval_seconds", ["device": "flow"], 2.5),
            ("gateway_device_readings_total", ["device": "flow"], 7),
            ("gateway_device_failed_readings_total", ["device": "flow"], 2),
            ("gateway_device_missed_polls_total", ["device": "flow"], 1),
            ("gateway_bus_errors_total", ["bus": SampleStatus.odd, "reason": "timeout"], 3),
            ("gateway_bus_errors_total", ["bus": SampleStatus.odd, "reason": "crc"], 2),
            ("gateway_bus_load_ratio", ["bus": SampleStatus.odd], 0.25),
            ("gateway_bus_latency_seconds_bucket", ["bus": SampleStatus.odd, "le": "0.5"], 3),
            ("gateway_bus_latency_seconds_count", ["bus": SampleStatus.odd], 5),
            ("gateway_destination_pending_entries", ["destination": "city"], 3),
            ("gateway_destination_oldest_pending_age_seconds", ["destination": "city"], 60.5),
            ("gateway_destination_delivered_messages_total", ["destination": "city"], 50),
            ("gateway_destination_refused_messages_total", ["destination": "city"], 1),
            ("gateway_destination_gap_entries_total", ["destination": "city"], 4),
            ("gateway_uplink_sent_bytes", ["period": "day", "kind": "overhead"], 5),
            ("gateway_uplink_received_bytes", ["period": "month"], 6),
            ("gateway_uplink_budget_bytes", ["period": "month"], 300),
            ("gateway_journal_lost_entries_total", [:], 4),
            ("gateway_journal_commit_seconds_bucket", ["le": "0.5"], 3),
            ("gateway_journal_commit_seconds_bucket", ["le": "+Inf"], 5),
            ("gateway_journal_commit_seconds_sum", [:], 0.75), ("gateway_journal_commit_seconds_count", [:], 5),
            ("gateway_box_temperature_celsius", ["zone": "1", "type": "cpu"], -5),
            ("gateway_box_load_average", ["minutes": "15"], 0.125), ("process_cpu_seconds_total", [:], 1.5),
            ("process_resident_memory_bytes", [:], 4_096), ("process_open_fds", [:], 9),
        ]
        for (name, labels, value) in numbers { #expect(read.value(name, labels) == value, "\(name) \(labels)") }
    }

    /// Ids and texts with quotes, backslashes and line ends come back as they were.
    @Test func `say the same in both forms, to parsers that are not of our making`() throws {
        let metrics = Metrics(try SampleStatus.status(), .points)
        let text = try ReadMetrics(metrics.text(.text)).samples
        let open = try ReadMetrics(metrics.text(.openMetrics), openMetrics: true).samples
        #expect(Set(text) == Set(open))
        #expect(text.count == metrics.seriesCount)
        #expect(Set(text.map(\.labels)).contains(["device": SampleStatus.odd]))
    }

    @Test func `leave Prometheus' own linter nothing to say`() throws {
        #expect(try ReadMetrics.lint(Metrics(try SampleStatus.status(), .points).text(.text)).isEmpty)
        #expect(try ReadMetrics.lint(Metrics(nil).text(.text)).isEmpty)
    }

    @Test func `keep every digit of a count`() throws {
        let text = Metrics(try SampleStatus.status()).text(.text)
        #expect(text.contains("gateway_box_disk_free_bytes 9007199254740993\n"))
    }

    @Test func `of no gateway are that none answers`() throws {
        let none = try read(nil)
        #expect(none.samples.map(\.name) == ["gateway_up"] && none.value("gateway_up") == 0)
        #expect(Metrics(nil).text(.openMetrics).hasSuffix("gateway_up 0\n# EOF\n"))
    }

    /// 0 would be a measurement.
    @Test func `lack what the box does not have and what an earlier gateway does not say`() throws {
        let status = try SampleStatus.status([
            "box": ["uptime_seconds": 1], "process": NSNull.null,
            "devices": [SampleStatus.device("flow")],
            "journal": ["bytes": 1, "limit": 2, "stored": 0, "waiting": 0, "lost": 0, "is_stalled": true],
            "destinations": [
                SampleStatus.destination("city", ["gaps": NSNull.null, "traffic": NSNull.null, "pending": 0]),
                SampleStatus.destination(
                    "other",
                    ["gaps": NSNull.null, "traffic": NSNull.null, "oldest_pending": NSNull.null]
                ),
            ],
        ])
        let read = try read(status)
        let names = Set(read.samples.map(\.name))
        for lacking in [
            "gateway_box_temperature_celsius", "gateway_box_disk_free_bytes", "process_cpu_seconds_total",
            "gateway_device_answering", "gateway_device_age_seconds", "gateway_journal_commit_seconds_count",
            "gateway_destination_gap_entries_total", "gateway_uplink_sent_bytes", "gateway_uplink_budget_bytes",
        ] { #expect(!names.contains(lacking), "\(lacking)") }
        #expect(read.value("gateway_box_uptime_seconds") == 1)
        #expect(read.value("gateway_destination_oldest_pending_age_seconds", ["destination": "city"]) == 0)
        // Something is pending, and nobody knows since when.
        #expect(read.value("gateway_destination_oldest_pending_age_seconds", ["destination": "other"]) == nil)
    }

    @Test func `of a clock that was set back have nothing that is younger than now`() throws {
        let read = try read(try SampleStatus.status(["time": "2026-11-22T01:00:00.000Z"]))
        #expect(read.value("gateway_destination_oldest_pending_age_seconds") == 0)
    }

    @Test func `have values of devices only when they are asked for, and none that is bad, a text or of the past`()
        throws
    {
        let points = [
            SampleStatus.point("volume", 184_223.75), SampleStatus.point("count", UInt64.max, unit: nil),
            SampleStatus.point("open", true, "uncertain"), SampleStatus.point("level", 7, "bad"),
            SampleStatus.point("serial", "A1"), SampleStatus.point("flow", nil, "bad"),
        ]
        let status = try SampleStatus.status([
            "devices": [
                SampleStatus.device("meter", ["points": points, "answering": true]),
                SampleStatus.device("silent", ["points": points, "answering": false]),
            ]
        ])
        #expect(!Metrics(status).text(.text).contains("gateway_point"))
        #expect(Metrics(status, .points).text(.text).contains("point=\"count\",unit=\"\"} 18446744073709551615\n"))
        let read = try read(status, .points)
        let values = read.samples.filter { $0.name == "gateway_point" }
        #expect(Set(values.map { $0.labels["point"] }) == ["volume", "count", "open"])
        #expect(values.allSatisfy { $0.labels["device"] == "meter" })
        #expect(read.value("gateway_point", ["point": "volume", "unit": "m3"]) == 184_223.75)
        #expect(read.value("gateway_point_good", ["device": "meter", "point": "volume"]) == 1)
        #expect(read.value("gateway_point_good", ["device": "meter", "point": "open"]) == 0)
        #expect(read.value("gateway_point_good", ["device": "silent", "point": "volume"]) == 0)
    }

    @Test func `for node_exporter have no family that it has itself`() throws {
        let text = Metrics(try SampleStatus.status(), .textfile).text(.text)
        #expect(!text.contains("process_"))
        #expect(text.contains("gateway_box_uptime_seconds"))
    }

    /// What a scraper has to keep of a box, as docs/metrics.md says it.
    @Test func `of a box with 50 devices are some 600 series`() throws {
        let bounds = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5]
        let latency: [String: any Sendable] = ["bounds": bounds, "counts": bounds.map { _ in 1 }, "sum": 1, "count": 1]
        let status = try SampleStatus.status([
            "devices": (1...50).map { SampleStatus.device("meter-\($0)", ["answering": true, "age_milliseconds": 1]) },
            "buses": (1...5).map { SampleStatus.bus("line-\($0)", ["load": 0.5, "latency": latency]) },
        ])
        #expect(Metrics(status).seriesCount == 616)
    }
}

/// JSON's null.
private enum NSNull {
    static var null: Any { Foundation.NSNull() }
}
