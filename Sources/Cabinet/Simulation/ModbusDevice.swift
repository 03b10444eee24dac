import Domain
import Profiles

/// A master's request: function, 0-based address and count, as they came.
struct ReadRequest: Hashable, Sendable {
    var function: UInt8
    var address: Int
    var count: Int

    /// - Parameter pdu: function code and what follows it, without unit and checksum.
    init?(pdu: ArraySlice<UInt8>) {
        let bytes = Array(pdu)
        guard bytes.count == 5, (1...4).contains(bytes[0]) else { return nil }
        function = bytes[0]
        address = Int(bytes[1]) << 8 | Int(bytes[2])
        count = Int(bytes[3]) << 8 | Int(bytes[4])
    }
}

/// One Modbus slave: answers requests with what its model holds at the time.
struct ModbusDevice: Sendable {
    let id: String
    let unit: UInt8
    let model: DeviceModel
    private let maxRegisters: Int
    /// Every address that a reader of the profile may request; others give an exception.
    private let served: [RegisterTable: Set<Int>]
    /// The ids and lengths of its SunSpec models.
    private let chain: [Int: UInt16]

    init(id: String, unit: UInt8, model: DeviceModel, access: ModbusAccess) {
        self.id = id
        self.unit = unit
        self.model = model
        maxRegisters = access.maxRegisters
        served = Self.served(model.profile.points, access: access)
        chain = SunSpec.chain(of: model.profile.points)
    }

    private static func served(_ points: [Point], access: ModbusAccess) -> [RegisterTable: Set<Int>] {
        var served: [RegisterTable: Set<Int>] = [:]
        for case .registers(let range, _, _) in points.map(\.origin) {
            served[range.table, default: []].formUnion(range.start..<range.end)
        }
        let chain = SunSpec.chain(of: points)
        if let start = chain.keys.min(), let end = chain.keys.max() {
            served[.holding, default: []].formUnion(start...end)
        }
        // A reader may bridge gaps of max_gap: the registers between exist, though their meaning is unknown.
        for (table, addresses) in served {
            let sorted = addresses.sorted()
            for (low, high) in zip(sorted, sorted.dropFirst()) where high - low > 1 && high - low - 1 <= access.maxGap {
                let gap = low + 1...high - 1
                if !table.holdsBits, access.avoid.contains(where: { $0.overlaps(gap) }) { continue }
                served[table, default: []].formUnion(gap)
            }
        }
        return served
    }

    /// Read Device Identification (Modbus application protocol 1.1b3, section 6.21): maker, product, revision.
    private var identification: [UInt8] {
        let objects = ["gateway simulate", model.profile.id, "1"].enumerated().flatMap { id, text in
            [UInt8(id), UInt8(text.utf8.count)] + Array(text.utf8)
        }
        return [0x2B, 0x0E, 0x01, 0x01, 0x00, 0x00, 0x03] + objects
    }

    /// The reply's PDU: function code, byte count and data, or an exception.
    ///
    /// - Parameter seconds: the models' time.
    func reply(to pdu: ArraySlice<UInt8>, at seconds: Double) -> [UInt8] {
        guard let function = pdu.first else { return [] }
        if Array(pdu) == [0x2B, 0x0E, 0x01, 0x00] { return identification }
        guard let request = ReadRequest(pdu: pdu),
            let table = RegisterTable.allCases.first(where: {
                $0.functionCode == function
            })
        else { return Self.exception(function, code: (1...4).contains(function) ? 3 : 1) }
        let most = table.holdsBits ? table.maximumPerRequest : maxRegisters
        guard (1...most).contains(request.count) else { return Self.exception(function, code: 3) }
        let addresses = request.address..<request.address + request.count
        guard let known = served[table], addresses.allSatisfy(known.contains) else {
            return Self.exception(function, code: 2)
        }
        let memory = memory(table, at: seconds)
        let words = addresses.map { memory[$0] ?? 0 }
        let data = table.holdsBits ? Self.packed(words) : words.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] }
        return [function, UInt8(data.count)] + data
    }

    static func exception(_ function: UInt8, code: UInt8) -> [UInt8] { [function | 0x80, code] }

    /// Bits, eight to a byte, the first in the lowest (Modbus application protocol 1.1b3, section 6.1).
    private static func packed(_ bits: [UInt16]) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: (bits.count + 7) / 8)
        for (index, bit) in bits.enumerated() where bit != 0 { bytes[index / 8] |= 1 << UInt8(index % 8) }
        return bytes
    }

    /// All words of a table. Status words that share a register are combined; they replace numbers at the same
    /// register.
    private func memory(_ table: RegisterTable, at seconds: Double) -> [Int: UInt16] {
        var memory: [Int: UInt16] = table == .holding ? chain : [:]
        var status: [Int: UInt16] = [:]
        for (point, value) in zip(model.profile.points, model.values(at: seconds)) {
            guard case .registers(let range, let type, let order) = point.origin, range.table == table, let value else {
                continue
            }
            let words = RegisterEncoder.words(
                value,
                type: type,
                registers: range.count,
                order: order,
                chars: point.chars
            )
            for (offset, word) in words.enumerated() {
                if point.fields.isEmpty {
                    memory[range.start + offset] = word
                } else {
                    status[range.start + offset, default: 0] |= word
                }
            }
        }
        return memory.merging(status) { _, status in status }
    }
}
