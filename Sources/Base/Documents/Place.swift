/// The place of something in a person's file, for problems that show only when the file is combined with other files.
public struct Place: Hashable, Sendable {
    public var file: String
    /// Starts at 1.
    public var line: Int
    public var column: Int
    /// For example `indicators.water-volume.from.0.increase`.
    public var keyPath: String

    public init(file: String, line: Int, column: Int, keyPath: String) {
        self.file = file
        self.line = line
        self.column = column
        self.keyPath = keyPath
    }

    public func problem(_ message: Message) -> Problem {
        Problem(file: file, line: line, column: column, keyPath: keyPath, message: message)
    }
}

extension DocumentNode {
    /// The place of this value.
    public var located: Place {
        Place(file: file, line: place.line, column: place.column, keyPath: path.joined(separator: "."))
    }
}
