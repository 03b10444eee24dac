import Decoding
import Domain
import Installation
import JSON
import Logging
import MQTT
import Platform
import Profiles

/// A message that has none of the values that the profile names.
struct UnfitMessage: Sendable {
    var arrived: Uptime
    /// The paths that are missing, and those that there are.
    var why: String
    /// When its paths were last looked at: one look a minute is enough for people.
    var lookedAt: Uptime
}

/// Faults of messages that came: what is missing in them, and times that cannot be right.
extension ListenedDevice {
    /// The message has nothing at any of the profile's paths.
    func note(unfit message: MQTTReceived, _ index: Int, _ state: inout State) {
        if var unfit = state.unfit, message.arrived - unfit.lookedAt < .seconds(60) {
            unfit.arrived = message.arrived
            state.unfit = unfit
            return
        }
        let why = lack(device.profile.paths(in: index), [], in: message)
        state.unfit = UnfitMessage(arrived: message.arrived, why: why, lookedAt: message.arrived)
        context.log.warning(
            "messages come, but without the profile's values",
            metadata: ["device": "\(device.id)", "topic": "\(message.topic)", "why": "\(why)"]
        )
    }

    /// The message has some values of the profile, and others never came.
    func note(lacked points: [Int], of message: MQTTReceived, _ index: Int, _ state: inout State) {
        if let unfit = state.unfit, message.arrived - unfit.lookedAt < .seconds(60) { return }
        let paths = points.compactMap { point -> JSONPath? in
            guard case .message(_, let path, _) = device.profile.points[point].origin else { return nil }
            return path
        }
        let inParts = points.map { device.profile.points[$0] }.filter { point in
            if case .part = point.origin { return true }
            return false
        }
        let why = lack(paths, inParts.map(\.name), in: message)
        // It is no message without values: only the time of the look is kept.
        state.unfit = UnfitMessage(arrived: message.arrived - device.interval * 3, why: why, lookedAt: message.arrived)
        context.log.warning(
            "messages come, but never with these values of the profile",
            metadata: ["device": "\(device.id)", "topic": "\(message.topic)", "why": "\(why)"]
        )
    }

    /// `HX711.Weightraw is not in it; there is: HX711.WeightRaw, Time`.
    private func lack(_ paths: [JSONPath], _ points: [String], in message: MQTTReceived) -> String {
        let missing = (paths.map(\.description) + points).joined(separator: ", ")
        let there = PayloadPaths.of(message.payload, wanted: paths) ?? []
        return "\(missing) not in it; there is: \(there.isEmpty ? "nothing" : there.joined(separator: ", "))"
    }

    /// Takes the device's own time away where it is in another zone than the profile says. A profile that names none
    /// leaves the choice between the gateway's and UTC: there the arrival of the messages decides.
    func judge(_ measured: inout Measured, _ index: Int, _ state: inout State) {
        guard let time = measured.sourceTime else { return }
        let zone = Duration.seconds(LocalTime.offset(at: measured.stamp.time))
        let verdict = state.zones[index]?.judge(time, at: measured.stamp, zone: zone) ?? .right(time)
        guard case .doubtful(let away) = verdict else {
            if case .utc(let time) = verdict {
                measured.sourceTime = time
                context.log.warning(
                    "device times are in UTC, and the profile names no zone: write zone: utc",
                    metadata: ["device": "\(device.id)", "time": "\(time)"]
                )
            }
            return
        }
        measured.sourceTime = nil
        measured.doubt = .zone
        let minutes = away.wholeMilliseconds / 60_000
        context.log.warning(
            "device time is far from the arrival: check the device's clock and the zone of its profile's time",
            metadata: [
                "device": "\(device.id)", "time": "\(time)", "late": "\(minutes / 60) h \(abs(minutes) % 60) min",
            ]
        )
    }

    /// Says which parts of a message are damaged: the first time, and then at most once a minute while others come.
    func note(_ faults: [PartFault], of message: MQTTReceived, _ state: inout State) {
        let words = faults.map(\.words).joined(separator: "; ")
        if let noted = state.faulted, message.arrived - noted.at < .seconds(60) { return }
        state.faulted = (message.arrived, words)
        context.log.warning(
            "a part of a message is not what the profile says; its values are bad",
            metadata: ["device": "\(device.id)", "topic": "\(message.topic)", "why": "\(words)"]
        )
    }

    func report(_ fault: PayloadDecoder.TimeFault, _ index: Int) {
        guard let access = device.profile.mqtt, let time = access.messages[index].time else { return }
        var metadata: Logger.Metadata = [
            "device": "\(device.id)", "path": "\(time.place)", "format": "\(time.format.rawValue)",
        ]
        if case .implausible(let instant) = fault { metadata["read_as"] = "\(instant)" }
        context.log.warning("\(fault.words)", metadata: metadata)
    }
}

extension PayloadDecoder.TimeFault {
    fileprivate var words: String {
        switch self {
        case .absent: "message has no time where the profile names one; its arrival counts"
        case .unreadable: "message's time is not in the profile's format; its arrival counts"
        case .implausible: "message's time is outside 2020 to 2100: check the format of its profile; its arrival counts"
        }
    }
}
