public import Domain
import Modbus
import Profiles

/// What came of one range that one unit was asked for.
public struct RawReading: Sendable {
    public var unit: UnitID
    public var range: RegisterRange
    /// As many as the range takes, until one failed.
    public var exchanges: [ProbeExchange]

    public init(unit: UnitID, range: RegisterRange, exchanges: [ProbeExchange]) {
        self.unit = unit
        self.range = range
        self.exchanges = exchanges
    }

    /// Asks for the range, in as many requests as it takes.
    public static func take(
        _ range: RegisterRange,
        of unit: UnitID,
        as read: RawRead,
        from bus: any ProbeBus
    ) throws(ProbeFailure) -> RawReading {
        var reading = RawReading(unit: unit, range: range, exchanges: [])
        for request in RawRead.requests(for: range) {
            let exchange = try bus.exchange(ProbeRequest(unit: unit, range: request, timing: read.timing))
            reading.exchanges.append(exchange)
            if exchange.error != nil { break }
        }
        return reading
    }

    /// The whole range's words, stamped when the last of them came; nil where any is missing.
    public var block: RegisterBlock? {
        let blocks = exchanges.compactMap(\.block)
        let words = blocks.flatMap(\.words)
        guard words.count == range.count, let last = blocks.last else { return nil }
        return RegisterBlock(range: range, words: words, arrived: last.arrived)
    }

    /// Of all its requests together.
    public var latency: Duration { exchanges.reduce(.zero) { $0 + $1.latency } }

    /// The members of its JSON object that are its own: one object for each register or bit.
    public func registers(as read: RawRead) -> DataValue? {
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
