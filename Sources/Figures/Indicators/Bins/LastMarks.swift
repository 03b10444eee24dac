import Domain

/// The last reading of each source as bytes, as the journal keeps them.
enum LastMarks {
    private static let format: UInt64 = 1

    static func bytes(_ marks: [SourceKey: Series.Mark]) -> [UInt8] {
        var writer = ByteWriter()
        writer.unsigned(Self.format)
        writer.count(marks.count)
        for (source, mark) in marks.sorted(by: { $0.key < $1.key }) {
            writer.text(source.device)
            writer.text(source.taken)
            writer.signed(Int128(mark.time))
            writer.count(mark.value == nil ? 0 : 1)
            if let value = mark.value { writer.signed(value.billionths) }
        }
        return writer.bytes
    }

    /// Nil for bytes that are not such marks.
    static func read(_ bytes: [UInt8]) -> [SourceKey: Series.Mark]? {
        // Unreadable marks begin anew with the next readings: less than one interval of a value is not counted.
        try? marks(bytes)
    }

    private static func marks(_ bytes: [UInt8]) throws(ByteReader.Malformed) -> [SourceKey: Series.Mark] {
        var reader = ByteReader(bytes)
        guard try reader.unsigned() as UInt64 == Self.format else { throw ByteReader.Malformed() }
        var marks: [SourceKey: Series.Mark] = [:]
        for _ in 0..<(try reader.count()) {
            let source = SourceKey(device: try reader.text(), taken: try reader.text())
            var mark = Series.Mark(time: try reader.milliseconds())
            if try reader.count() > 0 { mark.value = Fixed(billionths: try reader.signed()) }
            marks[source] = mark
        }
        return marks
    }
}
