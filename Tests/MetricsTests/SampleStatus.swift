import Control
import Foundation

/// Statuses as a gateway sends them.
enum SampleStatus {
    /// A quote, a backslash, line ends, letters outside of ASCII: no configuration has them; a foreign status might.
    static let odd = "a\"b\\c\\n\nd\r\ne é {x=\"1\"} \u{1B}[2J"

    static func status(_ changes: [String: Any] = [:]) throws -> SystemStatus {
        let whole = base.merging(changes) { $1 }
        return try SystemStatus(json: Array(try JSONSerialization.data(withJSONObject: whole)))
    }

    static var base: [String: Any] {
        [
            "gateway": "box-1", "version": "0.1.0", "state": "online", "epoch": "12-3f2a9c1d",
            "since": "2026-11-22T01:37:35.774Z", "time": "2026-11-22T02:00:00.500Z", "clock": "synchronised",
            "configuration": "1a68579fe5ac6e8c", "indicators": [Any](),
            "devices": [device("flow"), device(odd, ["age_milliseconds": 1_500, "answering": true])],
            "buses": [bus("line"), bus(odd, ["load": 0.25, "timeouts": 3, "crc_errors": 2, "latency": latency])],
            "destinations": [destination("city")],
            "journal": [
                "bytes": 163_840, "limit": 64_000_000, "stored": 10, "waiting": 2, "lost": 4, "is_stalled": false,
                "commits": ["bounds": [0.001, 0.5, 5], "counts": [1, 3, 4], "sum": 0.75, "count": 5],
            ],
            "box": [
                "disk_size": 31_000_000_000, "disk_free": 9_007_199_254_740_993, "uptime_seconds": 86_400.25,
                "temperatures": [
                    ["zone": 0, "type": "cpu", "celsius": 48.2], ["zone": 1, "type": "cpu", "celsius": -5],
                ], "memory_size": 1_024, "memory_available": 512, "load": [0.5, 0.25, 0.125],
            ],
            "process": [
                "cpu_seconds": 1.5, "resident_bytes": 4_096, "virtual_bytes": 8_192, "open_files": 9,
                "open_files_limit": 1_024, "threads": 7, "start_seconds": 1_795_000_000.25,
            ],
        ]
    }

    static let latency: [String: any Sendable] = ["bounds": [0.001, 0.5], "counts": [1, 3], "sum": 0.75, "count": 5]

    static func device(_ id: String, _ changes: [String: Any] = [:]) -> [String: Any] {
        [
            "id": id, "name": "A meter", "site": "pond", "profile": "tuf-2000m", "bus": "line",
            "interval_milliseconds": 2_500, "verified": true, "readings": 7, "failures": 2, "missed": 1, "events": 0,
            "points": [Any](),
        ].merging(changes) { $1 }
    }

    static func bus(_ id: String, _ changes: [String: Any] = [:]) -> [String: Any] {
        [
            "id": id, "address": "/dev/ttyUSB0", "connected": true, "requests": 100, "timeouts": 0, "crc_errors": 0,
            "exceptions": 0, "other_errors": 0,
        ].merging(changes) { $1 }
    }

    static func destination(_ id: String, _ changes: [String: Any] = [:]) -> [String: Any] {
        let bytes = [
            "readings": 1, "events": 2, "indicators": 3, "rest": 4, "overhead": 5, "received": 6, "total": 21,
        ]
        return [
            "id": id, "address": "broker.example:8883", "connected": true, "pending": 3,
            "oldest_pending": "2026-11-22T01:59:00.000Z", "acknowledged": 50, "refused": 1, "gaps": 4, "in_flight": 2,
            "waits_for_subscriber": false, "traffic": ["today": bytes, "month": bytes, "budget": 300, "per": "month"],
        ].merging(changes) { $1 }
    }

    static func point(_ name: String, _ value: Any?, _ quality: String = "good", unit: String? = "m3") -> [String: Any]
    {
        var point: [String: Any] = ["name": name, "quality": quality]
        point["value"] = value
        point["unit"] = unit
        return point
    }
}
