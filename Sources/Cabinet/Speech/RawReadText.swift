package import Diagnosing
import Domain
import JSON
import Profiles

/// The results of raw reads, for a person and for a program.
package struct RawReadText: Sendable {
    private let read: RawRead
    private let style: TextStyle

    package init(_ read: RawRead, style: TextStyle) {
        self.read = read
        self.style = style
    }

    /// A table of the registers, or what is wrong.
    package func lines(_ reading: RawReading) -> [StyledText] {
        let table = RawReadTable(read, style: style)
        let heading = table.heading(of: reading, at: reading.endpoint.place)
        if let block = reading.block { return heading + table.lines(of: block) }
        let finding = reading.finding.map { FindingText.lines($0, style: style) } ?? []
        return heading.dropLast(table.columns.count) + finding
    }

    /// The summary at the end.
    package func summary(_ counts: RawReadCounts) -> [StyledText] {
        let failed = counts.requests - counts.answered
        let share = counts.requests == 0 ? 0 : Double(failed) * 100 / Double(counts.requests)
        let sentence = Sentence(
            RawReadPhrase.statistics,
            "\(counts.requests)",
            "\(counts.answered)",
            "\(failed)",
            style.language.number(DecimalNumber(share, significantDigits: 3)?.description ?? "-")
        )
        let legend = counts.answered > 0 ? RawReadTable(read, style: style).legend : []
        return legend + [style.text(sentence)]
    }

    /// One JSON object for each unit and range.
    package func json(_ reading: RawReading) -> StyledText {
        var members: [(String, DataValue)] = [
            ("bus", .string(reading.endpoint.description)), ("unit", .integer(reading.unit.number)),
            ("ok", .bool(reading.block != nil)), ("latency_ms", reading.milliseconds),
            ("table", .string(reading.range.table.rawValue)),
        ]
        if let registers = reading.registers(as: read) { members.append(("registers", registers)) }
        if let finding = reading.finding {
            if let diagnosis = finding.diagnosis { members.append(("diagnosis", .string(diagnosis.rawValue))) }
            members.append(("next", .string(finding.next.text(in: style.language))))
        }
        var text = JSONText()
        text.object(members)
        return StyledText(json: String(decoding: text.bytes, as: UTF8.self))
    }
}

extension RawReading {
    /// Null when nothing could be sent.
    fileprivate var milliseconds: DataValue {
        guard exchanges.contains(where: \.isAnswered) else { return .null }
        return DecimalNumber(ReportJSON.milliseconds(latency)).map { .number(.decimal($0)) } ?? .null
    }

    /// The JSON members for the values themselves: one object for each register or bit.
    fileprivate func registers(as read: RawRead) -> DataValue? {
        guard let block else { return nil }
        let values = block.words.indices.map { index in
            index % read.format.registers == 0 ? read.value(in: block, at: index) : nil
        }
        if range.table.holdsBits {
            return .array(
                block.words.enumerated().map { index, bit in
                    .object([
                        .init("address", .integer(range.start + index)),
                        .init("number", .integer(range.start + index + 1)),
                        .init("value", .string(String(bit))),
                    ])
                }
            )
        }
        return .array(zip(RegisterFaces.of(block), values).map { .object($0.members(value: $1)) })
    }
}

extension RegisterFaces {
    fileprivate func members(value: String?) -> [DataValue.Member] {
        var members: [DataValue.Member] = [
            .init("address", .integer(address)), .init("number", .integer(address + 1)),
            .init("hex", .string(word.hexadecimal)), .init("unsigned", .integer(word)),
            .init("signed", .integer(signed)),
        ]
        if !pairs.isEmpty {
            members.append(
                .init("int32", .object(pairs.map { .init($0.order.rawValue, .integer($0.int32)) }))
            )
            members.append(
                .init(
                    "float32",
                    .object(
                        pairs.map {
                            .init($0.order.rawValue, $0.float32.isFinite ? .number(.float32($0.float32)) : .null)
                        }
                    )
                )
            )
        }
        var plausible: [String] = []
        if isPlausibleUnsigned { plausible.append("unsigned") }
        if isPlausibleSigned { plausible.append("signed") }
        plausible += pairs.filter(\.isPlausibleInteger).map { "int32 \($0.order.rawValue)" }
        plausible += pairs.filter(\.isPlausibleFloat).map { "float32 \($0.order.rawValue)" }
        members.append(.init("plausible", .array(plausible.map { .string($0) })))
        if let value { members.append(.init("value", .string(value))) }
        return members
    }
}
