public import Domain
import JSON
import Modbus

/// Reads again and again, as mbpoll does, until it is stopped, and counts how that went.
public struct RawReadSession {
    private let read: RawRead
    private let bus: any ProbeBus
    private let place: String
    private let style: TextStyle
    private let asJSON: Bool
    private var requests = 0
    private var answered = 0

    /// - Parameter asJSON: one object for each unit and range, instead of tables.
    public init(_ read: RawRead, from bus: any ProbeBus, style: TextStyle, asJSON: Bool) {
        self.read = read
        self.bus = bus
        place = bus.endpoint.place
        self.style = style
        self.asJSON = asJSON
    }

    /// Reads everything once, or over and over every `interval`, until the flag is raised.
    ///
    /// - Parameter show: takes lines as they come.
    /// - Returns: whether every request was answered with values.
    public mutating func run(
        every interval: Duration?,
        stop: StopFlag,
        time: any TimeSource,
        show: (StyledText) -> Void
    ) throws(ProbeFailure) -> Bool {
        repeat {
            for unit in read.units where !stop.isRaised {
                for range in read.ranges where !stop.isRaised {
                    let reading = try RawReading.take(range, of: unit, as: read, from: bus)
                    requests += reading.exchanges.count
                    answered += reading.exchanges.count { $0.block != nil }
                    for line in asJSON ? [StyledText(json: json(reading))] : text(reading) { show(line) }
                }
            }
            if let interval { stop.sleep(interval, time: time) }
        } while interval != nil && !stop.isRaised
        if !asJSON { for line in summary { show(line) } }
        return requests > 0 && answered == requests
    }

    private func finding(_ reading: RawReading) -> Finding? {
        if reading.block != nil { return nil }
        return Diagnoser().finding(of: reading.exchanges, at: bus.endpoint)
    }

    private func text(_ reading: RawReading) -> [StyledText] {
        let table = RawReadTable(read, style: style)
        if let block = reading.block {
            return table.heading(of: reading, at: place) + table.lines(of: block)
        }
        var lines = [table.heading(of: reading, at: place)[0]]
        if let finding = finding(reading) { lines += FindingText.lines(finding, style: style) }
        return lines
    }

    private var summary: [StyledText] {
        let share = requests == 0 ? 0 : Double(requests - answered) * 100 / Double(requests)
        let percent = DecimalNumber(share, significantDigits: 3)?.description ?? "-"
        let sentence = Sentence(
            RawReadPhrase.statistics,
            "\(requests)",
            "\(answered)",
            "\(requests - answered)",
            percent
        )
        let legend = answered > 0 ? RawReadTable(read, style: style).legend : []
        return legend + [style.text(sentence)]
    }

    private func json(_ reading: RawReading) -> String {
        var members: [(String, DataValue)] = [
            ("bus", .string(bus.endpoint.description)), ("unit", .integer(reading.unit.number)),
            ("ok", .bool(reading.block != nil)), ("latency_ms", reading.milliseconds),
            ("table", .string(reading.range.table.rawValue)),
        ]
        if let registers = reading.registers(as: read) { members.append(("registers", registers)) }
        if let finding = finding(reading) {
            if let diagnosis = finding.diagnosis { members.append(("diagnosis", .string(diagnosis.rawValue))) }
            members.append(("next", .string(finding.next.text(in: style.language))))
        }
        var text = JSONText()
        text.object(members)
        return String(decoding: text.bytes, as: UTF8.self)
    }
}

extension RawReading {
    /// Null where nothing could be sent.
    fileprivate var milliseconds: DataValue {
        guard exchanges.contains(where: \.isAnswered) else { return .null }
        return DecimalNumber(ReportJSON.milliseconds(latency)).map { .number(.decimal($0)) } ?? .null
    }
}
