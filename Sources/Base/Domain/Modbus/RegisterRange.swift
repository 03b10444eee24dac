/// Consecutive addresses of one table: `start` is the 0-based PDU address.
public struct RegisterRange: Hashable, Sendable, CustomStringConvertible {
    public var table: RegisterTable
    public var start: Int
    public var count: Int

    public init(_ table: RegisterTable, start: Int, count: Int) {
        self.table = table
        self.start = start
        self.count = count
    }

    public var end: Int { start + count }

    /// How many bytes of data the reply holds: the byte count must say the same.
    public var dataBytes: Int { table.holdsBits ? (count + 7) / 8 : count * 2 }

    public var description: String {
        count == 1 ? "\(table.rawValue) \(start)" : "\(table.rawValue) \(start)-\(end - 1)"
    }
}
