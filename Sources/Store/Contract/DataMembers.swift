import Domain
import JSON

/// The members of a payload, by their names.
struct DataMembers {
    private let members: [DataValue.Member]

    /// - Returns: nil for a value that is no object.
    init?(_ value: DataValue?) {
        guard case .object(let members)? = value else { return nil }
        self.members = members
    }

    /// - Returns: nil for bytes that are no payload of this version of the contract.
    init?(payload: [UInt8]) {
        var cursor = JSONCursor(payload)
        // It does not matter what is wrong with it: it is no payload.
        guard let value = try? cursor.value(), cursor.isAtEnd, let read = DataMembers(value),
            read.integer("v") == EntryMessage.version
        else { return nil }
        self = read
    }

    subscript(name: String) -> DataValue? { members.first { $0.key == name }?.value }

    var all: [DataValue.Member] { members }

    func string(_ name: String) -> String? {
        guard case .string(let text)? = self[name] else { return nil }
        return text
    }

    func integer(_ name: String) -> Int? {
        guard case .number(.integer(let number))? = self[name] else { return nil }
        return Int(number)
    }

    func decimal(_ name: String) -> DecimalNumber? {
        guard case .number(let number)? = self[name] else { return nil }
        return number.decimal
    }

    func truth(_ name: String) -> Bool? {
        guard case .bool(let truth)? = self[name] else { return nil }
        return truth
    }

    func instant(_ name: String) -> Instant? { string(name).flatMap { Instant(iso8601: $0) } }

    func array(_ name: String) -> [DataValue]? {
        guard case .array(let elements)? = self[name] else { return nil }
        return elements
    }

    func object(_ name: String) -> DataMembers? { DataMembers(self[name]) }
}

extension DataValue {
    static func object(_ members: [(String, DataValue)]) -> DataValue { .object(members.map { Member($0.0, $0.1) }) }

    static func decimal(_ number: DecimalNumber) -> DataValue { .number(.decimal(number)) }

    /// Returns the bytes of a payload.
    static func payload(_ members: [(String, DataValue)]) -> [UInt8] {
        var json = JSONText(reserving: 1_024)
        json.object([("v", .integer(EntryMessage.version))] + members)
        return json.bytes
    }
}
