package import Domain

/// What was read of a device's registers, in whatever order it came; registers not read or refused are missing.
package struct MemoryImage: Sendable {
    private var words: [RegisterTable: [Int: UInt16]] = [:]

    package init() {}

    /// How many registers are known.
    package var count: Int { words.values.reduce(0) { $0 + $1.count } }

    package mutating func add(_ block: RegisterBlock) {
        for (index, word) in block.words.enumerated() {
            words[block.range.table, default: [:]][block.range.start + index] = word
        }
    }

    /// The words of a range; nil unless every one of them is known.
    package func words(_ range: RegisterRange) -> [UInt16]? {
        guard let known = words[range.table] else { return nil }
        var found: [UInt16] = []
        found.reserveCapacity(range.count)
        for address in range.start..<range.end {
            guard let word = known[address] else { return nil }
            found.append(word)
        }
        return found
    }

    /// The addresses that are known, ascending.
    package func addresses(of table: RegisterTable) -> [Int] { (words[table] ?? [:]).keys.sorted() }
}
