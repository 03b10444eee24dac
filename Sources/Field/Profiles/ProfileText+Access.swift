import Documents
import Domain
import JSON

/// How a profile's device is read, for people.
extension ProfileText {
    static func modbus(_ modbus: ModbusAccess) -> [Message] {
        let line: Message = modbus.line.map { ", \($0) from the factory" } ?? ""
        let numbering: Message = modbus.numbering == .from1 ? "from 1 in its manual, from 0 below" : "from 0"
        var lines: [Message] = [
            "Modbus\(line); word order \(modbus.wordOrder.rawValue); registers numbered \(numbering); "
                + "at most \(modbus.maxRegisters) registers a request"
        ]
        if modbus.maxGap > 0 { lines.append("one request may bridge \(modbus.maxGap) unused registers") }
        if !modbus.avoid.isEmpty {
            let avoided = modbus.avoid.map { range in
                "\(range.lowerBound)" + (range.count > 1 ? "-\(range.upperBound)" : "")
            }
            let registers = avoided.joined(separator: ", ")
            lines.append("never read in passing or by a scan: \(registers)\(numbers(modbus.avoid, modbus.numbering))")
        }
        if let identity = modbus.identity { lines.append("says of itself: \(identity)") }
        if let register = modbus.unitRegister {
            let number = numbers([register...register], modbus.numbering)
            lines.append("keeps its own unit id in holding register \(register)\(number)")
        }
        lines.append(
            "replies begin within \(words(modbus.replyTime)), at worst \(words(modbus.worstReply))"
        )
        if let gap = modbus.requestGap {
            lines.append("needs \(words(gap)) of silence before each request")
        }
        if modbus.connectPause > .zero {
            lines.append("is mute for \(words(modbus.connectPause)) after a connection was made")
        }
        if modbus.retries > 0 { lines.append("a request that failed is made again up to \(modbus.retries) times") }
        return lines
    }

    /// The manual's numbers of addresses, where they differ.
    private static func numbers(_ ranges: [ClosedRange<Int>], _ numbering: ModbusAccess.Numbering) -> Message {
        let first = numbering.first
        guard first != 0 else { return "" }
        let numbers = ranges.map { range in
            "\(range.lowerBound + first)" + (range.count > 1 ? "-\(range.upperBound + first)" : "")
        }
        return ranges.count == 1 && ranges[0].count == 1
            ? " (number \(numbers[0]))" : " (numbers \(numbers.joined(separator: ", ")))"
    }

    static func mqtt(_ mqtt: MQTTAccess) -> [Message] {
        var lines: [Message] = ["MQTT"]
        for message in mqtt.messages {
            lines.append("  \(self.message(message))")
            lines += message.parts.map { "    \(part($0, of: message))" }
        }
        if let there = mqtt.availability {
            lines.append("  availability: \(there.topic), \"\(there.online)\" or \"\(there.offline)\"")
        }
        if mqtt.reportsChangesOnly {
            lines.append("  reports only changes: while it is online, its last values hold")
        }
        return lines
    }

    private static func message(_ message: MQTTAccess.Message) -> Message {
        var line: Message = "\(message.name): \(message.topic)"
        if let time = message.time {
            line = "\(line), time at \(words(time.place, of: message)) as \(time.format.rawValue)"
            if time.format == .iso8601 { line = "\(line), without an offset in \(words(time.zone))" }
        }
        if let path = message.nodeIn { line = "\(line), of the device whose node stands at \(path.description)" }
        guard let row = message.row else { return line }
        return "\(line), the row of an interval that its time is the \(Message(words: row.rawValue)) of"
    }

    private static func words(_ zone: MessageTime.Zone) -> Message {
        switch zone {
        case .utc: "UTC"
        case .gateway: "the gateway's timezone"
        case .offset(let seconds):
            Message(
                verbatim: (seconds < 0 ? "-" : "+") + twoDigits(abs(seconds) / 3_600) + ":"
                    + twoDigits(abs(seconds) / 60 % 60)
            )
        }
    }

    private static func twoDigits(_ number: Int64) -> String { (number < 10 ? "0" : "") + String(number) }

    private static func words(_ duration: Duration) -> Message {
        let milliseconds = duration.wholeMilliseconds
        return milliseconds < 1_000 ? "\(milliseconds) ms" : "\(number: Double(milliseconds) / 1_000) s"
    }

    static func event(_ event: EventRule, of profile: Profile) -> Message {
        let from: Message = "event \(event.name): message \(profile.mqtt?.messages[event.message].name ?? "")"
        var parts: [Message] = [from]
        for (path, accepted) in event.when {
            let texts: [Message] = accepted.map { "\"\($0)\"" }
            parts.append("when \(path) is \(texts.joined(separator: or))")
        }
        parts.append("counted once by \(event.id)")
        if !event.data.isEmpty {
            let kept: [Message] = event.data.map { "\($0.key) from \($0.path)" }
            parts.append("keeps \(kept.joined(separator: ", "))")
        }
        parts.append("at most \(event.maxLength) bytes each")
        return parts.joined(separator: ", ")
    }
}
