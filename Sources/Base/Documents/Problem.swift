/// Something wrong in a file that a person wrote: where it is, what is wrong and what would be right.
public struct Problem: Hashable, Sendable, CustomStringConvertible {
    public var file: String
    /// Starts at 1; nil when the problem concerns the whole file.
    public var line: Int?
    public var column: Int?
    /// For example `devices.flow-1.unit`; empty at the top of the file.
    public var keyPath: String
    public var message: Message

    public init(file: String, line: Int? = nil, column: Int? = nil, keyPath: String = "", message: Message) {
        self.file = file
        self.line = line
        self.column = column
        self.keyPath = keyPath
        self.message = message
    }

    /// In English, as the log says it.
    public var description: String { place + message.description }

    /// What stands before the message: `gateway.yaml:3:9: devices.flow.unit: `.
    public var place: String {
        var text = file
        if let line { text += ":\(line):\(column ?? 1)" }
        text += ": "
        return keyPath.isEmpty ? text : text + "\(keyPath): "
    }
}
