import Domain
import Glibc
public import Logging

/// Log lines on stderr: `<4>message key=value` with journald's priority where journald reads them, and the level's word
/// elsewhere.
public struct JournaldLog: LogHandler {
    public var logLevel: Logger.Level
    public var metadata: Logger.Metadata = [:]
    private let readByJournald: Bool
    private let isTerminal = isatty(STDERR_FILENO) == 1

    public init(level: Logger.Level) {
        logLevel = level
        // systemd sets it for services whose stderr is the journal (systemd.exec(5)).
        readByJournald = getenv("JOURNAL_STREAM") != nil
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        // journald keeps the time itself; a terminal shows only the log line.
        var line = readByJournald ? "<\(event.level.priority)>" : "\(clock())\(event.level.rawValue): "
        line += event.message.description
        let pairs = metadata.merging(event.metadata ?? [:]) { $1 }
        for (key, value) in pairs.sorted(by: { $0.key < $1.key }) {
            let text = value.description
            line += " \(key)=" + (text.contains(" ") ? "\"\(text.replacing("\"", with: "'"))\"" : text)
        }
        // In one call, so that those of several threads do not mix; a terminal obeys nothing in it.
        let bytes = Array((line.visible + "\n").utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }

    private func clock() -> String {
        guard isTerminal else { return "" }
        return SystemClock().stamp().time.description.dropFirst(11).prefix(8) + "Z "
    }
}

extension Logger.Level {
    /// The priority, as in sd-daemon(3).
    fileprivate var priority: Int {
        switch self {
        case .critical: 2
        case .error: 3
        case .warning: 4
        case .notice: 5
        case .info: 6
        case .debug, .trace: 7
        }
    }
}
