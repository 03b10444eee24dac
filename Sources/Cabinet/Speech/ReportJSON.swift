package import Diagnosing
import Domain
import JSON
import Profiles

/// A device's report as one JSON object, the contract of `--json`.
package enum ReportJSON {
    package static func line(_ report: DeviceReport, language: Language) -> String {
        var text = JSONText()
        text.raw("{")
        if let device = report.target.device {
            text.raw("\"device\":")
            text.string(device)
            text.raw(",")
        }
        text.raw("\"profile\":")
        text.string(report.target.profile.id)
        text.raw(",\"bus\":")
        text.string(report.target.bus)
        if report.target.profile.modbus != nil {
            text.raw(",\"unit\":")
            text.integer(report.target.unit.number)
        }
        text.raw(report.isWell ? ",\"ok\":true" : ",\"ok\":false")
        text.raw(",\"latency_ms\":")
        text.raw(report.latency.map(Self.milliseconds) ?? "null")
        if report.samples.contains(where: { $0 != nil }) {
            text.raw(",\"points\":")
            points(report.samples, report.target.faces, &text)
        }
        if let diagnosis = report.finding?.diagnosis {
            text.raw(",\"diagnosis\":")
            text.string(diagnosis.rawValue)
        }
        if let next = report.finding?.next.text(in: language) ?? report.failure?.text(in: language) {
            text.raw(",\"next\":")
            text.string(next)
        }
        if let match = report.likeness {
            text.raw(",\"like\":")
            text.string(match.profile)
        }
        if let identity = report.identity { Self.identity(identity, &text) }
        text.raw("}")
        return String(decoding: text.bytes, as: UTF8.self)
    }

    /// What a device says of itself.
    static func identity(_ identity: DeviceIdentity, _ text: inout JSONText) {
        let members = [
            ("maker", identity.maker), ("product", identity.product), ("revision", identity.revision),
            ("server_id", identity.serverID),
        ]
        text.raw(",\"identity\":{")
        for (index, (key, value)) in members.filter({ $0.1 != nil }).enumerated() {
            text.raw(index == 0 ? "\"\(key)\":" : ",\"\(key)\":")
            text.string(value ?? "")
        }
        text.raw("}")
    }

    /// With one decimal, because a reply over Ethernet takes less than a millisecond.
    static func milliseconds(_ duration: Duration) -> String {
        let tenths = duration.wholeNanoseconds / 100_000
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// In the payloads' shape; a point that no message or register gave is absent.
    static func points(_ samples: [Sample?], _ faces: [PointFace], _ text: inout JSONText) {
        text.raw("{")
        var isFirst = true
        for (sample, face) in zip(samples, faces) {
            guard let sample else { continue }
            if !isFirst { text.raw(",") }
            isFirst = false
            text.string(face.name)
            text.raw(":{\"value\":")
            if let value = sample.value { text.value(value) } else { text.raw("null") }
            if let unit = face.unit {
                text.raw(",\"unit\":")
                text.string(unit.code)
            }
            if let reason = sample.reason {
                text.raw(",\"quality\":")
                text.string(sample.quality.rawValue)
                text.raw(",\"reason\":")
                text.string(reason.word)
                if let why = sample.why {
                    text.raw(",\"why\":")
                    text.string(why)
                }
            }
            text.raw("}")
        }
        text.raw("}")
    }
}
